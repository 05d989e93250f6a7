import { expect, it } from 'vitest';
import type { ColumnData } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';
import type { Writing } from '../../../src/domain/writing';
import { learnWriter } from './learn-writer';

const ROWS = 400;
const stream = new RandomStream(11, 'planted');
const letters = (count: number, of = 'ABCDEFGHIJKLM') =>
  Array.from({ length: count }, () => of[stream.below(of.length)]).join('');
const digits = (count: number) => letters(count, '0123456789');

/** Values of one form by the row, and one that is nobody else's. */
const COLUMNS: readonly (readonly [Writing, () => string, string])[] = [
  [{ as: 'key' }, () => `${letters(4)}-${digits(5)}`, 'ZQXW-98789'],
  [{ as: 'key' }, () => `CUST-${digits(6)}`, 'CUST-998877665'],
  [{ as: 'key' }, () => digits(12), '777123777321'],
  [{ as: 'pattern' }, () => `Lot ${letters(3)} of ${digits(4)}`, 'Lot ZZYZX of 987898'],
  [{ as: 'pattern' }, () => `${letters(1)}${letters(6, 'abcdefghij')}`, 'Zyzzyvasaurus'],
  [{ as: 'fake', kind: 'full-name', locale: 'en' }, () => `${letters(5)} ${letters(7)}`, 'Zyzzo Quuxley'],
  [{ as: 'fake', kind: 'email', locale: 'en' }, () => `${letters(6)}@mail.at`, 'zyzzo@quuxley.test'],
  [{ as: 'fake', kind: 'phone', locale: 'de' }, () => `+43 660 ${digits(7)}`, '+43 999 8877665'],
  [{ as: 'fake', kind: 'text', locale: 'en' }, () => `${letters(3)} ${letters(9)}`, 'Zyzzo met Quuxley'],
  [{ as: 'fake', kind: 'iban', locale: 'de' }, () => `AT${digits(18)}`, 'AT998877665544332211'],
];

it.each(COLUMNS)('what is stored of %j holds no value of the data', (writing, of, planted) => {
  const values = Array.from({ length: ROWS }, (_, row) => (row === 123 ? planted : of()));
  const dictionary = [...new Set(values)];
  const codes = Int32Array.from(values, (value) => dictionary.indexOf(value));
  const data: ColumnData = { kind: 'text', codes, dictionary };
  const { writer } = learnWriter(writing, { training: data, all: data, sample: null }, 7, 'text');
  const stored = JSON.stringify(writer);
  const parts = planted.split(/[ @-]/).filter((part) => part.length > 4);
  expect(dictionary.filter((value) => stored.includes(value))).toEqual([]);
  expect([planted, ...parts].filter((part) => part !== 'CUST' && stored.includes(part))).toEqual([]);
});

it.each([
  ['counted', (row: number) => 1000 + 3 * row, 987_654],
  ['apart', (row: number) => 100_000 + ((row * 7919) % 100_003), 987_654_321],
])('numbers above the largest do not tell it: %s', (_, of, planted) => {
  const values = Float64Array.from({ length: ROWS }, (_v, row) => (row === 123 ? planted : of(row)));
  const data: ColumnData = { kind: 'number', values, nulls: null };
  const { writer } = learnWriter({ as: 'key' }, { training: data, all: data, sample: null }, 7, 'integer');
  const stored = JSON.stringify(writer);
  expect([...values].filter((value) => new RegExp(`\\b${value}\\b`).test(stored))).toEqual([]);
});

it('shows the parts of a form that more values have at a raised threshold', () => {
  const values = Array.from(
    { length: 200 },
    (_, row) => `${row < 12 ? 'RARE' : 'ABCD'}-${String(10_000 + row * 37)}`,
  );
  const data: ColumnData = { kind: 'text', codes: Int32Array.from(values, (_, i) => i), dictionary: values };
  const stored = (rareThreshold: number) => {
    const rows = { training: data, all: data, sample: null, rareThreshold };
    return JSON.stringify(learnWriter({ as: 'key' }, rows, 7, 'text').writer);
  };
  expect(stored(5)).toContain('RARE');
  expect(stored(20)).not.toContain('RARE');
});
