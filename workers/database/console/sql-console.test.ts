import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ColumnSchema } from '../../../src/domain/column-data';
import { UserError } from '../../../src/domain/errors';
import { quotedName } from '../../../src/domain/sql-tables';
import type { SqlEngine } from '../duckdb/sql';
import { MemoryTable, SqlTable, type Table } from '../tables';
import { sharedEngine } from '../testing/shared-engine';
import { SqlConsole } from './sql-console';

const JOB = { yield: async () => undefined, checkpoint: () => undefined };
const schema = (name: string, storageType: ColumnSchema['storageType']): ColumnSchema => ({
  ...{ name, originalName: name, storageType },
});

let engine: SqlEngine;
const tables = new Map<string, Table>();

let shared: SqlConsole;
const open = () => shared;

/** Runs a query over the table `people` and gives its rows. */
async function rowsOf(query: string, refs = [{ name: 'people', tableId: 'a' }]) {
  return (await open().run(query, refs, JOB)).rows;
}

async function errorOf(query: string, refs = [{ name: 'people', tableId: 'a' }]): Promise<UserError> {
  const error = await open()
    .run(query, refs, JOB)
    .catch((reason: unknown) => reason);
  expect(error, query).toBeInstanceOf(UserError);
  return error as UserError;
}

beforeAll(async () => {
  engine = await sharedEngine();
  shared = new SqlConsole(engine, (id) => tables.get(id)!);
  await engine.query(
    "CREATE OR REPLACE TABLE console_a AS SELECT range::BIGINT AS c0, 'n' || range AS c1 FROM range(5000)",
  );
  await engine.query('CREATE OR REPLACE TABLE console_b AS SELECT 1::BIGINT AS c0');
  tables.set(
    'a',
    new SqlTable([schema('age', 'integer'), schema('name', 'text')], 5000, engine, 'console_a'),
  );
  tables.set(
    'm',
    new MemoryTable([schema('x', 'float'), schema('d', 'date'), schema('t', 'text')], 2, [
      { kind: 'number', values: Float64Array.of(1.5, 0), nulls: Uint8Array.of(0, 1) },
      { kind: 'number', values: Float64Array.of(0, 86_400_000), nulls: null },
      { kind: 'text', codes: Int32Array.of(0, -1), dictionary: ['é'] },
    ]),
  );
});

describe('SqlConsole', () => {
  it('reads tables by their names, in the order asked for', async () => {
    expect(await rowsOf('SELECT age, name FROM people ORDER BY age DESC LIMIT 2 -- the last\n;')).toEqual([
      ['4999', 'n4999'],
      ['4998', 'n4998'],
    ]);
    expect(await rowsOf('WITH p AS (FROM "PEOPLE") SELECT count(*) FROM p')).toEqual([['5000']]);
    expect(await rowsOf('VALUES (1), (2)')).toEqual([['1'], ['2']]);
    expect((await rowsOf('DESCRIBE people')).map(([name]) => name)).toEqual(['age', 'name']);
    expect((await rowsOf('SUMMARIZE people'))[0]![0]).toBe('age');
    expect((await rowsOf('EXPLAIN SELECT age FROM people')).join()).toContain('c0');
  });

  it('shows the first 1,000 rows and counts all', async () => {
    const { rows, rowCount } = await open().run(
      'SELECT * FROM people',
      [{ name: 'people', tableId: 'a' }],
      JOB,
    );
    expect([rows.length, rowCount]).toEqual([1000, 5000]);
  });

  it('reads tables in memory, joined with others', async () => {
    const refs = [
      { name: 'people', tableId: 'a' },
      { name: 'synthetic people', tableId: 'm' },
    ];
    expect(await rowsOf('SELECT x, d, t FROM "synthetic people"', refs)).toEqual([
      ['1.5', '1970-01-01', 'é'],
      [null, '1970-01-02', null],
    ]);
    expect(await rowsOf('SELECT count(*) FROM people, "synthetic people"', refs)).toEqual([['10000']]);
  });

  it.each([
    ['SELECT sum(age), sum(age)::HUGEINT * 1e30::HUGEINT AS big FROM people', 'integer', 'text'],
    ['SELECT 1.25::DECIMAL(10,2) AS a, 0.1234567890123456789::DECIMAL(30,25) AS b', 'float', 'text'],
    ['SELECT true AS a, [1, 2] AS b', 'boolean', 'text'],
    ["SELECT DATE '2020-01-31' AS a, TIMESTAMP '2020-01-31 10:00:00' AS b", 'date', 'datetime'],
    ["SELECT 'nan'::DOUBLE AS a, 'infinity'::DATE AS b", 'float', 'date'],
    ['SELECT 9007199254740993 AS a, now() AS b', 'text', 'datetime'],
  ])('gives %s types that tables have', async (query, ...types) => {
    const { columns } = await open().run(query, [{ name: 'people', tableId: 'a' }], JOB);
    expect(columns.map(({ type }) => type)).toEqual(types);
  });

  it('keeps what a double would round', async () => {
    expect(await rowsOf('SELECT 9007199254740993 AS a')).toEqual([['9007199254740993']]);
    expect(await rowsOf('SELECT 1 AS a, 2 AS a')).toEqual([['1', '2']]);
  });

  it('says what is wrong, and where', async () => {
    expect((await errorOf('SELECT age\nFORM people')).message).toMatch(/^Line 2, column 6: syntax error/i);
    expect((await errorOf('SELECT nme FROM people')).details).toEqual({ line: 1, column: 8 });
    expect((await errorOf('EXPLAIN SELECT nme FROM people')).details).toEqual({ line: 1, column: 16 });
    expect((await errorOf('SELECT name::INTEGER FROM people')).message).toContain('Could not convert');
    expect((await errorOf(' -- nothing')).message).toContain('no query yet');
    expect((await errorOf('SELECT 1; SELECT 2')).code).toBe('sql/refused');
    expect((await errorOf('PIVOT people ON name USING count(*)')).message).toContain('PIVOT');
  });

  it('goes on after an error', async () => {
    const console = open();
    const refs = [{ name: 'people', tableId: 'a' }];
    await console.run('SELECT nme FROM people', refs, JOB).catch(() => undefined);
    expect((await console.run('SELECT 1', refs, JOB)).rows).toEqual([['1']]);
  });

  it('ends a query that is cancelled', async () => {
    let pieces = 0;
    const checkpoint = () => {
      if (++pieces > 5) throw new UserError('canceled', 'The query was cancelled.');
    };
    const console = open();
    const refs = [{ name: 'people', tableId: 'a' }];
    const endless = 'SELECT count(*), sum(age) FROM people, range(200000000)';
    await expect(console.run(endless, refs, { ...JOB, checkpoint })).rejects.toMatchObject({
      code: 'canceled',
    });
    expect((await console.run('SELECT count(*) FROM people', refs, JOB)).rows).toEqual([['5000']]);
  });

  it('finds the tables that a query mentions', async () => {
    const names = ['people', 'Äpfel "rot"', 'other', 'a'];
    const query = `SELECT 'other', /* a */ "äpfel ""rot""".x FROM PEOPLE -- a\n`;
    expect(await open().mentioned(query, names)).toEqual(['people', 'Äpfel "rot"']);
  });
});

describe('what the console refuses', () => {
  it.each([
    'DROP TABLE people',
    'DROP TABLE console_a',
    'INSERT INTO console_a VALUES (1, 2) RETURNING *',
    'UPDATE console_a SET c0 = 1',
    'DELETE FROM console_a RETURNING *',
    'WITH d AS (DELETE FROM console_a RETURNING *) SELECT * FROM d',
    'WITH d AS (SELECT 1) INSERT INTO console_a SELECT * FROM d',
    'WITH d AS (SELECT 1) DELETE FROM console_a',
    'FROM people SELECT *; DROP TABLE console_a',
    'SELECT 1); DROP TABLE console_a; SELECT * FROM (SELECT 2',
    'EXPLAIN ANALYZE DELETE FROM console_a',
    'EXPLAIN ANALYZE SELECT 1',
    'EXPLAIN EXPLAIN SELECT 1',
    'CREATE TABLE t AS SELECT 1',
    'CREATE MACRO m() AS 1',
    'SELECT 1 INTO t',
    'ALTER TABLE console_a DROP c0',
    'TRUNCATE console_a',
    'MERGE INTO console_a USING people ON true WHEN MATCHED THEN DELETE',
    "COPY people TO 'x.csv'",
    "COPY (SELECT 1) TO 'x.parquet'",
    "EXPORT DATABASE 'x'",
    "ATTACH 'x.db'",
    'DETACH memory',
    'INSTALL json',
    'LOAD json',
    'SET threads = 1',
    'RESET threads',
    'USE memory',
    'PRAGMA version',
    'CALL pragma_version()',
    'CHECKPOINT',
    'BEGIN',
    'COMMIT',
    'ROLLBACK',
    'VACUUM',
    'PREPARE p AS SELECT 1',
    'EXECUTE p',
    "SELECT * FROM read_csv('x.csv')",
    'SELECT * FROM "read_csv" (\'x.csv\')',
    "SELECT * FROM main.READ_CSV /* x */ ('x.csv')",
    "SELECT * FROM read_csv_auto('x.csv')",
    "SELECT * FROM read_text('x')",
    "SELECT * FROM read_blob('x')",
    "SELECT * FROM sniff_csv('x')",
    "SELECT * FROM glob('*')",
    "SELECT * FROM 'x.csv'",
    "SELECT * FROM 'https://example.com/x.parquet'",
    "SELECT * FROM query('SELECT * FROM duckdb_settings()')",
    "SELECT * FROM query_table('console_b')",
    'FROM duckdb_settings()',
    'SELECT * FROM duckdb_tables',
    'SELECT * FROM information_schema.tables',
    'SELECT * FROM pg_catalog.pg_class',
    'FROM sqlite_master',
    'FROM enable_logging()',
    "SELECT current_setting('memory_limit')",
    "SELECT * FROM pragma_table_info('console_a')",
    'SELECT * FROM console_b',
    'SELECT (SELECT max(c0) FROM memory.main.console_b)',
    'SELECT 1 \0',
  ])('%s', async (query) => {
    const error = await errorOf(query);
    expect(['sql/refused', 'sql/failed']).toContain(error.code);
    expect(error.message).toMatch(/[.!?]$/);
  });

  it('and nothing of it has changed a table', async () => {
    expect(await rowsOf('SELECT count(*), count(age) FROM people')).toEqual([['5000', '5000']]);
  });

  it('nothing by any name of a table or column', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, unit: 'binary' }).map((name) => name.replaceAll('\0', 'x')),
        fc.string({ unit: 'grapheme' }),
        async (name, column) => {
          tables.set('odd', new SqlTable([schema(column, 'integer')], 1, engine, 'console_b'));
          const refs = [{ name, tableId: 'odd' }];
          const { columns, rows } = await open().run(`SELECT * FROM ${quotedName(name)}`, refs, JOB);
          expect(rows).toEqual([['1']]);
          if (column !== '' && !column.includes('\0')) expect(columns[0]!.name).toBe(column);
          expect(await open().mentioned(`SELECT * FROM ${quotedName(name)} AS t`, [name])).toEqual([name]);
        },
      ),
      { numRuns: 25 },
    );
  });
});
