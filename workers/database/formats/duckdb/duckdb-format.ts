import { concatBytes } from '@noble/hashes/utils.js';
import { UserError } from '../../../../src/domain/errors';
import type { DatabaseFile } from '../../duckdb/sql';
import { isMemoryFull } from '../../import/too-large';
import { readLeaves } from '../arrow/read-leaves';
import { chooseTable } from '../choose-table';
import {
  type ColumnValues,
  type OpenedFile,
  type ReadBatch,
  type ReadTable,
  RejectedRecords,
  type TableFormat,
  type TableOptions,
} from '../table-format';
import { unreadable } from '../unreadable';
import { checkHeader, EXPORT } from './database-header';
import { columnsOf, type DatabaseColumns, readIpc } from './duckdb-columns';
import { constraintsOf, type DatabaseTable, listTables } from './list-tables';

/** DuckDB's batches of 2,048 rows that are inserted together. */
const BATCHES = 16;
const ADVICE = `Open it with DuckDB, which then takes in what stands in a “.wal” file beside it. ${EXPORT}`;

/** DuckDB databases, read with the DuckDB that keeps tables here, in an engine of their own. */
export const DUCKDB: TableFormat = {
  id: 'duckdb',
  async open(file, { sql, checkpoint }): Promise<OpenedFile> {
    await checkHeader(file);
    let database: DatabaseFile | null = null;
    try {
      database = await sql.openFile(file, checkpoint);
      const tables = await listTables(database);
      if (tables.length === 0) {
        throw new UserError('source/empty', `“${file.name}” is a database without tables.`, {
          details: { file: file.name },
        });
      }
      const opened = database;
      return {
        tables: tables.map(({ name, rowCount }) => ({ name, ...(rowCount !== undefined && { rowCount }) })),
        table: (options) => openTable(file, opened, chooseTable(file.name, tables, options.table), options),
        close: () => opened.close(),
      };
    } catch (cause) {
      database?.close();
      throw unreadable(cause, file.name, 'a DuckDB database', ADVICE);
    }
  },
};

async function openTable(
  file: File,
  database: DatabaseFile,
  table: DatabaseTable,
  options: TableOptions,
): Promise<ReadTable> {
  try {
    const constraints = await constraintsOf(database, table);
    const columns = await columnsOf(database, table, constraints);
    return new DuckDbTable(file, database, table, columns, [...constraints.notes, ...columns.notes], options);
  } catch (cause) {
    throw failed(cause, file.name, table);
  }
}

/** Why a table cannot be read, in words. */
function failed(cause: unknown, file: string, { name, isView }: DatabaseTable): unknown {
  if (!isView || cause instanceof UserError || isMemoryFull(cause))
    return unreadable(cause, file, 'a DuckDB database', ADVICE);
  const reason = String(cause instanceof Error ? cause.message : cause).split('\n')[0]!;
  const view = `The view “${name}” of “${file}”`;
  const advice = `Choose a table, or run COPY (FROM name) TO ‘name.parquet’ in DuckDB, and read that file.`;
  const text = /file system operations are disabled|external access/i.test(reason)
    ? `${view} reads what lies outside the database, which nothing in a file may do here. ${advice}`
    : `${view} cannot be computed here: ${reason.slice(0, 160).trim().replace(/\.$/, '')}. ${advice}`;
  return new UserError('source/unreadable', text, { details: { file }, cause });
}

class DuckDbTable implements ReadTable {
  readonly kind = 'columns';
  readonly rejected = new RejectedRecords();
  readonly name: string;
  readonly columns;
  readonly #file: File;
  readonly #database: DatabaseFile;
  readonly #table: DatabaseTable;
  readonly #read: DatabaseColumns;
  readonly #notes: readonly string[];
  readonly #options: TableOptions;

  constructor(
    file: File,
    database: DatabaseFile,
    table: DatabaseTable,
    read: DatabaseColumns,
    notes: readonly string[],
    options: TableOptions,
  ) {
    this.#file = file;
    this.#database = database;
    this.#table = table;
    this.#read = read;
    this.#notes = notes;
    this.#options = options;
    this.name = table.name;
    this.columns = read.leaves.map(({ column }) => column);
  }

  notes(): readonly string[] {
    return this.#notes;
  }

  async *batches(): AsyncGenerator<ReadBatch> {
    const { maxRows, checkpoint } = this.#options;
    const total = this.#table.rowCount ?? 0;
    const limit = maxRows === undefined ? '' : ` LIMIT ${maxRows}`;
    let rows = 0;
    try {
      for await (const parts of this.#parts(`${this.#read.select}${limit}`)) {
        checkpoint();
        // Time for a cancel to be heard.
        await new Promise((resolve) => setTimeout(resolve));
        const { rowCount, columns } = this.#rows(parts);
        rows += rowCount;
        yield { rowCount, columns, done: total > 0 ? Math.min(1, rows / total) : 1 };
      }
    } catch (cause) {
      throw failed(cause, this.#file.name, this.#table);
    }
  }

  /** The parts of a stream, some batches at a time, each time behind the schema. */
  async *#parts(select: string): AsyncGenerator<Uint8Array[]> {
    let schema: Uint8Array | null = null;
    let batches: Uint8Array[] = [];
    for await (const part of this.#database.stream(select)) {
      if (schema === null) {
        schema = part;
        continue;
      }
      batches.push(part);
      if (batches.length < BATCHES) continue;
      yield [schema, ...batches];
      batches = [];
    }
    if (schema !== null && batches.length > 0) yield [schema, ...batches];
  }

  #rows(parts: readonly Uint8Array[]): { rowCount: number; columns: ColumnValues[] } {
    const { children, numRows } = readIpc(concatBytes(...parts));
    const pieces = (children[0]?.data ?? []).map(({ length }, b) => ({
      batches: children.map(({ data }) => data[b]),
      from: 0,
      to: length,
    }));
    return { rowCount: numRows, columns: readLeaves(this.#read.leaves, pieces) };
  }
}
