import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisOf } from './round-range';

const DAY = 86_400_000;
const sorted = (values: readonly number[]) => Float64Array.from(values).sort();

test('an axis holds the protected range and goes little beyond it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 24, maxLength: 200 }),
      fc.boolean(),
      (values, isDate) => {
        const axis = axisOf(Float64Array.from(values), null, isDate);
        const ascending = sorted(values);
        if (!axis) return;
        const { low, high, from, to } = axis;
        expect(from).toBeGreaterThanOrEqual(ascending[7]!);
        expect(to).toBeLessThanOrEqual(ascending[ascending.length - 8]!);
        expect(low).toBeLessThanOrEqual(from);
        expect(high).toBeGreaterThanOrEqual(to);
        expect(high - low).toBeLessThanOrEqual(1.3 * (to - from) + 2);
      },
    ),
  );
});

test('one row, however extreme, moves no end by more than the rounding', () => {
  const values = Array.from({ length: 300 }, (_, i) => 1000.123 + i * 3.7);
  const plain = axisOf(Float64Array.from(values), null, false)!;
  expect(axisOf(Float64Array.from([...values, 1e12]), null, false)).toMatchObject({
    low: plain.low,
    high: plain.high,
  });
  expect([plain.low, plain.high]).toEqual([1000, 2100]);
});

test.each([
  [40, '2020-03-03', '2020-04-12'],
  [400, '2020-03-01', '2021-05-01'],
  [5000, '2020-01-01', '2034-01-01'],
])('dates over %d days end at whole units', (days, low, high) => {
  const start = Date.UTC(2020, 2, 3, 4, 5);
  const values = Float64Array.from({ length: 1000 }, (_, i) => start + (i * days * DAY) / 1000);
  const axis = axisOf(values, null, true)!;
  const text = (at: number) => new Date(at).toISOString().slice(0, 10);
  expect([text(axis.low), text(axis.high)]).toEqual([low, high]);
});

test('too few values, constants and infinities have none', () => {
  expect(
    axisOf(
      Float64Array.from({ length: 23 }, (_, i) => i),
      null,
      false,
    ),
  ).toBeNull();
  expect(axisOf(new Float64Array(100).fill(4), null, false)).toBeNull();
  const wild = Float64Array.from({ length: 60 }, (_, i) => (i < 30 ? -1 : 1) * Number.POSITIVE_INFINITY);
  expect(axisOf(wild, null, false)).toBeNull();
});
