import { type ReactNode, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

const waiting: (() => void)[] = [];
let scheduled = false;
let isPrinting = false;

/** One part, then a pause: the page answers between two of them. */
function next(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setTimeout(next, 0);
  else scheduled = false;
}

/** Paper does not wait for turns; a part that is shown may bring others that wait. */
function drawAll(): void {
  while (waiting.length > 0) {
    flushSync(() => {
      for (const draw of waiting.splice(0)) draw();
    });
  }
}

window.addEventListener('beforeprint', () => {
  isPrinting = true;
  drawAll();
});
window.addEventListener('afterprint', () => {
  isPrinting = false;
});

/**
 * False until it is the turn of this part of a page, in the order of the parts. A section or a recharts chart takes
 * 10–30 ms; a report has dozens, and mounted together they would hold up the page for a second.
 */
export function useTurn(): boolean {
  // What is shown for paper alone comes after all turns were given.
  const [turn, setTurn] = useState(isPrinting);
  useEffect(() => {
    const draw = () => setTurn(true);
    waiting.push(draw);
    if (!scheduled) {
      scheduled = true;
      setTimeout(next, 0);
    }
    return () => {
      const at = waiting.indexOf(draw);
      if (at >= 0) waiting.splice(at, 1);
    };
  }, []);
  return turn;
}

/** A part of a long page that is shown when its turn comes. */
export function InTurn({ children }: { children: ReactNode }) {
  return useTurn() ? children : null;
}

/** A value that changes at most every `interval` milliseconds; the last one always arrives. */
export function useThrottled<T>(value: T, interval: number): T {
  const [shown, setShown] = useState(value);
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + interval - performance.now());
    const timer = setTimeout(() => {
      last.current = performance.now();
      setShown(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, interval]);
  return shown;
}
