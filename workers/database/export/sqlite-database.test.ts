import { concatBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import type { IfExists } from '../../../src/domain/connectors';
import { openSqlite } from '../formats/sqlite/open-sqlite';
import { StoredTable, storedRows } from './read-rows';
import { writeInto } from './sqlite-database';
import { parquetOf, schemaOf, type TestColumn } from './testing/export-table';

const ROWS: TestColumn[] = [
  { name: 'id', type: 'integer', values: [1, 2] },
  { name: 'Name', type: 'text', values: ['x', null] },
];

async function databaseOf(sql: string): Promise<File> {
  const database = await openSqlite();
  database.run(sql);
  const bytes = database.export() as Uint8Array<ArrayBuffer>;
  database.close();
  return new File([bytes], 'shop.sqlite');
}

async function written(file: File | undefined, table: string, ifExists: IfExists, columns = ROWS) {
  const schema = schemaOf(columns);
  const rows = storedRows(await StoredTable.open(await parquetOf(columns), schema), () => undefined);
  const notes: string[] = [];
  const note = (sentence: string) => notes.push(sentence);
  const parts: Uint8Array[] = [];
  const request = { table, ifExists, ...(file && { file }) };
  for await (const part of writeInto(request, { rows, schema, original: undefined, note })) parts.push(part);
  const database = await openSqlite(concatBytes(...parts));
  const all = (name: string) => database.exec(`SELECT * FROM ${name}`)[0]?.values;
  return { all, notes };
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => '',
    (error: Error) => error.message,
  );

describe('rows in a SQLite database', () => {
  it('are a table beside the others, also in a file without bytes', async () => {
    const { all } = await written(await databaseOf('CREATE TABLE old AS SELECT 7 AS n'), 'people', 'FAIL');
    expect([all('old'), all('people')]).toEqual([
      [[7]],
      [
        [1, 'x'],
        [2, null],
      ],
    ]);
    expect((await written(new File([], 'new.db'), 'p', 'FAIL')).all('p')).toHaveLength(2);
  });

  it('take the name of nothing that is there, unless it is to be replaced', async () => {
    const there = await databaseOf(
      'CREATE TABLE People AS SELECT 7 AS n; CREATE INDEX i ON People (n); CREATE VIEW v AS SELECT 1 AS n',
    );
    expect(await refusal(written(there, 'people', 'FAIL'))).toContain('is there already');
    expect(await refusal(written(there, 'v', 'REPLACE'))).toContain('is a view');
    const { all, notes } = await written(there, 'people', 'REPLACE');
    expect(all('people')).toHaveLength(2);
    expect(notes).toEqual(['Indexes and triggers of the table that was replaced went with it: “i”.']);
  });

  it('are appended to a table with their columns, whatever their order', async () => {
    const there = await databaseOf(
      "CREATE TABLE people (name TEXT, at TEXT DEFAULT 'now', id INTEGER PRIMARY KEY); INSERT INTO people VALUES ('a', 'b', 9)",
    );
    expect((await written(there, 'people', 'APPEND')).all('people')).toEqual([
      ['x', 'now', 1],
      [null, 'now', 2],
      ['a', 'b', 9],
    ]);
    const other = await databaseOf('CREATE TABLE people (id INTEGER)');
    expect(await refusal(written(other, 'people', 'APPEND'))).toContain('has no column “Name”');
  });

  it('are refused whole where a constraint refuses one', async () => {
    const there = await databaseOf('CREATE TABLE people (id INTEGER UNIQUE, name TEXT NOT NULL)');
    expect(await refusal(written(there, 'people', 'APPEND'))).toContain('NOT NULL constraint failed');
  });

  it('do not go where they would be lost, or into what is no database', async () => {
    const bytes = new Uint8Array(await (await databaseOf('CREATE TABLE t (a)')).arrayBuffer());
    bytes[18] = 2;
    expect(await refusal(written(new File([bytes], 'log.db'), 'p', 'FAIL'))).toContain('“-wal” file');
    expect(await refusal(written(new File(['id,a\n1,2\n'.repeat(99)], 'x.csv'), 'p', 'FAIL'))).toContain(
      'cannot be opened as a SQLite database',
    );
  });
});
