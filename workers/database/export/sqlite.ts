import type { Database, SqlValue } from 'sql.js';
import type { CellFormat } from '../../../src/domain/cell-format';
import { type CellValue, cellWriter } from '../../../src/domain/cell-writer';
import type { ColumnSchema } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { UserError } from '../../../src/domain/errors';
import { pause } from '../../../src/threads/thread';
import { parquetNames } from '../datasets/parquet-schema';
import { openSqlite } from '../formats/sqlite/open-sqlite';
import { quoted } from '../formats/sqlite/sqlite-columns';
import { type Exporter, type ExportRequest, timeFormats } from './exporter';

/** SQLITE_MAX_COLUMN as it is built. */
const MAX_COLUMNS = 2_000;
/** Bytes of the finished database handed on at once. */
const PIECE = 4 << 20;

/** Declared types; SQLite stores dates and times as texts by ISO 8601 and booleans as 0 and 1. */
const DECLARED: Readonly<Record<StorageType, string>> = {
  integer: 'INTEGER',
  float: 'REAL',
  boolean: 'BOOLEAN',
  date: 'DATE',
  datetime: 'DATETIME',
  time: 'TEXT',
  text: 'TEXT',
};

/** A SQLite database of one table (https://www.sqlite.org/fileformat.html), made in memory. */
export const sqlite: Exporter = {
  id: 'sqlite',
  async *write({ rows, schema, name, original }) {
    refuseWide(schema);
    const database = await openSqlite();
    try {
      const table = quoted(name.replaceAll('\0', ''));
      createTable(database, table, schema);
      await insertRows(database, table, { rows, schema, original });
      yield* pieces(database);
    } catch (cause) {
      throw unlessFull(cause) ?? cause;
    } finally {
      database.close();
    }
  },
};

/** @throws UserError `export/failed` where a table has more columns than SQLite takes */
export function refuseWide(schema: readonly ColumnSchema[]): void {
  if (schema.length <= MAX_COLUMNS) return;
  throw new UserError(
    'export/failed',
    `A SQLite table has at most ${MAX_COLUMNS.toLocaleString('en')} columns, and there are ${schema.length.toLocaleString('en')}. Download Parquet instead.`,
  );
}

/** @param table as it stands in SQL */
export function createTable(database: Database, table: string, schema: readonly ColumnSchema[]): void {
  const columns = columnNames(schema).map((name, i) => `${quoted(name)} ${DECLARED[schema[i]!.storageType]}`);
  database.run(`CREATE TABLE ${table} (${columns.join(', ')})`);
}

/** Inserts rows into the columns of their names, all of them or none. @param table as it stands in SQL */
export async function insertRows(
  database: Database,
  table: string,
  { rows, schema, original }: Pick<ExportRequest, 'rows' | 'schema' | 'original'>,
): Promise<void> {
  database.run('BEGIN');
  const into = columnNames(schema).map(quoted).join(', ');
  const insert = database.prepare(`INSERT INTO ${table} (${into}) VALUES (${schema.map(() => '?').join()})`);
  const formats = timeFormats(original);
  const writers = schema.map(({ name: own, storageType }) => bound(storageType, formats.get(own)));
  for await (const block of rows.blocks()) {
    for (let row = 0; row < block.rows; row++) {
      insert.run(
        writers.map((write, c) => {
          const value: unknown = block.columns[c]![row];
          return value === null || value === undefined ? null : write(value as CellValue);
        }),
      );
    }
    await pause();
  }
  insert.free();
  database.run('COMMIT');
}

/** The error of a database that does not fit in memory; null for any other. */
export function unlessFull(cause: unknown): UserError | null {
  if (!isMemoryFull(cause)) return null;
  return new UserError(
    'export/failed',
    'There is not enough memory to make the SQLite database: it is made whole before it is written. Download Parquet instead, or generate fewer rows.',
    { cause },
  );
}

function isMemoryFull(cause: unknown): boolean {
  return cause instanceof RangeError || /out of memory|OOM|memory access/i.test(String(cause));
}

/** The bytes of a database, in pieces. */
export function* pieces(database: Database): Generator<Uint8Array<ArrayBuffer>> {
  const bytes = database.export();
  for (let at = 0; at < bytes.length; at += PIECE)
    yield bytes.slice(at, at + PIECE) as Uint8Array<ArrayBuffer>;
}

/** Names that differ in more than case, as SQLite wants. */
export function columnNames(schema: readonly ColumnSchema[]): string[] {
  const used = new Set<string>();
  return parquetNames(schema).map((given) => {
    let name = given.replaceAll('\0', '');
    while (used.has(name.toLowerCase())) name = `${name}_`;
    used.add(name.toLowerCase());
    return name;
  });
}

function bound(type: StorageType, timeFormat: CellFormat | undefined): (value: CellValue) => SqlValue {
  const text = cellWriter(type, type === 'time' ? timeFormat : undefined);
  switch (type) {
    case 'boolean':
      return (value) => (value === true ? 1 : 0);
    case 'float':
      return Number;
    case 'integer':
      // Digits that a double would lose: the column's affinity makes a number of them.
      return (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value));
    default:
      return text;
  }
}
