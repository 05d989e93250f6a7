import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { DAY } from './calendar';
import { analyseDatetime, decodeDatetime, encodeDatetime } from './datetime';
import { cells, numberColumn, options, repeat } from './testing';

function roundTrip(values: readonly (number | null)[], storageType: 'date' | 'datetime', overrides = {}) {
  const data = numberColumn(values);
  const analysed = analyseDatetime(data, storageType, options(overrides));
  const encoding = JSON.parse(JSON.stringify(analysed)) as typeof analysed;
  const codes = encodeDatetime(encoding, data);
  encoding.subColumns.forEach(({ cardinality }, i) => {
    expect(cardinality).toBeGreaterThan(0);
    expect(codes[i]!.every((code) => code < cardinality)).toBe(true);
  });
  return { encoding, codes, out: cells(decodeDatetime(encoding, codes)) };
}

const UNITS = [DAY, 3_600_000, 60_000, 1000, 1];

test('without protection every instant returns exactly', () => {
  const column = fc.record({
    unit: fc.constantFrom(...UNITS),
    offsets: fc.array(fc.option(fc.integer({ min: -1e6, max: 1e6 })), { maxLength: 80 }),
  });
  fc.assert(
    fc.property(column, ({ unit, offsets }) => {
      const values = offsets.map((offset) =>
        offset === null ? null : 1.6e12 - (1.6e12 % DAY) + offset * unit,
      );
      expect(roundTrip(values, 'datetime', { valueProtection: false }).out).toEqual(values);
    }),
  );
});

test('under protection instants within the bounds return where the parts are frequent, the rest is moved inside', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...UNITS), (seed, unit) => {
      const stream = new RandomStream(seed, 'test');
      const values = Array.from({ length: 3000 }, () => {
        return (16_000 + stream.below(3000)) * DAY + Math.floor(stream.below(DAY) / unit) * unit;
      });
      const { encoding, out } = roundTrip(values, 'datetime', { seed });
      const { min, max } = encoding.bounds!;
      // A year at the edge may hold too few rows and moves to the next one.
      const isInside = (value: number) => value - min > 400 * DAY && max - value > 400 * DAY;
      const wrong = values.filter((value, i) => {
        const read = Number(out[i]);
        return !(read >= min && read <= max) || (isInside(value) && read !== value);
      });
      expect(wrong).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('the 5 first and last instants can never be decoded and no bound is a row', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 20, max: 200 }), (seed, rows) => {
      const stream = new RandomStream(seed, 'test');
      const values = Array.from({ length: rows }, () => Math.floor(1e12 * stream.uniform() ** 2));
      const { encoding } = roundTrip(values, 'datetime', { seed });
      const sorted = Float64Array.from(values).sort();
      const { min, max } = encoding.bounds!;
      expect(min).toBeGreaterThan(sorted[4]!);
      expect(max).toBeLessThan(sorted[rows - 5]!);
      expect(values).not.toContain(min);
      expect(values).not.toContain(max);
    }),
  );
});

test('dates have year, month and day and return at midnight', () => {
  const values = Array.from({ length: 2000 }, (_, i) => (10_000 + ((i * 8) % 1500)) * DAY);
  const { encoding, out } = roundTrip(values, 'date', { valueProtection: false });
  expect(encoding.subColumns.map((s) => s.name)).toEqual(['year', 'month', 'day']);
  expect(out).toEqual(values);
});

test('parts that do not vary have no sub-column; a constant keeps one code', () => {
  const monthly = Array.from({ length: 600 }, (_, i) => Date.UTC(1970 + Math.floor(i / 12), i % 12, 1, 12));
  expect(roundTrip(monthly, 'datetime').encoding.subColumns.map((s) => s.name)).toEqual(['year', 'month']);
  const constant = repeat([Date.UTC(2020, 1, 29, 1, 2, 3, 456)], 30);
  const { encoding, out } = roundTrip(constant, 'datetime');
  expect(encoding.subColumns).toEqual([{ name: 'year', cardinality: 1, ordinal: true }]);
  expect(out).toEqual(constant);
});

test('one time of day among dates is hidden', () => {
  const values = [...Array.from({ length: 400 }, (_, i) => i * DAY), 100 * DAY + 3_723_004];
  const { encoding } = roundTrip(values, 'datetime');
  expect(encoding.subColumns.map((s) => s.name)).not.toContain('hour');
  const open = roundTrip(values, 'datetime', { valueProtection: false });
  expect(open.out).toEqual(values);
});

test('years 1500 and 9990 work', () => {
  for (const year of [1500, 9990]) {
    const values = Array.from({ length: 500 }, (_, i) => Date.UTC(year, 0, 1) + i * DAY);
    const { encoding, out } = roundTrip(values, 'date');
    const inside = values.filter((v) => v >= encoding.bounds!.min && v <= encoding.bounds!.max);
    expect(inside.length).toBeGreaterThan(450);
    for (const value of inside) expect(out[values.indexOf(value)]).toBe(value);
  }
});

test('instants over many millennia keep their year within a few', () => {
  const stream = new RandomStream(3, 'test');
  const values = Array.from({ length: 1000 }, () => Math.floor((stream.uniform() - 0.5) * 1.6e16));
  const { encoding, out } = roundTrip(values, 'datetime', { valueProtection: false });
  expect(Math.max(...encoding.subColumns.map((s) => s.cardinality))).toBeLessThanOrEqual(4096);
  values.forEach((value, i) => {
    expect(Math.abs((out[i] as number) - value)).toBeLessThan(200 * 366 * DAY);
  });
});

test('nulls keep their flag and borrow the parts of other rows', () => {
  const values = Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? null : (i % 2) * 400 * DAY));
  const { encoding, codes, out } = roundTrip(values, 'date');
  expect(encoding.subColumns[0]).toEqual({ name: 'nan', cardinality: 2, ordinal: false });
  expect(out).toEqual(values);
  const years = new Set(Array.from(codes[1]!).filter((_, i) => values[i] === null));
  expect(years.size).toBe(2);
});

test('fewer than 20 dates under protection, no rows, only nulls: all null', () => {
  for (const values of [[], [DAY], Array.from({ length: 19 }, (_, i) => i * DAY), repeat([null], 40)]) {
    const { encoding, out } = roundTrip(values, 'date');
    expect(encoding.subColumns).toEqual([{ name: 'nan', cardinality: 1, ordinal: false }]);
    expect(out).toEqual(values.map(() => null));
  }
});
