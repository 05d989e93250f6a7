import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysInMonth, joinInstant, splitInstant } from './calendar';

const parts = new Int32Array(9);

test('agrees with Date over its whole range', () => {
  fc.assert(
    fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), (instant) => {
      splitInstant(instant, parts);
      const date = new Date(instant);
      const ms = date.getUTCMilliseconds();
      expect(Array.from(parts)).toEqual([
        date.getUTCFullYear(),
        date.getUTCMonth() + 1,
        date.getUTCDate(),
        date.getUTCHours(),
        date.getUTCMinutes(),
        date.getUTCSeconds(),
        Math.floor(ms / 100),
        Math.floor(ms / 10) % 10,
        ms % 10,
      ]);
      expect(joinInstant(parts)).toBe(instant);
    }),
    { numRuns: 2000 },
  );
});

test('days beyond the end of a month become its last day', () => {
  const iso = (...values: number[]) =>
    new Date(joinInstant(Int32Array.from([...values, 0, 0, 0, 0, 0, 0]))).toISOString();
  expect(iso(2024, 2, 31)).toBe('2024-02-29T00:00:00.000Z');
  expect(iso(1900, 2, 31)).toBe('1900-02-28T00:00:00.000Z');
  expect(iso(2000, 2, 30)).toBe('2000-02-29T00:00:00.000Z');
  expect(iso(2023, 11, 31)).toBe('2023-11-30T00:00:00.000Z');
  expect(daysInMonth(2023, 12)).toBe(31);
});

test('fractions of a millisecond are dropped', () => {
  splitInstant(-0.5, parts);
  expect(joinInstant(parts)).toBe(-1);
});
