import fc from 'fast-check';
import { expect, test } from 'vitest';
import { floorToShortestPrecision, quantileBreaks } from './quantile-breaks';

// The numeric fixture of mostlyai-qa's own tests: 5 zeros, 30…79, 45 eighties.
const FIXTURE = Float64Array.from([
  ...Array<number>(5).fill(0),
  ...Array.from({ length: 50 }, (_, i) => 30 + i),
  ...Array<number>(45).fill(80),
]);

test.each([
  [1, [0, 80]],
  [2, [0, 74, 80]],
  [3, [0, 49, 74, 80]],
  [4, [0, 41, 58, 74, 80]],
  [5, [0, 37, 49, 62, 74, 80]],
])('searches %i bins as the reference does', (bins, breaks) => {
  expect(quantileBreaks(FIXTURE, bins)).toEqual(breaks);
});

test.each([
  [4, [1, 2, 3, 4]],
  [5, [1, 2, 3, 5]],
  [6, [1, 2, 4, 6]],
  [7, [1, 3, 5, 7]],
])('cuts 1…%i into three bins', (count, breaks) => {
  const values = Float64Array.from({ length: count }, (_, i) => i + 1);
  expect(quantileBreaks(values, 3)).toEqual(breaks);
});

test('returns every value when there are fewer than bins', () => {
  expect(quantileBreaks(Float64Array.of(1, 2, 3), 10)).toEqual([1, 2, 3]);
  expect(quantileBreaks(Float64Array.of(), 10)).toEqual([]);
});

test('tries ever finer quantiles on a column full of zeros, and gives up at a thousand', () => {
  const values = new Float64Array(10_010);
  for (let i = 0; i < 20; i++) values[9_990 + i] = i + 1;
  expect(quantileBreaks(values, 10)).toEqual([0, 9, 20]);
});

test('breaks ascend, are values, and include both ends', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 300 }), (list) => {
      const sorted = Float64Array.from(list).sort();
      const breaks = quantileBreaks(sorted, 10);
      expect(breaks[0]).toBe(sorted[0]);
      expect(breaks.at(-1)).toBe(sorted.at(-1));
      for (let i = 1; i < breaks.length; i++) expect(breaks[i]).toBeGreaterThan(breaks[i - 1]!);
      for (const edge of breaks) expect(sorted).toContain(edge);
    }),
    { numRuns: 50 },
  );
});

test.each([
  [
    [0, 99.9, 199.8, 999],
    [0, 99, 199, 999],
  ],
  [
    [0.01, 0.99, 1.99],
    [0, 0.9, 1.99],
  ],
  [
    [1e-12, 2e-12, 3e-12],
    [1e-12, 2e-12, 3e-12],
  ],
  [
    [-1.5, 0.2],
    [-2, 0.2],
  ],
  [
    [Number.NEGATIVE_INFINITY, 0.5, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY],
  ],
  [
    [1e-30, 2e-30],
    [1e-30, 2e-30],
  ],
])('floors %j to %j, the last one kept', (breaks, floored) => {
  expect(floorToShortestPrecision(breaks)).toEqual(floored);
});
