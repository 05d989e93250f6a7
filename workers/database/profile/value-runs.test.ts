import fc from 'fast-check';
import { expect, it } from 'vitest';
import { valueRuns } from './value-runs';

const DAY = 86_400_000;
const wholes = fc.integer({ min: -200, max: 200 });
const column = fc.oneof(
  fc.record({ unit: fc.constant(1), values: listOf(wholes) }),
  // Far apart: sorted, not counted.
  fc.record({ unit: fc.constant(1), values: listOf(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })) }),
  fc.record({ unit: fc.constant(1), values: listOf(fc.maxSafeInteger()) }),
  fc.record({
    unit: fc.constant(1),
    values: fc
      .integer({ min: 0, max: 8 })
      .chain((digits) => listOf(fc.integer({ min: -5000, max: 5000 }).map((whole) => whole / 10 ** digits))),
  }),
  fc.record({ unit: fc.constant(1), values: listOf(fc.double({ noNaN: true })) }),
  fc.record({ unit: fc.constant(DAY), values: listOf(wholes.map((day) => day * DAY)) }),
  fc.record({ unit: fc.constant(1000), values: listOf(wholes.map((time) => time * 500)) }),
);

function listOf(value: fc.Arbitrary<number>): fc.Arbitrary<number[]> {
  return fc.array(value, { minLength: 1, maxLength: 80 });
}

it('gives each value as often as it occurs, to the bit and in order', () => {
  fc.assert(
    fc.property(column, ({ unit, values }) => {
      const runs = valueRuns(Float64Array.from(values), unit);
      const all = Array.from(runs.values).flatMap((value, run) =>
        Array.from({ length: runs.times[run]! }, () => value),
      );
      const sorted = Array.from(Float64Array.from(values).sort());
      // Zeros of both signs are one value.
      const hasBoth =
        values.some((value) => Object.is(value, 0)) && values.some((value) => Object.is(value, -0));
      if (hasBoth) expect(all.map((value) => value + 0)).toEqual(sorted.map((value) => value + 0));
      else expect(all).toEqual(sorted);
      expect(new Set(all).size).toBe(runs.values.length);
    }),
    { numRuns: 500 },
  );
});
