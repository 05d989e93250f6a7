import { UserError } from '../../../../src/domain/errors';
import { FORMAT_NAMES } from '../../../../src/domain/format-words';
import type { CsvDialect, FormatId } from '../../../../src/domain/sources';
import { FORMATS } from '../../formats/formats';
import { openInput } from '../../formats/open-input';
import { recognise } from '../../formats/recognise';
import type { FormatHost, ReadTable } from '../../formats/table-format';

/** Files that one table may be of. */
const MAX_MEMBERS = 1_000;
/** Bytes of all of them, unpacked. */
const MAX_BYTES = 4 * 2 ** 30;

interface Member {
  /** In the archive. */
  readonly path: string;
  readonly format: FormatId | 'csv';
  /** What was decided of it, in sentences. */
  notes(): readonly string[];
}

/** A file that is delimited text, or becomes it. */
export interface TextMember extends Member {
  readonly file: File;
  /** What its text is written in, as far as its format says. */
  readonly given: Partial<CsvDialect>;
  /** The text stands in the file as it is read. */
  readonly isWritten: boolean;
}

/** A file whose columns are read as such. */
export interface ColumnMember extends Member {
  readonly table: ReadTable;
}

/** The files of an archive that are to be one table, all of one kind. */
export interface Members {
  readonly texts: readonly TextMember[];
  readonly tables: readonly ColumnMember[];
  /** Paths of all files, in the order of their names. */
  readonly order: readonly string[];
  /** Files without a table, and why. */
  readonly empty: readonly { readonly path: string; readonly problem: string }[];
  /** Files that were left out as their names are not those of tables. */
  readonly unread: readonly string[];
  close(): void;
}

export interface MemberOptions extends FormatHost {
  readonly union: NonNullable<CsvDialect['union']>;
  /** As `CsvDialect.table`, of every file. */
  readonly table?: string | undefined;
  readonly maxRows?: number | undefined;
  /** Files to open at most, for a preview. */
  readonly maxMembers?: number | undefined;
}

/**
 * Opens the files of an archive in the order of their names, in which numbers count as such.
 * @returns null for what is no archive of files
 * @throws UserError `source/unreadable` or `source/too-large`, naming the file of the archive
 */
export async function openMembers(file: File, options: MemberOptions): Promise<Members | null> {
  const head = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  if (recognise(file.name, head) !== 'zip') return null;
  const { listZip } = await import('../../formats/containers/zip-directory');
  const { officeKind, unionEntries } = await import('../../formats/containers/zip-entries');
  const listed = await listZip(file).catch(() => null);
  if (listed === null || officeKind(file.name, listed) !== null) return null;
  const { chosen, others } = unionEntries(listed, options.union);
  assertFits(file.name, chosen);
  const opened: { readonly close: () => void }[] = [];
  const close = () => {
    for (const one of opened) one.close();
  };
  const texts: TextMember[] = [];
  const tables: ColumnMember[] = [];
  const empty: { path: string; problem: string }[] = [];
  try {
    for (const { path, unpacked } of chosen.slice(0, options.maxMembers)) {
      options.checkpoint();
      if (unpacked === 0) {
        empty.push({ path, problem: `${path} is empty.` });
        continue;
      }
      const input = await openInput(file, path, options.checkpoint);
      const named = new File([input.file], path);
      if (input.content === 'text') {
        texts.push({ path, format: 'csv', file: named, given: {}, isWritten: true, notes: () => [] });
        continue;
      }
      if (input.content === 'duckdb') throw severalDatabases(file.name, path);
      const one = await (await FORMATS[input.content]()).open(named, options);
      opened.push(one);
      const table = await one.table({
        table: options.table,
        maxRows: options.maxRows,
        checkpoint: options.checkpoint,
      });
      const notes = () => table.notes();
      const member = { path, format: input.content, notes };
      if (table.kind === 'columns') tables.push({ ...member, table });
      else texts.push({ ...member, file: table.file, given: table.dialect, isWritten: false });
    }
    assertOneKind(file.name, texts, tables);
  } catch (error) {
    close();
    throw error;
  }
  return {
    texts,
    tables,
    order: chosen.map(({ path }) => path),
    empty,
    unread: others.map(({ path }) => path),
    close,
  };
}

function assertFits(name: string, chosen: readonly { readonly unpacked: number }[]): void {
  if (chosen.length === 0) {
    throw new UserError('source/empty', `“${name}” holds no file that could be a table.`, {
      details: { file: name },
    });
  }
  const bytes = chosen.reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (chosen.length <= MAX_MEMBERS && bytes <= MAX_BYTES) return;
  throw new UserError(
    'source/too-large',
    chosen.length > MAX_MEMBERS
      ? `“${name}” holds ${chosen.length.toLocaleString('en')} files, and one table is read of ${MAX_MEMBERS.toLocaleString('en')} at most. Take some of them.`
      : `The files of “${name}” have more than 4 GB together, which is the most that is read as one table. Take some of them.`,
    { details: { file: name } },
  );
}

/** Each would need an engine of its own, of some 100 MB, until the last row of all is read. */
function severalDatabases(name: string, path: string): UserError {
  return new UserError(
    'source/unreadable',
    `${path} is a DuckDB database, of which several cannot be read as one table. Read them as several sources, or export their tables as Parquet.`,
    { details: { file: name } },
  );
}

function assertOneKind(name: string, texts: readonly Member[], tables: readonly Member[]): void {
  const [text] = texts;
  const [table] = tables;
  if (!text || !table) return;
  throw new UserError(
    'source/unreadable',
    `The files of “${name}” cannot be one table: ${text.path} is ${FORMAT_NAMES[text.format]}, whose types are told from its cells, and ${table.path} is ${FORMAT_NAMES[table.format]}, which has types of its own. Read them as several sources, or save all in one format.`,
    { details: { file: name } },
  );
}
