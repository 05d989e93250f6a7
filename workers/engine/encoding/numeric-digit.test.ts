import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { MAX_THRESHOLD } from '../privacy/protection';
import { analyseDigit, decodeDigit, encodeDigit, encodeLearnedDigit } from './numeric-digit';
import { cells, numberColumn, options, repeat } from './testing';

type Values = readonly (number | null)[];

function roundTrip(values: Values, storageType: 'integer' | 'float', overrides = {}) {
  const data = numberColumn(values);
  const own = options(overrides);
  const analysed = analyseDigit(data, storageType, own);
  const encoding = JSON.parse(JSON.stringify(analysed)) as typeof analysed;
  const learned = encodeLearnedDigit(encoding, data, own);
  encoding.subColumns.forEach(({ cardinality }, i) => {
    expect(learned[i]!.every((code) => code < cardinality)).toBe(true);
  });
  return {
    encoding,
    learned: cells(decodeDigit(encoding, learned)),
    plain: cells(decodeDigit(encoding, encodeDigit(encoding, data))),
  };
}

const OPEN = { valueProtection: false };

describe('TABULAR_NUMERIC_DIGIT', () => {
  it('gives back every whole number without protection, with its sign and up to 15 digits', () => {
    const column = fc.array(fc.option(fc.integer({ min: -(2 ** 50), max: 2 ** 50 })), { maxLength: 60 });
    fc.assert(
      fc.property(column, (values) => {
        const whole = values.map((value) => value && value + 0);
        const { learned, plain } = roundTrip(whole, 'integer', OPEN);
        expect(plain).toEqual(whole);
        expect(learned).toEqual(whole);
      }),
    );
  });

  it('gives back decimals exactly without protection', () => {
    const column = fc.record({
      decimals: fc.integer({ min: 0, max: 8 }),
      units: fc.array(fc.integer({ min: -9_999_999, max: 9_999_999 }), { minLength: 1, maxLength: 40 }),
    });
    fc.assert(
      fc.property(column, ({ decimals, units }) => {
        const values = units.map((unit) => unit / 10 ** decimals + 0);
        expect(roundTrip(values, 'float', OPEN).plain).toEqual(values);
      }),
    );
  });

  it('under protection, keeps numbers that enough rows hold and shows none beyond the bounds', () => {
    const column = fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 40, maxLength: 200 });
    fc.assert(
      fc.property(column, fc.integer({ min: -4000, max: 4000 }), fc.nat(), (own, common, seed) => {
        const values = [...own, ...repeat([common], MAX_THRESHOLD)];
        const { encoding, learned } = roundTrip(values, 'integer', { seed });
        const { low, high } = encoding.bounds!;
        const sorted = [...values].sort((a, b) => a - b);
        expect(low).toBeGreaterThanOrEqual(Math.min(sorted[4]!, common));
        expect(high).toBeLessThanOrEqual(Math.max(sorted[sorted.length - 5]!, common));
        expect(learned.every((value) => Number.isInteger(value) && +value! >= low && +value! <= high)).toBe(
          true,
        );
        if (common > low && common < high)
          expect(learned.slice(-MAX_THRESHOLD)).toEqual(repeat([common], MAX_THRESHOLD));
      }),
      { numRuns: 50 },
    );
  });

  it('shows no digit of one person alone', () => {
    const stream = new RandomStream(2, 'amounts');
    const values = Array.from({ length: 300 }, () => 1000 + 10 * stream.below(9));
    const { learned } = roundTrip([...values, 1047, 98_765], 'integer');
    expect(learned.filter((value) => +value! % 10 !== 0)).toEqual([]);
    expect(Math.max(...learned.map(Number))).toBeLessThan(1090);
  });

  it('does not lose the sign, large or tiny numbers, nor crash on infinities', () => {
    const signed = roundTrip([...repeat([-20, 20], 20), null], 'integer', OPEN);
    expect(signed.plain).toEqual([...repeat([-20, 20], 20), null]);
    for (const scale of [1e300, 1e-300, 1e30, 1e-12]) {
      const values = Array.from({ length: 100 }, (_, i) => (i + 1.5) * scale);
      const { plain } = roundTrip(values, 'float', OPEN);
      plain.forEach((value, i) => {
        expect(Math.abs(Number(value) / values[i]! - 1)).toBeLessThan(1e-6);
      });
    }
    const infinite = [
      ...repeat([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], 20),
      ...repeat([1, 2, 3], 20),
    ];
    expect(new Set(roundTrip(infinite, 'float').plain)).toEqual(new Set([1, 2, 3]));
  });

  it('shows the middle of fewer than 20 numbers, and nothing of fewer than 12', () => {
    const few = roundTrip([501, 602, 703, 804, 905], 'integer');
    expect(few.learned).toEqual([null, null, null, null, null]);
    const some = roundTrip(
      Array.from({ length: 15 }, (_, i) => 100 + 10 * i),
      'integer',
    );
    expect(new Set(some.learned)).toEqual(new Set([170]));
  });

  it('tells the decimals that enough rows need, and what protection takes of a heavy tail', () => {
    const prices = Array.from({ length: 400 }, (_, i) => (i % 200) + 0.25);
    const { encoding, learned } = roundTrip([...prices, 7.123_456, ...repeat([1e6], 4)], 'float');
    expect(encoding.decimals).toBe(2);
    expect(learned.every((value) => +value! <= 199.25)).toBe(true);
    expect(encoding.hidden).toMatchObject({ deviation: 0.95 });
  });
});
