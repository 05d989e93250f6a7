import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY } from '../../../src/domain/calendar';
import { RandomStream } from '../../../src/domain/random';
import { weekdayOf } from './date-parts';
import { analyseDatetime, decodeDatetime, encodeDatetime } from './datetime';
import { cells, numberColumn, options, repeat } from './testing';

/** Day of the month. */
function dayOf(day: number): number {
  return new Date(day * DAY).getUTCDate();
}

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
      // A part that fewer rows hold than protection asks for moves to the next one: week 53, say.
      expect(wrong.length).toBeLessThan(7);
    }),
    { numRuns: 30 },
  );
});

test('the 5 first and last instants can never be decoded and no bound is a row, but on days that enough rows share', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 20, max: 200 }), (seed, rows) => {
      const stream = new RandomStream(seed, 'test');
      const values = Array.from({ length: rows }, () => Math.floor(1e12 * stream.uniform() ** 2));
      const { encoding } = roundTrip(values, 'datetime', { seed });
      const sorted = Float64Array.from(values).sort();
      const { min, max } = encoding.bounds!;
      const isShared = (bound: number) =>
        values.filter((value) => Math.floor(value / DAY) === Math.floor(bound / DAY)).length >= 5;
      if (!isShared(min)) expect(min).toBeGreaterThan(sorted[4]!);
      if (!isShared(max)) expect(max).toBeLessThan(sorted[rows - 5]!);
      for (const bound of [min, max]) if (!isShared(bound)) expect(values).not.toContain(bound);
    }),
  );
});

test('dates return at midnight, whichever way their days are coded', () => {
  const all = Array.from({ length: 2000 }, (_, i) => 10_000 + ((i * 8) % 1500));
  const kinds: [string[], number[]][] = [
    [['year', 'week', 'weekday'], all],
    [['year', 'week', 'weekday'], all.filter((day) => weekdayOf(day) < 5)],
    [
      ['year', 'month', 'day'],
      Array.from({ length: 9000 }, (_, i) => i).filter((day) => [1, 2, 15, 28].includes(dayOf(day))),
    ],
    [['date'], all.filter((day) => day % 30 === 0)],
  ];
  for (const [names, days] of kinds) {
    const values = days.map((day) => day * DAY);
    const { encoding, out } = roundTrip(values, 'date', { valueProtection: false });
    expect(encoding.subColumns.map((s) => s.name)).toEqual(names);
    expect(out).toEqual(values);
  }
});

test('no codes make a weekend of business days, nor another day of month ends', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom('business', 'ends', 'paydays'), (seed, kind) => {
      const stream = new RandomStream(seed, 'test');
      const isReal = (day: number) =>
        kind === 'ends'
          ? dayOf(day + 1) === 1
          : weekdayOf(day) < 5 || (kind === 'paydays' && dayOf(day) === 1);
      const values: number[] = [];
      while (values.length < 3000) {
        const day = 17_000 + stream.below(kind === 'ends' ? 9000 : 1100);
        const isFrequent = kind !== 'paydays' || dayOf(day) === 1 || stream.below(10) === 0;
        if (isReal(day) && isFrequent) values.push(day * DAY);
      }
      const encoding = analyseDatetime(numberColumn(values), 'date', options({ seed }));
      const codes = encoding.subColumns.map(({ cardinality }) =>
        Uint16Array.from({ length: 500 }, () => stream.below(cardinality)),
      );
      for (const value of cells(decodeDatetime(encoding, codes))) {
        expect(isReal(Number(value) / DAY)).toBe(true);
        expect(Number(value)).toBeGreaterThanOrEqual(encoding.bounds!.min);
        expect(Number(value)).toBeLessThanOrEqual(encoding.bounds!.max);
      }
    }),
    { numRuns: 60 },
  );
});

test('days that stand out in their month have marks among weekdays', () => {
  const stream = new RandomStream(4, 'test');
  const values: number[] = [];
  while (values.length < 4000) {
    const day = 17_000 + stream.below(1100);
    const chance = dayOf(day) === 1 || dayOf(day + 1) === 1 ? 1 : weekdayOf(day) < 5 ? 0.1 : 0;
    if (stream.uniform() < chance) values.push(day * DAY);
  }
  const { encoding, out } = roundTrip(values, 'date', { valueProtection: false });
  expect(encoding.subColumns.map((s) => s.name)).toEqual(['year', 'week', 'mark', 'weekday']);
  expect(encoding.marks).toEqual([1, 32]);
  expect(out).toEqual(values);
});

test('one date with very many rows makes no weekday and no mark', () => {
  const stream = new RandomStream(5, 'test');
  const values = Array.from({ length: 4000 }, () => (17_000 + stream.below(1100)) * DAY);
  values.fill(17_500 * DAY, 0, 900);
  const { encoding, out } = roundTrip(values, 'date');
  expect(encoding.marks).toEqual([]);
  expect(out.filter((value) => value === 17_500 * DAY).length).toBeGreaterThanOrEqual(900);
});

test('frequent instants far from the others are one value each and leave the others alone', () => {
  const stream = new RandomStream(6, 'test');
  const [first, last] = [Date.UTC(1900, 0, 1), Date.UTC(9999, 11, 31)];
  const usual = Array.from({ length: 1500 }, () => (18_000 + stream.below(900)) * DAY);
  const { encoding, out } = roundTrip([...usual, ...repeat([first, last, null], 60)], 'date');
  expect(encoding.specials).toEqual([last, first].sort((a, b) => a - b));
  expect(encoding.subColumns[0]).toEqual({ name: 'nan', cardinality: 4, ordinal: false });
  expect(out.slice(1500)).toEqual([...repeat([first, last, null], 60)]);
  for (const value of out.slice(0, 1500))
    expect(Math.abs(Number(value) / DAY - 18_450)).toBeLessThanOrEqual(460);
  const codes = encoding.subColumns.map(({ cardinality }) =>
    Uint16Array.from({ length: 300 }, () => stream.below(cardinality)),
  );
  for (const value of cells(decodeDatetime(encoding, codes))) {
    if (value === null || value === first || value === last) continue;
    expect(Math.abs(Number(value) / DAY - 18_450)).toBeLessThanOrEqual(460);
  }
});

test('a last day that enough rows share is kept, with its hours', () => {
  const stream = new RandomStream(7, 'test');
  const minutes = () => stream.below(24 * 60) * 60_000;
  const values = Array.from({ length: 2000 }, () => (18_000 + stream.below(365)) * DAY + minutes());
  for (let i = 0; i < 300; i++) values.push(18_365 * DAY + minutes());
  const { out } = roundTrip(values, 'datetime');
  const last = out.slice(2000).map(Number);
  expect(last.filter((value) => Math.floor(value / DAY) === 18_365).length).toBe(300);
  expect(last.filter((value, i) => value === values[2000 + i]).length).toBeGreaterThan(290);
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

test('fewer than 12 dates under protection, no rows, only nulls: all null', () => {
  for (const values of [[], [DAY], Array.from({ length: 11 }, (_, i) => i * DAY), repeat([null], 40)]) {
    const { encoding, out } = roundTrip(values, 'date');
    expect(encoding.subColumns).toEqual([{ name: 'nan', cardinality: 1, ordinal: false }]);
    expect(out).toEqual(values.map(() => null));
  }
});

test('of 12 to 19 dates only the middle is shown', () => {
  for (let rows = 12; rows < 20; rows++) {
    const values = Array.from({ length: rows }, (_, i) => i * i * DAY);
    const out = new Set(roundTrip(values, 'date').out);
    expect(out.size).toBe(1);
    for (const value of out) {
      expect(value).toBeGreaterThan(values[3]!);
      expect(value).toBeLessThan(values[rows - 4]!);
    }
  }
});
