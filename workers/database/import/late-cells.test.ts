import { expect, it } from 'vitest';
import { queryRow, queryRows } from '../duckdb/arrow';
import { sharedEngine } from '../testing/shared-engine';
import { importTable } from './import-table';
import { openHead } from './open-head';

const ROWS = 80_000;

/** Every column with a form that goes on to the last rows, and what is found there. */
const COLUMNS: Readonly<Record<string, readonly [usual: (row: number) => string, late: string]>> = {
  whole: [(row) => String(row), '3.5'],
  money: [(row) => `${row % 90}.50`, 'free'],
  day: [(row) => `2020-01-${10 + (row % 20)}`, '2020-02-01 10:30:00'],
  count: [(row) => String(row % 100), 'NA'],
  gap: [(row) => (row === 5 ? 'NA' : String(row % 100)), 'many'],
  flag: [(row) => String(row % 2 === 0), 'maybe'],
  blank: [(row) => (row % 3 === 0 ? '' : String(-row)), '1e3'],
  word: [(row) => `word ${row % 7}`, '7'],
};
const LATE_ROWS = 10;

async function importLate(names: readonly string[]) {
  const lines = Array.from({ length: ROWS }, (_, row) =>
    names
      .map((name) => {
        const [usual, late] = COLUMNS[name]!;
        return row < ROWS - LATE_ROWS ? usual(row) : late;
      })
      .join(','),
  );
  const file = new File([[names.join(','), ...lines, ''].join('\n')], 'late.csv');
  const sql = await sharedEngine();
  const options = { overrides: {}, sqlTable: 'late', onProgress: () => {}, checkpoint: () => {} };
  return { sql, table: await importTable(sql, file, await openHead(file), options) };
}

it('reads cells late in a file that are not what the ones before were', async () => {
  const names = Object.keys(COLUMNS);
  const { sql, table } = await importLate(names);
  expect(table.rowCount).toBe(ROWS);
  expect(Object.fromEntries(table.columns.map(({ name, storageType }) => [name, storageType]))).toEqual({
    whole: 'float',
    money: 'text',
    day: 'datetime',
    count: 'integer',
    gap: 'text',
    flag: 'text',
    blank: 'float',
    word: 'text',
  });
  const cells = await queryRows(
    sql,
    `SELECT ${names.map((_, i) => `c${i}::VARCHAR AS c${i}`).join(', ')} FROM late WHERE rowid IN (5, 40000, ${ROWS - 1}) ORDER BY rowid`,
  );
  expect(cells.map((row) => Object.values(row))).toEqual([
    ['5.0', '5.50', '2020-01-15 00:00:00', '5', null, 'false', '-5.0', 'word 5'],
    ['40000.0', '40.50', '2020-01-10 00:00:00', '0', '0', 'true', '-40000.0', 'word 2'],
    ['3.5', 'free', '2020-02-01 10:30:00', null, 'many', 'maybe', '1000.0', '7'],
  ]);
  const gaps = `count(*) FILTER (c6 IS NULL)::DOUBLE AS blank, count(*) FILTER (c4 IS NULL)::DOUBLE AS gap`;
  expect(await queryRow(sql, `SELECT ${gaps} FROM late`)).toEqual({
    blank: Math.ceil((ROWS - LATE_ROWS) / 3),
    gap: 1,
  });
}, 120_000);

it('keeps a column of one late surprise, and reads the others as values', async () => {
  const { table } = await importLate(['count', 'money', 'whole']);
  expect(table.columns.map(({ storageType }) => storageType)).toEqual(['integer', 'text', 'float']);
  expect(table.columns[2]!.max).toBe(ROWS - LATE_ROWS - 1);
}, 120_000);
