import { expect, test } from 'vitest';
import { drawKey, uniformOfRow } from './contract';

const ROWS = 20_000;
const KEY = drawKey({ seed: 1, column: 0 });

function draws(key: number, attempt: number): Float64Array {
  return Float64Array.from({ length: ROWS }, (_, row) => uniformOfRow(key, row, attempt));
}

function correlation(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < b.length; i++) sum += (a[i]! - 0.5) * (b[i]! - 0.5);
  return (12 * sum) / b.length;
}

test('every row has its own draw, uniform in [0, 1)', () => {
  const values = draws(KEY, 0);
  expect(new Set(values).size).toBe(ROWS);
  expect(values.every((u) => u >= 0 && u < 1)).toBe(true);
  const deciles = new Array<number>(10).fill(0);
  for (const u of values) deciles[Math.floor(u * 10)]!++;
  for (const count of deciles) expect(Math.abs(count - ROWS / 10)).toBeLessThan(200);
});

test('rows, attempts, columns and seeds are independent of each other', () => {
  const values = draws(KEY, 0);
  const others = [
    draws(KEY, 1),
    draws(drawKey({ seed: 1, column: 1 }), 0),
    draws(drawKey({ seed: 2, column: 0 }), 0),
    values.subarray(1),
  ];
  for (const other of others) expect(Math.abs(correlation(values, other))).toBeLessThan(0.03);
});
