import type { FileLayout } from '../../../src/domain/original-form';
import type { CsvDialect, SourceFormat } from '../../../src/domain/sources';
import type { UnionPart } from '../../../src/domain/union-parts';
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
  type StagedRows,
  typeStaged,
} from './import-table';
import { loadColumns } from './load-columns';
import { type FileHead, openHead } from './open-head';
import { noRows } from './stage-text';
import { asTooLarge } from './too-large';
import { type Members, openMembers } from './union/open-members';
import { type StagedUnion, stageUnion } from './union/stage-union';
import { unionTable } from './union/union-table';

/** Rows of a preview, of formats that are not read from a head. */
const HEAD_ROWS = 1_000;
/** Files of an archive that a preview looks into. */
const MAX_HEADS = 8;
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
    text: async (text, overrides, onProgress, { isWritten, hasNulls }) => {
      const head = await openHead(text);
      const table = await importTable(sql, text, head, {
        ...{ ...options, overrides, onProgress },
        hasNulls,
      });
      return isWritten ? { ...table, layout: await layoutOf(text, head, table) } : table;
    },
    texts: async (staged) => {
      const rest = (bytes: number) => options.onProgress(Math.max(bytes, file.size * LOADING));
      const loaded = await typeStaged(sql, file.name, staged);
      const table = await profileLoaded(sql, file, loaded, { ...options, onProgress: rest });
      const { first } = staged;
      const isWritten = staged.isOneForm && first?.member.isWritten === true;
      return isWritten ? { ...table, layout: await layoutOf(first.member.file, first.head, table) } : table;
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
    text: async (text, overrides, _onProgress, { hasNulls }) => {
      const read = { ...options, overrides, headOnly: true, hasNulls };
      return loadTyped(sql, text, await openHead(text), read);
    },
    texts: (staged) => typeStaged(sql, file.name, staged),
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
    of: {
      /** The text stands in the file as it is read. */
      readonly isWritten: boolean;
      /** Its format has nulls of its own. */
      readonly hasNulls: boolean;
    },
  ) => Promise<T>;
  readonly columns: (table: ReadTable) => Promise<T>;
  /** Several texts as one table. */
  readonly texts: (staged: StagedRows & StagedUnion) => Promise<T>;
}

interface Read {
  readonly dialect: CsvDialect;
  readonly columns: readonly Pick<LoadedTable['columns'][number], 'storageType'>[];
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

async function readFile<T extends Read>(
  sql: SqlEngine,
  file: File,
  options: ImportOptions,
  maxRows: number | undefined,
  takers: Takers<T>,
): Promise<T & Formatted> {
  const { text, columns } = takers;
  const { overrides, checkpoint } = options;
  let opened: OpenedFile | null = null;
  try {
    const union = overrides.union && (await readUnion(sql, file, options, maxRows, takers));
    if (union) return union;
    const input = await openInput(file, overrides.entry, checkpoint);
    const scaled = (of: File) => (bytes: number) =>
      options.onProgress((bytes * file.size) / Math.max(1, of.size));
    // A delimiter that a person sets cuts any text.
    const isSet = input.content === 'fixed' || input.content === 'latex';
    if (input.content === 'text' || (isSet && overrides.delimiter !== undefined)) {
      const { table: _table, entry: _entry, ...dialect } = overrides;
      const read = await text(input.file, dialect, scaled(input.file), { isWritten: true, hasNulls: false });
      return input.container ? withFormat(read, { ...input, content: 'text' }, null, null) : read;
    }
    opened = await (await FORMATS[input.content]()).open(input.file, { sql, checkpoint });
    const table = await opened.table({ table: overrides.table, maxRows, checkpoint });
    const read =
      table.kind === 'text'
        ? await text(table.file, { ...overrides, ...table.dialect }, scaled(table.file), {
            isWritten: false,
            hasNulls: !table.hasSpellings,
          })
        : await columns(table);
    return withFormat(read, input, opened, table);
  } catch (error) {
    await sql.query(`DROP TABLE IF EXISTS ${options.sqlTable}_raw`);
    throw asTooLarge(error, file.name, 0.5);
  } finally {
    opened?.close();
  }
}

/** Reads the files of an archive as one table; null where it is no archive of files. */
async function readUnion<T extends Read>(
  sql: SqlEngine,
  file: File,
  options: ImportOptions,
  maxRows: number | undefined,
  { columns, texts }: Takers<T>,
): Promise<(T & Formatted) | null> {
  const { overrides, sqlTable, checkpoint } = options;
  const { union = 'tables', table } = overrides;
  const isHead = maxRows !== undefined;
  const opening = { sql, union, table, maxRows, checkpoint, ...(isHead && { maxMembers: MAX_HEADS }) };
  const members = await openMembers(file, opening);
  if (!members) return null;
  try {
    if (members.tables.length > 0) {
      const of = unionTable(members.tables);
      const read = await columns(of.table);
      return withParts(read, members, of.parts(), union, table);
    }
    const raw = `${sqlTable}_raw`;
    const onRead = (done: number) => options.onProgress(file.size * LOADING * done);
    const staged = await stageUnion(sql, members.texts, {
      raw,
      overrides,
      headOnly: isHead,
      onRead,
      checkpoint,
    });
    if (staged.rows.rowCount === 0) throw noRows(file.name, staged.rows);
    const facts = { raw, sqlTable, overrides, checkpoint, headerGuess: null, regions: [] };
    const read = await texts({ ...facts, ...staged });
    return withParts(read, members, staged.parts, union, table);
  } finally {
    members.close();
    await sql.query(`DROP TABLE IF EXISTS ${sqlTable}_raw`);
  }
}

function withParts<T extends Read>(
  read: T,
  { order, empty, unread, texts, tables }: Members,
  parts: readonly UnionPart[],
  union: NonNullable<CsvDialect['union']>,
  table: string | undefined,
): T & Formatted {
  const isText = read.columns.map(({ storageType }) => storageType === 'text');
  const filled = parts.filter(({ rowCount }) => rowCount > 0);
  // Numbers that all files have in a column of texts – codes with leading zeros – are no difference.
  const isMixed = (k: number) =>
    isText[k] && filled.some(({ numbers, absent }) => !numbers?.includes(k) && !absent?.includes(k));
  const known: UnionPart[] = [
    ...parts.map(({ numbers, ...part }) => {
      const mixed = numbers?.filter(isMixed) ?? [];
      return mixed.length > 0 ? { ...part, numbers: mixed } : part;
    }),
    ...empty.map(({ path, problem }) => ({ name: path, rowCount: 0, problem })),
  ];
  const notes = [
    ...[...texts, ...tables].flatMap(({ path, notes }) => notes().map((note) => `${path}: ${note}`)),
    ...(unread.length > 0
      ? [
          `Not read, as their names are not those of tables: ${unread.slice(0, 12).join(', ')}${unread.length > 12 ? ` and ${unread.length - 12} more` : ''}.`,
        ]
      : []),
  ];
  const { table: _table, entry: _entry, ...dialect } = read.dialect;
  return {
    ...read,
    dialect: { ...dialect, ...(table !== undefined && { table }), union },
    format: {
      id: [...texts, ...tables][0]?.format ?? 'csv',
      container: 'zip',
      entries: order.map((name) => ({ name })),
      ...(notes.length > 0 && { notes }),
      parts: known.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name)),
    },
  };
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
