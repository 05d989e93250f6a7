import { existsSync, openAsBlob } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlEngine } from '../duckdb/sql';
import { sharedEngine } from '../testing/shared-engine';
import { importTable } from './import-table';
import { openHead } from './open-head';

let sql: SqlEngine;
beforeAll(async () => {
  sql = await sharedEngine();
});

async function read(file: File) {
  const options = { overrides: {}, sqlTable: 'headerless', onProgress: () => {}, checkpoint: () => {} };
  return importTable(sql, file, await openHead(file), options);
}

const person = (i: number) =>
  [`Given${'abcdefg'[i % 7]}`, `family${i}@example.org`, `+49 30 70001${10 + i}`].join(',');

describe('a file without names', () => {
  it('keeps its first row and calls its columns by number', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => person(i)).join('\n');
    const { rowCount, columns, headerGuess, renamed } = await read(new File([rows], 'people.csv'));
    expect([rowCount, columns.map(({ name }) => name)]).toEqual([40, ['column_1', 'column_2', 'column_3']]);
    expect(columns.map(({ originalName }) => originalName)).toEqual(['', '', '']);
    expect(headerGuess).toMatchObject({ header: false, isSure: true });
    expect(renamed).toEqual([]);
  });
});

describe('names that hold values', () => {
  it('are replaced, whatever is below them', async () => {
    const head = 'item,anna.meier@example.at,+43 660 1234567,2020\n';
    const rows = Array.from({ length: 30 }, (_, i) => `thing${i % 3},${i},${i % 5},${i % 2}`).join('\n');
    const { columns, renamed } = await read(new File([head + rows], 'ratings.csv'));
    expect(columns.map(({ name }) => name)).toEqual(['item', 'column_2', 'column_3', '2020']);
    expect(columns.map(({ originalName }) => originalName)).toEqual(['item', '', '', '2020']);
    expect(renamed).toEqual(['column_2', 'column_3']);
  });
});

const CASE = join(import.meta.dirname, '../../../../shared/cases/privacy/6-headerless-names.csv.gz');
if (!existsSync(CASE)) process.stderr.write(`SKIPPED: the case is not there: ${CASE}\n`);

describe.skipIf(!existsSync(CASE))('the case of people without names', () => {
  it('has a first row of its own', async () => {
    const { rowCount, columns } = await read(new File([await openAsBlob(CASE)], basename(CASE)));
    expect([rowCount, columns.map(({ name }) => name)]).toEqual([
      2000,
      ['column_1', 'column_2', 'column_3', 'column_4'],
    ]);
  });
});
