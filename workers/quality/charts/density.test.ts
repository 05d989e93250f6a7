import { expect, test } from 'vitest';
import type { NumberColumn } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';
import { numbers } from '../testing/make-columns';
import { density } from './density';

function column(values: (number | null)[]): NumberColumn {
  return numbers('x', values).data as NumberColumn;
}

test('a bell comes out as a bell, on a hundred points with sum 1', () => {
  const random = new RandomStream(1, 'bell');
  const bell = column(Array.from({ length: 20_000 }, () => random.normal()));
  const { x, original, synthetic } = density(bell, bell, false)!;
  expect(x).toHaveLength(100);
  expect(original.reduce((a, b) => a + b)).toBeCloseTo(1, 4);
  // Only the few original rows beyond the protected range are missing.
  synthetic.forEach((height, i) => {
    expect(height).toBeCloseTo(original[i]!, 3);
  });
  const step = x[1]! - x[0]!;
  const middle = x.findIndex((value) => value > 0);
  expect(original[middle]! / step).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 1);
  expect(original[0]! / step).toBeLessThan(0.02);
});

test('the axis has round ends, beyond which no extreme of a single row is shown', () => {
  const values = [-1e6, ...Array.from({ length: 100 }, (_, i) => i + 0.37), 1e6];
  const { x } = density(column(values), column(values), false)!;
  expect(x[0]).toBe(8);
  expect(x.at(-1)).toBe(92);
});

test('the original has no height where fewer than 8 rows are near', () => {
  const crowds = [0, 1000].flatMap((at) => Array.from({ length: 200 }, (_, i) => at + i / 10));
  const { x, original, synthetic } = density(
    column([...crowds, 500, 501]),
    column([...crowds, 500, 501]),
    false,
  )!;
  const between = x.flatMap((at, i) => (at > 400 && at < 600 ? [i] : []));
  expect(between.every((i) => original[i] === 0)).toBe(true);
  expect(between.some((i) => synthetic[i]! > 0)).toBe(true);
});

test('nothing to show: constants, few rows, no values', () => {
  const some = column([1, 2, 3]);
  expect(density(column(Array<number>(50).fill(4)), some, false)).toBeNull();
  expect(density(some, some, false)).toBeNull();
  expect(density(column([null]), some, false)).toBeNull();
  const wild = column([...Array<number>(20).fill(-Infinity), ...Array<number>(20).fill(Infinity)]);
  expect(density(wild, wild, false)).toBeNull();
});

test('a spike stays a spike where it is, synthetic rows elsewhere are none', () => {
  const spread = column(Array.from({ length: 1000 }, (_, i) => i));
  const { x, synthetic } = density(spread, column(Array<number>(100).fill(500)), false)!;
  const peak = synthetic.indexOf(Math.max(...synthetic));
  expect(Math.abs(x[peak]! - 500)).toBeLessThan(10);
  expect(density(spread, column([1e9, null]), false)!.synthetic.every((height) => height === 0)).toBe(true);
});
