import { type RefObject, useEffect } from 'react';

/** What an element shows, for `useLinkedColumns`. */
export function columnsAttribute(...columns: readonly string[]): { readonly 'data-columns': string } {
  return { 'data-columns': JSON.stringify(columns) };
}

/**
 * While the pointer or the focus is on something that shows columns, all else that shows no others is marked: charts, lines
 * of tables, names of the matrix. Marks are attributes outside of React, so that hundreds of charts are not rendered anew.
 */
export function useLinkedColumns(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    let last = '';
    const mark = (event: Event) => {
      const within = event.target instanceof Element ? event.target.closest('[data-columns]') : null;
      const text = within?.getAttribute('data-columns') ?? '';
      if (text === last) return;
      last = text;
      const pointed = new Set(text === '' ? [] : (JSON.parse(text) as string[]));
      for (const other of element.querySelectorAll('[data-columns]')) {
        const shown = JSON.parse(other.getAttribute('data-columns')!) as string[];
        const isLinked = other !== within && shown.every((column) => pointed.has(column));
        other.toggleAttribute('data-linked', isLinked);
      }
    };
    const events = ['pointerover', 'focusin', 'pointerleave'] as const;
    for (const name of events) element.addEventListener(name, mark);
    return () => {
      for (const name of events) element.removeEventListener(name, mark);
    };
  }, [root]);
}
