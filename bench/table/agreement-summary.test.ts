import { expect, it } from 'vitest';
import { type Compared, swappedPairs, widestGaps } from './agreement-summary';

const of = (file: string, ours: number | null, theirs: number | null): Compared => ({
  ...{ file, figure: 'accuracy', ours, theirs, bar: 0.01 },
});

it('names the file of the widest gap, and how many are above the bar', () => {
  expect(widestGaps([of('a', 0.5, 0.505), of('b', 0.5, 0.6), of('c', 0.5, 0.45)])).toMatchObject([
    { figure: 'accuracy', file: 'b', missed: 2, files: 3 },
  ]);
  expect(widestGaps([of('a', null, 0.5)])[0]!.gap).toBe(Number.POSITIVE_INFINITY);
  expect(widestGaps([of('a', null, null)])[0]!.gap).toBe(0);
});

it('finds files in the other order, but for ties', () => {
  const files = [of('a', 0.9, 0.8), of('b', 0.8, 0.9), of('c', 0.8005, 0.7), of('d', 0.8, 0.7995)];
  expect(swappedPairs(files, 0.002).map((swapped) => swapped.files)).toEqual([['a', 'b']]);
});
