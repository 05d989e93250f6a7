import { expect, it } from 'vitest';
import { exportedDialect } from './exported-dialect';
import type { CsvDialect } from './sources';

it('leaves out names of tables and files that hold a value, and nothing else', () => {
  const dialect = { delimiter: ',', header: true } as unknown as CsvDialect;
  expect(exportedDialect({ ...dialect, table: 'Sales', entry: 'a.csv' })).toEqual({
    ...dialect,
    table: 'Sales',
    entry: 'a.csv',
  });
  expect(
    exportedDialect({ ...dialect, table: 'ada@example.test', entry: 'of 0664 123 45 67 8.csv' }),
  ).toEqual(dialect);
});
