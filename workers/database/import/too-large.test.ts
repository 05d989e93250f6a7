import { beforeAll, describe, expect, it } from 'vitest';
import { queryRow } from '../duckdb/arrow';
import { usedBytes } from '../duckdb/memory';
import { openNodeEngine } from '../duckdb/node-engine';
import type { SqlEngine } from '../duckdb/sql';
import { importTable } from './import-table';
import { openHead } from './open-head';
import { asTooLarge } from './too-large';

const FULL = new Error(
  'Out of Memory Error: failed to allocate data of size 256.0 KiB (3.1 GiB/3.1 GiB used)',
);

let sql: SqlEngine;
beforeAll(async () => {
  sql = await openNodeEngine();
}, 60_000);

function longFile(rows = 200_000): File {
  const lines = Array.from({ length: rows }, (_, i) => `${i % 900},name ${i % 5000},2020/01/01`);
  return new File([`a,b,c\n${lines.join('\n')}\n`], 'long.csv');
}

const OPTIONS = { overrides: {}, sqlTable: 'imported', onProgress: () => {}, checkpoint: () => {} };

/** An import whose memory is full at the first call that `fails` picks. */
async function importWith(fails: (statement: string) => boolean) {
  const check = (statement: string) => {
    if (fails(statement)) throw FULL;
  };
  const engine: SqlEngine = {
    query: async (statement) => {
      check(statement);
      return sql.query(statement);
    },
    insertArrow: async (ipc, table, create) => {
      check(`insert ${table}`);
      return sql.insertArrow(ipc, table, create);
    },
    openSession: () => sql.openSession(),
    openFile: sql.openFile,
  };
  const file = longFile();
  return importTable(engine, file, await openHead(file), OPTIONS);
}

async function tables(): Promise<number> {
  const row = await queryRow(sql, 'SELECT count(*)::DOUBLE AS n FROM duckdb_tables()');
  return Number(row['n']);
}

describe('an import without enough memory', () => {
  let inserted = 0;
  it.each([
    ['while rows are loaded', (s: string) => s.startsWith('insert') && ++inserted === 2],
    ['while types are decided', (s: string) => s.startsWith('ALTER TABLE imported_raw ALTER')],
    ['while columns are profiled', (s: string) => s.includes('GROUP BY')],
  ])('says %s what would fit, and leaves nothing behind', async (_, fails) => {
    const error = await importWith(fails).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'source/too-large', details: { file: 'long.csv' } });
    const { percent } = (error as { details: { percent: number } }).details;
    expect(percent).toBeGreaterThan(0);
    expect(percent).toBeLessThan(90);
    expect((error as Error).message).toContain(`A random sample of ${percent} % of its rows would`);
    expect(await tables()).toBe(0);
  });

  it('ends while DuckDB has memory left, which serves its other tables on', async () => {
    const small = await openNodeEngine('24MB');
    await small.query('CREATE TABLE other AS SELECT i FROM range(1000) r(i)');
    const file = longFile(450_000);
    const error = await importTable(small, file, await openHead(file), OPTIONS).catch((caught) => caught);
    expect(error).toMatchObject({ code: 'source/too-large', cause: { name: 'MemoryFullError' } });
    const { percent } = error.details as { percent: number };
    expect(percent).toBeGreaterThan(30);
    const row = await queryRow(small, 'SELECT count(*)::DOUBLE AS n FROM other');
    expect(row).toEqual({ n: 1000 });
    expect(await usedBytes(small)).toBeLessThan(2 ** 20);
    const sample = longFile(Math.floor((450_000 * percent) / 100));
    const imported = await importTable(small, sample, await openHead(sample), { ...OPTIONS, inPlaceFrom: 0 });
    expect(imported.rowCount).toBe(Math.floor((450_000 * percent) / 100));
  }, 120_000);

  it('leaves other errors as they are', () => {
    const other = new Error('Parser Error');
    expect(asTooLarge(other, 'x.csv', 1)).toBe(other);
    expect(asTooLarge(new RangeError('Array buffer allocation failed'), 'x.csv', 0.034)).toMatchObject({
      details: { percent: 3 },
    });
  });
});
