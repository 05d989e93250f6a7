import { expect, test } from 'vitest';
import { DAY } from '../../../src/domain/calendar';
import { RandomStream } from '../../../src/domain/random';
import { encodeLearnedDatetime } from './date-learned';
import { weekdayOf } from './date-parts';
import { analyseDatetime, decodeDatetime, encodeDatetime } from './datetime';
import { cells, numberColumn, options } from './testing';

function learned(values: readonly number[], overrides = {}) {
  const data = numberColumn(values);
  const encoding = analyseDatetime(data, 'date', options({ seed: 3, ...overrides }));
  const codes = encodeLearnedDatetime(encoding, data, options({ seed: 3, ...overrides }));
  return { encoding, data, codes, out: cells(decodeDatetime(encoding, codes)).map(Number) };
}

const stream = new RandomStream(8, 'test');
const few = Array.from({ length: 200 }, () => (17_000 + stream.below(1500)) * DAY);

test('the week of a row in a short table is learned as one of those around', () => {
  const { encoding, codes, data } = learned(few);
  const exact = encodeDatetime(encoding, data);
  const at = encoding.subColumns.findIndex(({ name }) => name === 'week');
  const away = Array.from(codes[at]!, (code, row) => Math.abs(code - exact[at]![row]!));
  expect(away.filter((weeks) => weeks > 0).length).toBeGreaterThan(100);
  // 40 of 200 rows are about a fifth of the year.
  expect(Math.max(...away)).toBeLessThan(30);
  const weekday = encoding.subColumns.findIndex(({ name }) => name === 'weekday');
  expect(codes[weekday]).toEqual(exact[weekday]);
});

test('weeks, days and years of many rows are learned as they are, and all without protection', () => {
  const many = Array.from({ length: 9000 }, () => (17_000 + stream.below(1090)) * DAY);
  const { encoding, codes, data } = learned(many);
  const exact = encodeDatetime(encoding, data);
  const moved = Array.from(codes[1]!, (code, row) => Number(code !== exact[1]![row]!));
  expect(encoding.subColumns[1]!.name).toBe('week');
  expect(moved.reduce((sum, one) => sum + one, 0)).toBeLessThan(40);
  expect(learned(few, { valueProtection: false }).out).toEqual(few);
});

test('an hour of few rows between hours of many comes out as one of these', () => {
  const hours = [8, 10, 12, 14, 16, 18].flatMap((hour) => Array<number>(60).fill(hour));
  const odd = [9, 11, 13, 15, 17].flatMap((hour) => Array<number>(4).fill(hour));
  const values = [...hours, ...odd].map((hour) => (17_000 + stream.below(1500)) * DAY + hour * 3_600_000);
  const data = numberColumn(values);
  const encoding = analyseDatetime(data, 'datetime', options({ seed: 3 }));
  const codes = encodeLearnedDatetime(encoding, data, options({ seed: 3 }));
  const out = cells(decodeDatetime(encoding, codes)).map((at) => new Date(Number(at)).getUTCHours());
  expect(new Set(out)).toEqual(new Set([8, 10, 12, 14, 16, 18]));
});

test('rows of one subject count once', () => {
  const same = Array.from({ length: 400 }, (_, i) => (17_000 + (i % 300)) * DAY);
  const subjects = Uint32Array.from(same, (_, i) => i % 20);
  const { encoding, data } = learned(same);
  const own = encodeLearnedDatetime(encoding, data, options({ seed: 3, subjects }));
  const rows = encodeLearnedDatetime(encoding, data, options({ seed: 3 }));
  const spread = (codes: Uint16Array[]) => {
    const exact = encodeDatetime(encoding, data);
    const at = encoding.subColumns.findIndex(({ name }) => name === 'week');
    return codes[at]!.reduce((sum, code, row) => sum + Math.abs(code - exact[at]![row]!), 0);
  };
  expect(spread(own)).toBeGreaterThan(spread(rows));
});

test('business days stay business days', () => {
  const business = few.filter((at) => weekdayOf(at / DAY) < 5);
  for (const at of learned(business).out) expect(weekdayOf(at / DAY)).toBeLessThan(5);
});
