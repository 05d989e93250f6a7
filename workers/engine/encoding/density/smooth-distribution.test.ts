import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { lowerBound } from '../sorted-values';
import { smoothDistribution } from './smooth-distribution';

const NO_POINTS = new Float64Array(0);

function sorted(rows: number, draw: (stream: RandomStream) => number, seed = 1): Float64Array {
  const stream = new RandomStream(seed, 'test');
  return Float64Array.from({ length: rows }, () => draw(stream)).sort();
}

const exponential = (stream: RandomStream) => -Math.log(1 - stream.uniform());

const SHAPES: Record<string, (stream: RandomStream) => number> = {
  normal: (stream) => stream.normal(),
  uniform: (stream) => stream.uniform(),
  exponential,
  'log-normal': (stream) => Math.exp(2 * stream.normal()),
  'two humps': (stream) => 0.3 * stream.normal() + (stream.uniform() < 0.5 ? -2 : 2),
  'two steps': (stream) => stream.uniform() * (stream.uniform() < 0.8 ? 0.2 : 1),
  Pareto: (stream) => 1 / (1 - stream.uniform()),
};

/** Largest difference of distribution functions, times the root of the rows (Kolmogorov and Smirnov). */
function distance(distribution: { below(value: number): number }, rows: Float64Array): number {
  let largest = 0;
  rows.forEach((value, i) => {
    largest = Math.max(largest, Math.abs(distribution.below(value) - (i + 0.5) / rows.length));
  });
  return largest * Math.sqrt(rows.length);
}

describe('smoothDistribution', () => {
  for (const [name, draw] of Object.entries(SHAPES)) {
    for (const rows of [300, 3000, 20_000]) {
      it(`is as near to ${rows} other rows as chance lets it be: ${name}`, () => {
        const learned = sorted(rows, draw);
        const outer = { low: learned[6]!, high: learned[rows - 7]! };
        const distribution = smoothDistribution(learned, outer, false, NO_POINTS);
        // 1.36 · √2 is passed by 5 % of pairs of samples.
        expect(distance(distribution, learned)).toBeLessThan(1.5);
        expect(distance(distribution, sorted(rows, draw, 2))).toBeLessThan(1.36 * Math.SQRT2);
      });
    }
  }

  it('puts nothing into a gap', () => {
    const rows = sorted(4000, (stream) => stream.uniform() + (stream.uniform() < 0.3 ? 3 : 0));
    const distribution = smoothDistribution(rows, { low: rows[0]!, high: rows[3999]! }, false, NO_POINTS);
    expect(distribution.below(2.95) - distribution.below(1.05)).toBeLessThan(0.001);
    expect(distribution.below(2)).toBeCloseTo(0.7, 1);
  });

  it('puts nothing onto points of a grid and is uniform between them', () => {
    const rows = sorted(3000, (stream) => 2 * stream.below(500) + 1);
    const points = Float64Array.from({ length: 250 }, (_, i) => 2 * i + 1);
    const free = rows.filter((value) => points[lowerBound(points, value)] !== value);
    const distribution = smoothDistribution(free, { low: -0.5, high: 999.5 }, true, points);
    expect(distribution.below(499.5)).toBeLessThan(0.02);
    expect(distribution.below(749.5)).toBeCloseTo(0.5, 1);
  });

  it('gives quantiles that its own function takes back', () => {
    const rows = sorted(2000, exponential);
    const distribution = smoothDistribution(rows, { low: rows[0]!, high: rows[1999]! }, false, NO_POINTS);
    for (let share = 0.01; share < 1; share += 0.01) {
      expect(distribution.below(distribution.quantile(share))).toBeCloseTo(share, 10);
    }
  });

  it('is flat where no row is', () => {
    const distribution = smoothDistribution(new Float64Array(0), { low: 1, high: 3 }, false, NO_POINTS);
    expect([distribution.below(0), distribution.below(1.5), distribution.below(4)]).toEqual([0, 0.25, 1]);
  });
});
