import type { Database, SqlValue, Statement } from 'sql.js';
import { UserError } from '../../../../src/domain/errors';
import { chooseTable } from '../choose-table';
import {
  BATCH_ROWS,
  type ColumnValues,
  type OpenedFile,
  type ReadBatch,
  type ReadTable,
  RejectedRecords,
  type TableFormat,
  type TableOptions,
} from '../table-format';
import { unreadable } from '../unreadable';
import { openSqlite } from './open-sqlite';
import { quoted, type SqliteColumn, sqliteColumns } from './sqlite-columns';

/** The whole database is in memory while it is read. */
const MAX_BYTES = 1 * 2 ** 30;
const ADVICE = 'Check it with “PRAGMA integrity_check”, or export the table as CSV.';
/** Where the header says how the file is written: 2 = with a log beside it (https://www.sqlite.org/fileformat.html). */
const WRITE_VERSION = 18;

interface TableInfo {
  readonly name: string;
  readonly isView: boolean;
  readonly rowCount?: number;
}

/** SQLite databases, read with SQLite itself, compiled to WASM. */
export const SQLITE: TableFormat = {
  id: 'sqlite',
  async open(file): Promise<OpenedFile> {
    if (file.size > MAX_BYTES) {
      throw new UserError(
        'source/too-large',
        `“${file.name}” is larger than 1 GB, which is the most that can be read of a database. Export the table as CSV or Parquet.`,
        { details: { file: file.name } },
      );
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const hasLog = bytes[WRITE_VERSION] === 2;
    // A log needs memory that is shared between processes; without the log's file there is nothing to share.
    if (hasLog) bytes.fill(1, WRITE_VERSION, WRITE_VERSION + 2);
    const damaged = (cause: unknown) => unreadable(cause, file.name, 'an SQLite database', ADVICE);
    let database: Database | null = null;
    try {
      database = await openSqlite(bytes);
      const tables = listTables(database);
      if (tables.length === 0) {
        throw new UserError('source/empty', `“${file.name}” is a database without tables.`, {
          details: { file: file.name },
        });
      }
      const opened = database;
      return {
        tables: tables.map(({ name, rowCount }) => ({ name, ...(rowCount !== undefined && { rowCount }) })),
        table: async (options) => {
          const chosen = chooseTable(file.name, tables, options.table);
          try {
            return new SqliteTable(file, opened, chosen, options, hasLog);
          } catch (cause) {
            throw damaged(cause);
          }
        },
        close: () => opened.close(),
      };
    } catch (cause) {
      database?.close();
      throw damaged(cause);
    }
  },
};

function listTables(database: Database): TableInfo[] {
  const [result] = database.exec(
    `SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      ORDER BY type, rowid`,
  );
  return (result?.values ?? []).map(([name, type]) => {
    const isView = type === 'view';
    // To count the rows of a view, it would have to be computed.
    return { name: String(name), isView, ...(!isView && countOf(database, String(name))) };
  });
}

function countOf(database: Database, table: string): { rowCount?: number } {
  try {
    const [result] = database.exec(`SELECT count(*) FROM ${quoted(table)}`);
    return { rowCount: Number(result?.values[0]?.[0] ?? 0) };
  } catch {
    // It may be of a kind that this build does not know; it is told if it is chosen.
    return {};
  }
}

class SqliteTable implements ReadTable {
  readonly kind = 'columns';
  readonly rejected = new RejectedRecords();
  readonly name: string;
  readonly columns: readonly SqliteColumn[];
  readonly #file: File;
  readonly #database: Database;
  readonly #rowCount: number;
  readonly #options: TableOptions;
  readonly #notes: readonly string[];

  constructor(file: File, database: Database, table: TableInfo, options: TableOptions, hasLog: boolean) {
    this.#file = file;
    this.#database = database;
    this.name = table.name;
    this.#rowCount = table.rowCount ?? 0;
    this.#options = options;
    this.columns = sqliteColumns(database, table.name);
    this.#notes = [
      ...foreignKeys(database, table.name),
      ...this.columns.flatMap(({ name, hasBytes }) =>
        hasBytes ? [`“${name}” holds bytes, read as hexadecimal digits.`] : [],
      ),
      ...(hasLog ? ['Changes that stand in a “-wal” file beside the database are not in it yet.'] : []),
    ];
  }

  notes(): readonly string[] {
    return this.#notes;
  }

  async *batches(): AsyncGenerator<ReadBatch> {
    const { maxRows = Number.POSITIVE_INFINITY, checkpoint } = this.#options;
    const names = this.columns.map(({ sqlName }) => quoted(sqlName));
    if (names.length === 0) return;
    const isWide = this.columns.some((column) => column.isWide);
    try {
      const statement = this.#database.prepare(`SELECT ${names.join(', ')} FROM ${quoted(this.name)}`);
      try {
        let rows = 0;
        for (let isOver = false; !isOver; ) {
          checkpoint();
          // Time for a cancel to be heard.
          await new Promise((resolve) => setTimeout(resolve));
          const batch = this.columns.map(() => [] as SqlValue[]);
          let count = 0;
          const limit = Math.min(BATCH_ROWS, maxRows - rows);
          while (count < limit && statement.step()) {
            const row = values(statement, isWide);
            for (let i = 0; i < batch.length; i++) batch[i]!.push(row[i]!);
            count++;
          }
          isOver = count < BATCH_ROWS;
          rows += count;
          if (count === 0) break;
          yield {
            rowCount: count,
            columns: this.columns.map(({ type }, i) => valuesOf(type, batch[i]!)),
            done: this.#rowCount > 0 ? Math.min(1, rows / this.#rowCount) : 1,
          };
        }
      } finally {
        statement.free();
      }
    } catch (cause) {
      throw unreadable(cause, this.#file.name, 'an SQLite database', ADVICE);
    }
  }
}

/** The row that a statement stands at. */
function values(statement: Statement, useBigInt: boolean): SqlValue[] {
  // The types of the package lack the second argument.
  const get = statement.get as (params: null, config: { readonly useBigInt: boolean }) => SqlValue[];
  return get.call(statement, null, { useBigInt });
}

function valuesOf(type: SqliteColumn['type'], values: readonly SqlValue[]): ColumnValues {
  if (type === null) return { type, values: values.map(textOf) };
  const nulls = Uint8Array.from(values, (value) => (value === null ? 1 : 0));
  const numbers = values as readonly (number | bigint | null)[];
  switch (type) {
    case 'integer':
      return { type, values: BigInt64Array.from(numbers, (value) => BigInt(value ?? 0)), nulls };
    case 'boolean':
      return { type, values: Uint8Array.from(numbers, (value) => Number(value ?? 0)), nulls };
    default:
      return { type: 'float', values: Float64Array.from(numbers, (value) => Number(value ?? 0)), nulls };
  }
}

function textOf(value: SqlValue | bigint): string | null {
  if (value === null || typeof value === 'string') return value;
  if (!(value instanceof Uint8Array)) return String(value);
  return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What other tables the schema says a table refers to. */
function foreignKeys(database: Database, table: string): string[] {
  const [result] = database.exec(`PRAGMA foreign_key_list(${quoted(table)})`);
  return (result?.values ?? []).map(([, , other, from, to]) =>
    to === null
      ? `“${from}” refers to the table “${other}”.`
      : `“${from}” refers to “${to}” of the table “${other}”.`,
  );
}
