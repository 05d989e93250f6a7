import { afterEach, describe, expect, it } from 'vitest';
import { setNumberMarks } from '../domain/number-marks';
import {
  formatBytes,
  formatCount,
  formatDate,
  formatDuration,
  formatFixed,
  formatNumber,
  formatPercent,
  formatPlural,
  formatTime,
  marksOf,
} from './format';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [9_999, '10.0 kB'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [123_456_789, '123 MB'],
    [null, '–'],
    [Number.NaN, '–'],
  ])('%s → %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe('formatDuration', () => {
  it.each([
    [0, '0.0 s'],
    [0.0001, '1 ms'],
    [0.04, '40 ms'],
    [9.94, '9.9 s'],
    [9.96, '10 s'],
    [59.6, '1 min 00 s'],
    [185, '3 min 05 s'],
    [7_800, '2 h 10 min'],
    [-1, '–'],
    [Number.POSITIVE_INFINITY, '–'],
    [null, '–'],
  ])('%s → %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
});

describe('formatPercent', () => {
  it('never rounds a small share away or a large one up', () => {
    expect(formatPercent(0)).toBe('0.0 %');
    expect(formatPercent(1)).toBe('100.0 %');
    expect(formatPercent(0.0001)).toBe('< 0.1 %');
    expect(formatPercent(0.99996)).toBe('> 99.9 %');
    expect(formatPercent(0.9328)).toBe('93.3 %');
    expect(formatPercent(0.5, 0)).toBe('50 %');
    expect(formatPercent(null)).toBe('–');
  });
});

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [1234567, '1,234,567'],
    [0.123456, '0.1235'],
    [12345.678, '12,346'],
    [1e12, '1.00e+12'],
    [0.00001, '1.00e-5'],
    [Number.NEGATIVE_INFINITY, '−∞'],
    [Number.NaN, '–'],
  ])('%s → %s', (value, text) => expect(formatNumber(value)).toBe(text));
});

describe('formatCount, formatPlural, formatDate', () => {
  it('groups and inflects', () => {
    expect(formatCount(1234.4)).toBe('1,234');
    expect(formatPlural(1, 'row')).toBe('1 row');
    expect(formatPlural(10_000, 'row')).toBe('10,000 rows');
    expect(formatPlural(2, 'entry', 'entries')).toBe('2 entries');
  });
  it('shows the time only where there is one', () => {
    expect(formatDate(Date.UTC(2014, 2, 8))).toBe('2014-03-08');
    expect(formatDate(Date.UTC(2014, 2, 8, 12, 30))).toBe('2014-03-08 12:30:00');
    expect(formatDate(9e15)).toBe('–');
  });
});

describe('marks of numbers', () => {
  afterEach(() => setNumberMarks({ group: ',', decimal: '.' }));

  it.each([
    [
      { group: '.', decimal: ',' },
      ['12.345', '1,23 MB', '9,5 s', '93,3 %', '< 0,1 %', '1.234.567', '2,50e-5'],
    ],
    [
      { group: ' ', decimal: ',' },
      ['12 345', '1,23 MB', '9,5 s', '93,3 %', '< 0,1 %', '1 234 567', '2,50e-5'],
    ],
  ])('are those that were chosen: %j', (marks, texts) => {
    setNumberMarks(marks);
    expect([
      formatCount(12_345),
      formatBytes(1_234_567),
      formatDuration(9.5),
      formatPercent(0.933),
      formatPercent(0.0001),
      formatNumber(1_234_567),
      formatNumber(0.000025),
    ]).toEqual(texts);
    expect(formatDate(0)).toBe('1970-01-01');
    expect(formatFixed(1234.5, 2)).toBe(`1234${marks.decimal}50`);
  });

  it('can be those of a language', () => {
    expect(marksOf('en')).toEqual({ group: ',', decimal: '.' });
    expect(marksOf('de')).toEqual({ group: '.', decimal: ',' });
  });
});

describe('formatTime', () => {
  it('is short today, with the day before', () => {
    const at = new Date(2026, 2, 1, 14, 3, 7).getTime();
    expect(formatTime(at, at + 1000)).toBe('14:03:07');
    expect(formatTime(at, at + 86_400_000)).toBe('2026-03-01 14:03:07');
  });
});
