import { expect, test } from 'vitest';
import type { NumberColumn } from '../../../src/domain/column-data';
import { numbers } from '../testing/make-columns';
import { encodeQuantiles, fitQuantiles, quantilePosition } from './quantile-encoding';

function column(values: (number | null)[]): NumberColumn {
  return numbers('x', values).data as NumberColumn;
}

test('an even spread maps to its share, minimum to 0 and maximum to 1', () => {
  const { quantiles } = fitQuantiles([column(Array.from({ length: 1001 }, (_, i) => i))]);
  expect(quantiles).toHaveLength(100);
  expect(quantilePosition(quantiles, 0)).toBe(0);
  expect(quantilePosition(quantiles, 1000)).toBe(1);
  expect(quantilePosition(quantiles, 250)).toBeCloseTo(0.25, 12);
  expect(quantilePosition(quantiles, -5)).toBe(0);
  expect(quantilePosition(quantiles, 5000)).toBe(1);
});

test('a value that fills several quantiles lands in their middle, unless it is an end', () => {
  // Levels 0…5 over 0, 1, 1, 1, 2, 3: the ones fill levels 1 to 3.
  const { quantiles } = fitQuantiles([column([0, 1, 1, 1, 2, 3])]);
  expect([...quantiles]).toEqual([0, 1, 1, 1, 2, 3]);
  expect(quantilePosition(quantiles, 1)).toBeCloseTo(2 / 5, 12);
  expect(quantilePosition(quantiles, 1.5)).toBeCloseTo(3.5 / 5, 12);
  const zeros = fitQuantiles([column([0, 0, 0, 0, 5])]).quantiles;
  expect(quantilePosition(zeros, 0)).toBe(0);
});

test('a constant lies at one end; nulls are 0 with a flag of their own', () => {
  const constant = fitQuantiles([column([7, 7])]);
  expect(encodeQuantiles(constant, column([7, 7])).map((values) => [...values])).toEqual([[-0.5, -0.5]]);
  const holed = fitQuantiles([column([1, 2]), column([null, null, 3])]);
  expect(encodeQuantiles(holed, column([null, 2])).map((values) => [...values])).toEqual([
    [0, 0],
    [0.5, -0.5],
  ]);
  const empty = fitQuantiles([column([null])]);
  expect(encodeQuantiles(empty, column([null, 4])).map((values) => [...values])).toEqual([
    [0, 0],
    [0.5, -0.5],
  ]);
});

test('nulls only in the synthetic rows add a dimension, in which the original is all the same', () => {
  const encoding = fitQuantiles([column([1, 2, 3])], [column([null, 2])]);
  expect([...encodeQuantiles(encoding, column([1, 2]))[1]!]).toEqual([-0.5, -0.5]);
  expect([...encodeQuantiles(encoding, column([null, 2]))[1]!]).toEqual([0.5, -0.5]);
  expect(encodeQuantiles(fitQuantiles([column([1, 2, 3])], [column([2])]), column([2]))).toHaveLength(1);
});

test('infinities and 1e300 stay numbers', () => {
  const wild = column([Number.NEGATIVE_INFINITY, -1e300, 0, 1e-12, 1e300, Number.POSITIVE_INFINITY]);
  const [positions] = encodeQuantiles(fitQuantiles([wild]), wild);
  for (const position of positions!) expect(Math.abs(position)).toBeLessThanOrEqual(0.5);
  expect(positions!.toSorted()).toEqual(positions);
});
