import { expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { strictestProtection } from '../../privacy/protection';
import { quantileBins } from '../quantile-bins';
import { areRepeated, distributionOfRows } from './repeated-values';

const NO_POINTS = new Float64Array(0);
const stream = new RandomStream(3, 'repeated');
/** Readings of an instrument: 300 values, of which every third is rare. */
const readings = Float64Array.from({ length: 12_000 }, () => {
  const value = stream.below(300);
  return value % 3 === 0 && stream.uniform() < 0.9 ? value + 1 : value;
}).sort();

it('tells values that repeat from those that hardly do', () => {
  expect(areRepeated(readings)).toBe(true);
  expect(areRepeated(Float64Array.from({ length: 500 }, () => stream.normal()).sort())).toBe(false);
});

it('is the distribution of the rows', () => {
  const distribution = distributionOfRows(Float64Array.of(1, 1, 2, 2, 2, 3, 3, 3, 3, 8));
  expect([1, 2, 3, 8, 9].map((value) => distribution.below(value))).toEqual([0, 0.2, 0.5, 0.9, 1]);
});

it('gives bins the shares of their rows, whatever a smooth density would say', () => {
  const bins = quantileBins(readings, NO_POINTS, true, strictestProtection(true));
  expect(bins.length).toBeGreaterThan(20);
  for (const { mass, rows } of bins) expect(mass).toBeCloseTo(rows / readings.length, 10);
});
