import { useCallback, useState } from 'react';

/** A value with the states a person can go back to, newest last. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  /** When `present` was set, milliseconds; edits of one text in quick succession count as one. */
  readonly at: number;
}

/** Typing a word is one edit. */
const MERGE_MS = 700;
const MAX_STEPS = 100;

/** The history after an edit at `now`, milliseconds. */
export function recorded<T>(history: History<T>, next: T, now: number): History<T> {
  if (Object.is(next, history.present)) return history;
  const before = history.past.at(-1);
  const merges =
    before !== undefined &&
    now - history.at < MERGE_MS &&
    isTyping(changedText(before, history.present), changedText(history.present, next));
  const past = merges ? history.past : [...history.past, history.present].slice(-MAX_STEPS);
  return { past, present: next, at: now };
}

/** Whether two edits changed the same text: two clicks, however quick, are two edits. */
function isTyping(first: string | null, second: string | null): boolean {
  return first !== null && first === second;
}

/** Where the one text stands in which two values differ, '' for the whole; null when more, or no text, differs. */
function changedText(from: unknown, to: unknown): string | null {
  if (typeof from === 'string' && typeof to === 'string') return '';
  if (!isObject(from) || !isObject(to)) return null;
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  const changed = [...keys].filter((key) => !Object.is(from[key], to[key]));
  if (changed.length !== 1) return null;
  const within = changedText(from[changed[0]!], to[changed[0]!]);
  return within === null ? null : `${JSON.stringify(changed[0])}${within}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The history one edit earlier; unchanged where there is none. */
export function undone<T>(history: History<T>): History<T> {
  if (history.past.length === 0) return history;
  return { past: history.past.slice(0, -1), present: history.past.at(-1)!, at: Number.NEGATIVE_INFINITY };
}

/** State whose edits can be taken back one by one. */
export function useUndo<T>(initial: () => T) {
  const [history, setHistory] = useState<History<T>>(() => ({
    past: [],
    present: initial(),
    at: Number.NEGATIVE_INFINITY,
  }));
  const set = useCallback((edit: (old: T) => T) => {
    const now = performance.now();
    setHistory((old) => recorded(old, edit(old.present), now));
  }, []);
  return {
    value: history.present,
    canUndo: history.past.length > 0,
    /** The same from render to render. */
    set,
    undo: () => setHistory(undone),
  };
}
