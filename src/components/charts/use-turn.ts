import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

const waiting: (() => void)[] = [];
let scheduled = false;

/** One chart, then a breath: the page answers between two of them. */
function next(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setTimeout(next, 0);
  else scheduled = false;
}

/** Paper does not wait for turns; a part that is put up may bring others that wait. */
function drawAll(): void {
  while (waiting.length > 0) {
    flushSync(() => {
      for (const draw of waiting.splice(0)) draw();
    });
  }
}

window.addEventListener('beforeprint', drawAll);

/**
 * False until it is this chart's turn to be drawn. A recharts chart takes 10–30 ms; a report has dozens, and mounted
 * together they would hold up the page for a second.
 */
export function useTurn(): boolean {
  const [turn, setTurn] = useState(false);
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
