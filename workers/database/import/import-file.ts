import type { FileLayout } from '../../../src/domain/original-form';
import type { CsvDialect, SourceFormat } from '../../../src/domain/sources';
import { fileLayout, isOpenEnd } from '../dialect/file-layout';
import type { SqlEngine } from '../duckdb/sql';
import { FORMATS } from '../formats/formats';
import { type Input, openInput } from '../formats/open-input';
import type { OpenedFile, ReadTable, TextTable } from '../formats/table-format';
import {
  type ImportedTable,
  type ImportOptions,
  importTable,
  type LoadedTable,
  loadTyped,
  profileLoaded,
} from './import-table';
import { loadColumns } from './load-columns';
import { type FileHead, openHead } from './open-head';
import { asTooLarge } from './too-large';

/** Rows of a preview, of formats that are not read from a head. */
const HEAD_ROWS = 1_000;
/** Share of an import's time until the typed table is there (measured on 1M × 15). */
const LOADING = 0.5;

/** What was read of a file of any format; without `format`, it was plain delimited text. */
export interface Formatted {
  readonly format?: SourceFormat;
  /** How a delimited text is written, in a container too. */
  readonly layout?: FileLayout;
}

/**
 * Imports a file of any format, which is told by its content (docs/import.md, Formats).
 * @throws UserError `source/empty`, `source/unreadable`, `source/too-large`, `not-found` or `canceled`
 */
export function importFile(
  sql: SqlEngine,
  file: File,
  options: ImportOptions,
): Promise<ImportedTable & Formatted> {
  return readFile<ImportedTable & Formatted>(sql, file, options, undefined, {
    text: async (text, overrides, onProgress, isWritten) => {
      const head = await openHead(text);
      const table = await importTable(sql, text, head, {
        ...{ ...options, overrides, onProgress },
        hasNulls: !isWritten,
      });
      return isWritten ? { ...table, layout: await layoutOf(text, head, table) } : table;
    },
    columns: async (table) => {
      const onProgress = (done: number) => options.onProgress(file.size * LOADING * done);
      const loaded = await loadColumns(sql, table, { ...options, fileName: file.name, onProgress });
      const rest = (bytes: number) => options.onProgress(Math.max(bytes, file.size * LOADING));
      return profileLoaded(sql, file, loaded, { ...options, onProgress: rest });
    },
  });
}

/** The first rows of a file of any format, typed, without profiles. @throws as `importFile` */
export function loadFileHead(
  sql: SqlEngine,
  file: File,
  options: ImportOptions,
): Promise<LoadedTable & Formatted> {
  return readFile(sql, file, options, HEAD_ROWS, {
    text: async (text, overrides, _onProgress, isWritten) => {
      const read = { ...options, overrides, headOnly: true, hasNulls: !isWritten };
      return loadTyped(sql, text, await openHead(text), read);
    },
    columns: (table) =>
      loadColumns(sql, table, { ...options, fileName: file.name, onProgress: () => undefined }),
  });
}

/** How each of the two kinds of tables is taken in. */
interface Takers<T> {
  readonly text: (
    text: File,
    overrides: Partial<CsvDialect>,
    onProgress: (bytes: number) => void,
    /** The text stands in the file as it is read. */
    isWritten: boolean,
  ) => Promise<T>;
  readonly columns: (table: ReadTable) => Promise<T>;
}

async function layoutOf(
  file: File,
  head: FileHead,
  { dialect, columns }: ImportedTable,
): Promise<FileLayout> {
  const texts = columns.flatMap(({ storageType, index }) => (storageType === 'text' ? [index] : []));
  // Of a packed file, the end is known if its head is all of it.
  const tail = head.gzip ? head.bytes.slice(-2) : new Uint8Array(await file.slice(-2).arrayBuffer());
  const isOpen = (!head.gzip || head.complete) && isOpenEnd(tail);
  return fileLayout(head.bytes, head.complete, dialect, new Set(texts), isOpen);
}

async function readFile<T extends { readonly dialect: CsvDialect }>(
  sql: SqlEngine,
  file: File,
  options: ImportOptions,
  maxRows: number | undefined,
  { text, columns }: Takers<T>,
): Promise<T & Formatted> {
  const { overrides, checkpoint } = options;
  let opened: OpenedFile | null = null;
  try {
    const input = await openInput(file, overrides.entry, checkpoint);
    const scaled = (of: File) => (bytes: number) =>
      options.onProgress((bytes * file.size) / Math.max(1, of.size));
    if (input.content === 'text') {
      const { table: _table, entry: _entry, ...dialect } = overrides;
      const read = await text(input.file, dialect, scaled(input.file), true);
      return input.container ? withFormat(read, input, null, null) : read;
    }
    opened = await (await FORMATS[input.content]()).open(input.file);
    const table = await opened.table({ table: overrides.table, maxRows, checkpoint });
    const read =
      table.kind === 'text'
        ? await text(table.file, { ...overrides, ...table.dialect }, scaled(table.file), false)
        : await columns(table);
    return withFormat(read, input, opened, table);
  } catch (error) {
    await sql.query(`DROP TABLE IF EXISTS ${options.sqlTable}_raw`);
    throw asTooLarge(error, file.name, 0.5);
  } finally {
    opened?.close();
  }
}

function withFormat<T extends { readonly dialect: CsvDialect }>(
  read: T,
  { content, container, entries, entry }: Input,
  opened: OpenedFile | null,
  table: ReadTable | TextTable | null,
): T & Formatted {
  const notes = table?.notes() ?? [];
  const tables = opened?.tables ?? [];
  const { table: _table, entry: _entry, ...dialect } = read.dialect;
  return {
    ...read,
    dialect: {
      ...dialect,
      ...(tables.length > 1 && table?.name !== undefined && { table: table.name }),
      ...(entry !== undefined && { entry }),
    },
    format: {
      id: content === 'text' ? 'csv' : content,
      ...(container && { container }),
      ...(tables.length > 1 && { tables }),
      ...(entries && { entries }),
      ...(notes.length > 0 && { notes }),
    },
  };
}
