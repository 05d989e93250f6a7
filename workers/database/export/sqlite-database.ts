import type { Database } from 'sql.js';
import { existsError } from '../../../src/domain/connectors';
import { UserError } from '../../../src/domain/errors';
import { openSqlite } from '../formats/sqlite/open-sqlite';
import { quoted } from '../formats/sqlite/sqlite-columns';
import type { SqliteRequest } from '../protocol';
import type { ExportRequest } from './exporter';
import { columnNames, createTable, insertRows, pieces, refuseWide, unlessFull } from './sqlite';

/** Bytes of a database that rows are written into: it is in memory as a whole. */
const MAX_BYTES = 1 * 2 ** 30;
/** Where the header says how the file is written: 2 = with a log beside it (https://www.sqlite.org/fileformat.html). */
const WRITE_VERSION = 18;

/**
 * The bytes of a database with the rows in one of its tables. What else is in it stays as it is.
 * @throws UserError `connector/exists`, `export/failed` that says why; the database is not changed then
 */
export async function* writeInto(
  { file, table, ifExists }: SqliteRequest,
  request: Pick<ExportRequest, 'rows' | 'schema' | 'original' | 'note'>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { rows, schema, original, note } = request;
  refuseWide(schema);
  const bytes = file && file.size > 0 ? await bytesOf(file) : undefined;
  const database = await openDatabase(bytes, file?.name ?? '');
  try {
    const name = quoted(table.replaceAll('\0', ''));
    const kind = kindOf(database, table);
    if (kind === 'view') throw failed(`“${table}” is a view of this database. Choose another name.`);
    if (kind !== null && ifExists === 'FAIL') throw existsError(`A table “${table}”`);
    if (kind !== null && ifExists === 'REPLACE') {
      const lost = indexesOf(database, table);
      if (lost.length > 0)
        note(`Indexes and triggers of the table that was replaced went with it: ${lost.join(', ')}.`);
      database.run(`DROP TABLE ${name}`);
    }
    const isAppended = kind !== null && ifExists === 'APPEND';
    if (isAppended) checkColumns(database, table, columnNames(schema));
    else createTable(database, name, schema);
    await insertRows(database, name, { rows, schema, original });
    yield* pieces(database);
  } catch (cause) {
    throw reasonOf(cause, table);
  } finally {
    database.close();
  }
}

async function bytesOf(file: File): Promise<Uint8Array> {
  if (file.size > MAX_BYTES)
    throw failed(
      `“${file.name}” is larger than 1 GB, which is the most that can be written into: it is read into memory. Write to a new database or a folder.`,
    );
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[WRITE_VERSION] === 2)
    throw failed(
      `“${file.name}” keeps a log beside it (a “-wal” file), of which a page sees nothing: what stands there would be lost. Run “PRAGMA journal_mode = DELETE” in it, and write again.`,
    );
  return bytes;
}

async function openDatabase(bytes: Uint8Array | undefined, file: string): Promise<Database> {
  try {
    const database = await openSqlite(bytes);
    database.exec('SELECT count(*) FROM sqlite_schema');
    return database;
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw failed(
      `“${file}” cannot be opened as a SQLite database (${textOf(cause)}). Choose another file.`,
      cause,
    );
  }
}

function kindOf(database: Database, table: string): 'table' | 'view' | null {
  const [found] = database.exec(
    "SELECT type FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE",
    [table],
  );
  return (found?.values[0]?.[0] ?? null) as 'table' | 'view' | null;
}

function indexesOf(database: Database, table: string): string[] {
  const [found] = database.exec(
    "SELECT name FROM sqlite_schema WHERE type IN ('index', 'trigger') AND tbl_name = ? COLLATE NOCASE AND sql IS NOT NULL",
    [table],
  );
  return (found?.values ?? []).map(([name]) => `“${String(name)}”`);
}

/** Rows are appended to the columns of their names; others of the table take their defaults. */
function checkColumns(database: Database, table: string, names: readonly string[]): void {
  const [info] = database.exec(`PRAGMA table_info(${quoted(table)})`);
  const there = new Set((info?.values ?? []).map(([, name]) => String(name).toLowerCase()));
  const missing = names.filter((name) => !there.has(name.toLowerCase()));
  if (missing.length > 0)
    throw failed(
      `The table “${table}” has no ${missing.length === 1 ? 'column' : 'columns'} ${missing.map((name) => `“${name}”`).join(', ')}, so these rows cannot be appended to it. Replace it, or choose another name.`,
    );
}

function reasonOf(cause: unknown, table: string): unknown {
  if (cause instanceof UserError) return cause;
  const full = unlessFull(cause);
  if (full !== null) return full;
  return failed(
    `SQLite refuses these rows in the table “${table}” (${textOf(cause)}). Nothing was changed: replace the table, or choose another name.`,
    cause,
  );
}

function textOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).slice(0, 160);
}

function failed(sentence: string, cause?: unknown): UserError {
  return new UserError('export/failed', sentence, cause === undefined ? {} : { cause });
}
