import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDecimals, fromUnits, toUnits } from './decimal-grid';

const find = (values: number[], tolerated = 0) =>
  findDecimals(Float64Array.from(values), tolerated, Math.max(0, ...values.map(Math.abs)));

test('finds the shortest decimals of all values', () => {
  expect(find([1, 2, 3])).toBe(0);
  expect(find([0.1, 0.25, 3])).toBe(2);
  expect(find([1200, 500])).toBe(2 - 4);
  expect(find([1.5e-12, 3e-12])).toBe(13);
  expect(find([0.1 + 0.2])).toBeNull();
  expect(find([Math.PI, 1])).toBeNull();
  expect(find([2 ** 60, 1])).toBeNull();
});

test('tolerates the precision of a few rows', () => {
  expect(find([1, 2, 3, 0.123], 1)).toBe(0);
  expect(find([1, 2, 3, 0.123, 0.12], 1)).toBe(2);
  expect(find([Math.PI, Math.E, 1, 2], 2)).toBe(0);
});

test('units are exact for every decimal number of up to 15 digits', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e15, max: 1e15 }),
      fc.integer({ min: -6, max: 12 }),
      (digits, decimals) => {
        const value = Number(`${digits}e${-decimals}`);
        expect(fromUnits(toUnits(value, decimals), decimals) + 0).toBe(value + 0);
        expect(toUnits(value, decimals) + 0).toBe(digits + 0);
      },
    ),
  );
});

test('without a grid a value is its own unit', () => {
  expect(toUnits(Math.PI, null)).toBe(Math.PI);
  expect(fromUnits(Math.PI, null)).toBe(Math.PI);
});
