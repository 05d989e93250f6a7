import { useCallback, useState } from 'react';

/** A value with the states a person can go back to, newest last. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  /** When `present` was set, milliseconds; edits in quick succession count as one. */
  readonly at: number;
}

/** Typing a word is one edit, two clicks are two. */
const MERGE_MS = 700;
const MAX_STEPS = 100;

/** The history after an edit at `now`, milliseconds. */
export function recorded<T>(history: History<T>, next: T, now: number): History<T> {
  if (Object.is(next, history.present)) return history;
  const merges = history.past.length > 0 && now - history.at < MERGE_MS;
  const past = merges ? history.past : [...history.past, history.present].slice(-MAX_STEPS);
  return { past, present: next, at: now };
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
