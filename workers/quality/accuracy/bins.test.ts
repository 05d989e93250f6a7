import { expect, test } from 'vitest';
import type { NamedColumn } from '../../../src/domain/column-data';
import { dates, numbers, texts } from '../testing/make-columns';
import { applyBins, type Bins, binCount, type CategoryBins, learnBins, type NumberBins } from './bins';
import { countBins } from './joint-scores';

const DAY = 86_400_000;

function count(bins: Bins, column: NamedColumn): number[] {
  return [...countBins(applyBins(bins, column.data), binCount(bins))];
}

function learn(column: NamedColumn, family: 'number' | 'datetime' | 'category', bins = 10): Bins {
  return learnBins(column.data, family, bins);
}

function numberBreaks(values: readonly (number | null)[], bins = 10): readonly number[] {
  return (learn(numbers('x', values), 'number', bins) as NumberBins).breaks;
}

test('numbers of the reference fixture fall 24, 25, 51 into three bins', () => {
  const column = numbers('x', [
    ...Array<number>(5).fill(0),
    ...Array.from({ length: 50 }, (_, i) => 30 + i),
    ...Array<number>(45).fill(80),
  ]);
  const bins = learn(column, 'number', 3) as NumberBins;
  expect(bins.breaks).toEqual([0, 49, 74, 80]);
  expect(count(bins, column)).toEqual([24, 25, 51, 0]);
});

test('floored edges keep small values apart', () => {
  const column = numbers(
    'x',
    [0.01, 0.02, 0.99].flatMap((value) => Array<number>(5).fill(value)),
  );
  const bins = learn(column, 'number', 2) as NumberBins;
  expect(bins.breaks.slice(0, -1)).toEqual([0.01, 0.02]);
  expect(count(bins, column)).toEqual([5, 10, 0]);
});

test('up to ten distinct numbers have a bin each', () => {
  expect(numberBreaks([10, 10])).toEqual([10, 11]);
  expect(count(learn(numbers('x', [10, 30, 30]), 'number'), numbers('x', [10, 30, 30, null]))).toEqual([
    1, 2, 1,
  ]);
  expect(numberBreaks([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toHaveLength(11);
});

test('numbers without a value, and numbers beyond 2^53', () => {
  const empty = learn(numbers('x', [null, null]), 'number');
  expect(count(empty, numbers('x', [null, 5]))).toEqual([1, 1]);
  // Adding one changes nothing up there, so the maximum falls out of its bin, as in the reference.
  const huge = numbers('x', [1e16, 2e16, 3e16]);
  expect(count(learn(huge, 'number'), huge).at(-1)).toBe(1);
  const lone = numbers('x', [1e300]);
  expect(count(learn(lone, 'number'), lone).reduce((a, b) => a + b)).toBe(1);
  const infinite = numbers('x', [
    Number.NEGATIVE_INFINITY,
    ...Array.from({ length: 30 }, (_, i) => i),
    Infinity,
  ]);
  expect(count(learn(infinite, 'number'), infinite).reduce((a, b) => a + b)).toBe(32);
});

test('values out of range fall into the outer bins', () => {
  const column = numbers(
    'x',
    Array.from({ length: 100 }, (_, i) => i),
  );
  const bins = learn(column, 'number');
  const counts = count(bins, numbers('x', [-1e9, 1e9, 0, 99]));
  expect(counts[0]).toBe(2);
  expect(counts.at(-2)).toBe(2);
});

test('dates: one value has its day, two share one bin, none has three hundred years', () => {
  const at = Date.UTC(2020, 1, 1);
  expect((learn(dates('d', [at, at, null]), 'datetime') as NumberBins).breaks).toEqual([at, at + DAY]);
  const pair = dates('d', [at, at + 1]);
  expect(count(learn(pair, 'datetime'), pair)).toEqual([2, 0]);
  const none = learn(dates('d', [null]), 'datetime') as NumberBins;
  expect(none.breaks).toEqual([Date.UTC(1700, 0, 1), Date.UTC(2200, 0, 1)]);
  const last = dates('d', [8.64e15, 0]);
  expect(count(learn(last, 'datetime'), last)).toEqual([2, 0]);
});

test('dates: the two largest of few values share a bin', () => {
  const column = dates('d', [0, DAY, 2 * DAY, 3 * DAY]);
  expect(count(learn(column, 'datetime'), column)).toEqual([1, 1, 2, 0]);
});

test('only frequent categories have a bin', () => {
  const values = [
    ...Array<string>(5).fill('cat_0'),
    ...Array.from({ length: 85 }, (_, i) => `cat_${i + 1}`.padEnd(9, '.')),
    ...Array<string>(10).fill('cat_90'),
  ];
  for (const wanted of [3, 5]) {
    const bins = learn(texts('c', values), 'category', wanted);
    expect(bins).toEqual({
      kind: 'category',
      labels: ['cat_0', 'cat_90', '(empty)', '(other)', '_RARE_', '(n/a)'],
    });
    expect(count(bins, texts('c', values))).toEqual([5, 10, 0, 85, 0, 0]);
  }
});

test('missing and empty texts count among the ten values, and keep their own bin', () => {
  const values = Array.from({ length: 10 }, (_, i) => Array<string>(20 - i).fill(`v${i}`)).flat();
  const column = texts('c', [...values, ...Array<null>(30).fill(null), '']);
  const bins = learn(column, 'category');
  expect(binCount(bins)).toBe(9 + 4);
  const counts = count(bins, column);
  expect(counts.slice(-4)).toEqual([1, 11, 0, 30]);
  expect(count(bins, texts('c', ['', null, 'never seen', '_RARE_', 'v0']))).toEqual([
    1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1,
  ]);
});

test('ties for the tenth value go to the value seen first', () => {
  const values = Array.from({ length: 12 }, (_, i) => Array<string>(5).fill(`v${11 - i}`)).flat();
  const bins = learn(texts('c', values), 'category') as CategoryBins;
  expect(bins.labels).toHaveLength(14);
  expect(bins.labels).not.toContain('v0');
  expect(bins.labels).not.toContain('v1');
});
