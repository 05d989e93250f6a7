import { expect, test } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { planProtection } from '../privacy/protection';
import { quantileBins } from './quantile-bins';
import { lowerBound } from './sorted-values';

const PLAN = planProtection(true, new RandomStream(1, 'protection'));
const NO_POINTS = new Float64Array(0);

function sorted(rows: number, draw: (s: RandomStream) => number): Float64Array {
  const stream = new RandomStream(2, 'test');
  return Float64Array.from({ length: rows }, () => draw(stream)).sort();
}

test('bins ascend without overlap, hold about the same rows and their cells at least 5', () => {
  for (const rows of [20, 57, 300, 3000, 40_000]) {
    const rest = sorted(rows, (s) => Math.floor(Math.exp(12 + 2 * s.normal())));
    const bins = quantileBins(rest, NO_POINTS, true, PLAN);
    const wanted = Math.min(100, Math.floor(rows / 10), Math.round(0.7 * Math.sqrt(rows)));
    expect(bins.length).toBeGreaterThanOrEqual(0.5 * wanted);
    expect(bins.length).toBeLessThanOrEqual(wanted);
    expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(rows);
    let before = Number.NEGATIVE_INFINITY;
    for (const { lower, upper, share, rows: inBin } of bins) {
      expect(share.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
      lower.forEach((edge, cell) => {
        expect(edge).toBeGreaterThanOrEqual(before);
        expect(upper[cell]!).toBeGreaterThan(edge);
        expect(Math.round(share[cell]! * inBin)).toBeGreaterThanOrEqual(5);
        before = upper[cell]!;
      });
    }
  }
});

test('shares and masses are those of the distribution, which the rows miss by chance alone', () => {
  const rest = sorted(5000, (s) => s.below(100_000));
  const bins = quantileBins(rest, NO_POINTS, true, PLAN);
  expect(bins.reduce((sum, { mass }) => sum + mass!, 0)).toBeCloseTo(1, 10);
  let missed = 0;
  for (const { lower, upper, share, mass, rows } of bins.slice(1, -1)) {
    expect(mass! * 100_000).toBeCloseTo(upper[upper.length - 1]! - lower[0]!, -3);
    missed += (rows - 5000 * mass!) ** 2 / (5000 * mass!);
    lower.forEach((edge, cell) => {
      const inside = lowerBound(rest, upper[cell]!) - lowerBound(rest, edge);
      expect(Math.abs(inside - 5000 * mass! * share[cell]!)).toBeLessThan(5 * Math.sqrt(inside));
    });
  }
  // As far as a fresh sample is, not nearer: χ² of as many degrees as bins.
  expect(missed).toBeGreaterThan(0.5 * bins.length);
  expect(missed).toBeLessThan(2 * bins.length);
});

test('cells end beside the points next to them', () => {
  const rest = sorted(2000, (s) => 3 * s.below(400) + 1);
  const points = Float64Array.from({ length: 400 }, (_, i) => 3 * i);
  for (const { lower, upper } of quantileBins(rest, points, true, PLAN)) {
    lower.forEach((edge, cell) => {
      expect(points).not.toContain(edge + 0.5);
      expect(points).not.toContain(upper[cell]! - 0.5);
    });
  }
});

test('on a continuous column edges are rounded and nobody holds them', () => {
  const rest = sorted(3000, (s) => s.normal() / 3);
  const bins = quantileBins(rest, NO_POINTS, false, PLAN);
  for (const { lower, upper } of bins) {
    for (const edge of [...lower, ...upper]) {
      expect(rest.includes(edge)).toBe(false);
      expect(String(edge).length).toBeLessThan(12);
    }
  }
});
