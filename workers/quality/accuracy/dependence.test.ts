import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { cramersV, dependenceOf, isNotable, isWeaker } from './dependence';

const v = (counts: readonly number[], rows: number, columns: number) =>
  cramersV(dependenceOf(counts, rows, columns));

test('one for a bijection, whatever empty bins there are', () => {
  expect(v([50, 0, 0, 0, 50, 0, 0, 0, 0], 3, 3)).toBeCloseTo(1, 10);
});

test('zero for independence and for constants', () => {
  expect(v([25, 25, 25, 25], 2, 2)).toBe(0);
  expect(v([10, 20], 1, 2)).toBe(0);
  expect(v([0, 0, 0, 0], 2, 2)).toBe(0);
});

test('a hand-computed table', () => {
  // χ²/n = (40²/50² + 10²/50²)·2 − 1 = 0.36; the correction takes 1/99, the sizes shrink to 1 − 1/99.
  expect(v([40, 10, 10, 40], 2, 2)).toBeCloseTo(Math.sqrt((0.36 - 1 / 99) / (1 - 1 / 99)), 12);
});

/** Counts of n rows whose second column repeats the first in a share of them. */
function draw(n: number, size: number, share: number, random: RandomStream): number[] {
  const counts = new Array<number>(size * size).fill(0);
  for (let row = 0; row < n; row++) {
    const a = random.below(size);
    const b = random.uniform() < share ? a : random.below(size);
    counts[a * size + b]!++;
  }
  return counts;
}

const tables = fc.record({
  seed: fc.nat(),
  size: fc.integer({ min: 2, max: 10 }),
  share: fc.double({ min: 0.5, max: 0.9, noNaN: true }),
  rows: fc.tuple(fc.integer({ min: 1500, max: 5000 }), fc.integer({ min: 1500, max: 5000 })),
});

test('another draw of the same rows is not weaker', () => {
  fc.assert(
    fc.property(tables, ({ seed, size, share, rows }) => {
      const random = new RandomStream(seed, 'tables');
      const [a, b] = rows.map((n) => dependenceOf(draw(n, size, share, random), size, size));
      return isNotable(a!) && !isWeaker(a!, b!);
    }),
  );
});

test('a draw that repeats half as often is weaker', () => {
  fc.assert(
    fc.property(tables, ({ seed, size, share, rows }) => {
      const random = new RandomStream(seed, 'tables');
      const original = dependenceOf(draw(rows[0], size, share, random), size, size);
      const synthetic = dependenceOf(draw(rows[1], size, share / 2, random), size, size);
      return isWeaker(original, synthetic);
    }),
  );
});

test('unrelated columns are not notable, and nothing is weaker than they are', () => {
  fc.assert(
    fc.property(tables, ({ seed, size, rows }) => {
      const random = new RandomStream(seed, 'tables');
      const [a, b] = rows.map((n) => dependenceOf(draw(n, size, 0, random), size, size));
      return !isNotable(a!) && !isWeaker(a!, b!);
    }),
    // Three of 100,000 are passed by chance: these are not among them.
    { numRuns: 1000, seed: 4 },
  );
});
