import { expect, it } from 'vitest';
import { exportedDialect } from './exported-dialect';
import type { CsvDialect } from './sources';

const dialect = { delimiter: ',', header: true, decimal: ',', nullValues: ['', '-'] } as CsvDialect;
const cut = { delimiter: ',', header: true };

it('leaves out names of tables and files that hold a value', () => {
  const named = { ...dialect, table: 'Sales', entry: 'a.csv' };
  expect(exportedDialect({ dialect: named, chosen: {} })).toEqual({ ...cut, table: 'Sales', entry: 'a.csv' });
  const told = { ...dialect, table: 'ada@example.test', entry: 'of 0664 123 45 67 8.csv' };
  expect(exportedDialect({ dialect: told, chosen: {} })).toEqual(cut);
});

it('has the spellings of no value that a person set, and none that were found', () => {
  const columns = { '3': { nulls: ['?'] } };
  expect(exportedDialect({ dialect: { ...dialect, columns }, chosen: { columns } })).toEqual({
    ...cut,
    columns,
  });
  expect(exportedDialect({ dialect, chosen: { nullValues: ['', '-'] } })).toEqual({
    ...cut,
    nullValues: ['', '-'],
  });
  expect(exportedDialect({ dialect, chosen: { decimal: ',' } })).toEqual({ ...cut, decimal: ',' });
});

it('is the whole reading where nobody noted what was set', () => {
  expect(exportedDialect({ dialect })).toEqual(dialect);
});
