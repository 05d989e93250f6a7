import type { ColumnProfile } from './columns';
import type { Conversion } from './conversions';
import type { FileLayout } from './original-form';
import type { UnionPart } from './union-parts';
import { z } from './zod';

/** Names of the Encoding Standard; those that every engine's `TextDecoder` knows and files are written in. */
export const TextEncoding = z.enum([
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-2',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'iso-8859-10',
  'iso-8859-13',
  'iso-8859-14',
  'iso-8859-15',
  'macintosh',
  'x-mac-cyrillic',
  'ibm866',
  'koi8-r',
  'koi8-u',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'gb18030',
  'big5',
  'euc-kr',
]);
export type TextEncoding = z.infer<typeof TextEncoding>;

/** How a delimited text file is read. Every field is detected and may be overridden. */
export const CsvDialect = z.object({
  encoding: TextEncoding,
  /** One character, or a few that stand together. */
  delimiter: z.string().min(1).max(8),
  /** One character, or '' for none. */
  quote: z.string().max(1),
  /**
   * What makes a quote part of a cell: a second quote (`double`), or a backslash before it (`backslash`), which then also
   * keeps delimiters and backslashes; absent = `double`.
   */
  escape: z.enum(['double', 'backslash']).optional(),
  /** First row holds names. */
  header: z.boolean(),
  /** Lines to skip before the header. */
  skipLines: z.number().int().min(0),
  decimal: z.enum(['.', ',']),
  /** Spellings that mean "no value"; the empty string stands for an empty unquoted cell. */
  nullValues: z.array(z.string().max(64)).max(32),
  /** What a person decided for single columns, by their position in the file from 0. */
  columns: z
    .record(
      z.string().regex(/^\d{1,4}$/),
      z.object({
        /** Texts as they stand: no numbers, dates or truth values. */
        keepText: z.literal(true).optional(),
        /** Spellings that mean "no value" in this column, instead of `nullValues`. */
        nulls: z.array(z.string().max(64)).max(32).optional(),
        /** Of dates whose day and month could be either way round. */
        dayFirst: z.boolean().optional(),
      }),
    )
    .optional(),
  /** A run of delimiters counts as one, as in columns set with blanks. Absent = no. */
  mergeDelimiters: z.boolean().optional(),
  /** A delimiter stands before the first cell of each line, too. Absent = no. */
  leadingDelimiter: z.boolean().optional(),
  /** Lines that begin with it are no rows; '' = none, said by a person. Absent = none. */
  comment: z.string().max(4).optional(),
  /** Rows that the names take, joined column by column. Absent = 1. */
  headerRows: z.number().int().min(1).max(4).optional(),
  /** The row under the names holds units. Absent = no. */
  unitsRow: z.boolean().optional(),
  /** Of units, types and descriptions under the names, if they take more than one row. Absent = 1. */
  unitRows: z.number().int().min(2).max(4).optional(),
  /** Last line that is read. Absent = the last of the file. */
  endLine: z.number().int().min(1).optional(),
  /** Of a file with several tables – a workbook, a database – the one that is read. Absent = the first with rows. */
  table: z.string().max(1000).optional(),
  /** Of an archive with several files, the one that is read. Absent = the largest that can be. */
  entry: z.string().max(1000).optional(),
  /**
   * Of an archive, several files as one table: those whose names say that they are tables (`tables`), or `all`. Absent =
   * one file is read.
   */
  union: z.enum(['tables', 'all']).optional(),
});
export type CsvDialect = z.infer<typeof CsvDialect>;

/** How a file is cut, and what a person set of how its cells are read; the rest is found in each file. */
export const CutDialect = CsvDialect.partial({ nullValues: true, decimal: true });
export type CutDialect = z.infer<typeof CutDialect>;

/** How another file of the same kind is read: it has as many rows as it has. */
export function dialectForOthers<Dialect extends Partial<CsvDialect>>({
  endLine: _endLine,
  ...dialect
}: Dialect): Omit<Dialect, 'endLine'> {
  return dialect;
}

/** What was assumed of the first row of a table, and why. */
export interface HeaderGuess {
  /** It holds names. */
  readonly header: boolean;
  /** There was evidence; if not, a person is asked. */
  readonly isSure: boolean;
  /** Kinds of values that cells of the first row share with those below, e.g. "e-mail", "phone number", "code". */
  readonly forms: readonly string[];
}

/** A row that could not be read. */
export interface RejectedRow {
  /** Line in the file, from 1. */
  readonly line: number;
  readonly column: string | null;
  readonly reason: string;
  /** The start of the offending line, at most 200 characters. */
  readonly text: string;
  /** Of several files that are one table, the one that it stands in. */
  readonly file?: string;
}

/** Why a line of a file is no row of its table. */
export const SKIP_REASONS = [
  'title or note',
  'comment',
  'names again',
  'units',
  'total',
  'no cell is filled',
  'another table',
  'outside the chosen lines',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** A line that was read as something else than a row. */
export interface SkippedLine {
  /** In the file, from 1. */
  readonly line: number;
  readonly reason: SkipReason;
  /** Its start, at most 200 characters. */
  readonly text: string;
  /** As of `RejectedRow`. */
  readonly file?: string;
}

/** One of several tables that stand in a file one after the other, as far as its head shows them. */
export interface TableRegion {
  /** Lines of the file, from 1; the last one is that of the last row seen. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** The cells of its first row. */
  readonly names: readonly string[];
  readonly rowCount: number;
  /** It is the one that was read. */
  readonly isRead: boolean;
}

/** Rows that end early: their last cells count as missing. */
export interface FilledRows {
  readonly count: number;
  /** Line of the first of them. */
  readonly line: number;
}

/** A few cells for the screen; `null` is no value. Cells are the text as it would be exported. */
export interface TablePreview {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly offset: number;
  readonly rowCount: number;
}

/** A table of an imported file. */
export interface SourceTable {
  readonly id: string;
  /** The file name without extension. */
  readonly name: string;
  readonly rowCount: number;
  readonly columns: readonly ColumnProfile[];
  readonly rejectedCount: number;
  /** The first 200 rejected rows. */
  readonly rejected: readonly RejectedRow[];
  /** Lines that are no rows: titles, comments, names that stand again, … Absent = none. */
  readonly skippedCount?: number;
  /** The first 200 of them. */
  readonly skipped?: readonly SkippedLine[];
  /** Absent = none. */
  readonly filledRows?: FilledRows;
  /** In how many columns each spelling but the empty one stands for a missing value. Absent = in none. */
  readonly missing?: readonly { readonly spelling: string; readonly columns: number }[];
  /** The tables of the file, where it has several. */
  readonly regions?: readonly TableRegion[];
  /** Rows that were read although something was wrong with them, say a quote that is not doubled; absent = none. */
  readonly mendedCount?: number;
  /** The first 200 of them. */
  readonly mended?: readonly RejectedRow[];
  /** Names given to columns whose own ones held values: e-mail addresses, long numbers. Absent = none. */
  readonly renamed?: readonly string[];
  /** How cells were read that are no plain numbers, dates or truth values. Absent = none. */
  readonly conversions?: readonly Conversion[];
}

/** What a file that is no delimited text was found to be, by its content. */
export const FORMAT_IDS = [
  'parquet',
  'arrow',
  'json',
  'jsonl',
  'xlsx',
  'sqlite',
  'duckdb',
  'fixed',
  'latex',
] as const;
export type FormatId = (typeof FORMAT_IDS)[number];

/** A table that can be chosen of a file with several, or a file of an archive. */
export interface TableChoice {
  readonly name: string;
  /** Absent = not known before it is read. */
  readonly rowCount?: number;
}

/** How a file that is not plain delimited text was read. What was chosen stands in `CsvDialect.table` and `entry`. */
export interface SourceFormat {
  readonly id: FormatId | 'csv';
  /** What it was unpacked from. */
  readonly container?: 'zip' | 'gzip' | 'zstd';
  /** The tables it holds, the one that was read included. Absent = it is one table. */
  readonly tables?: readonly TableChoice[];
  /** The files of an archive that may be tables. Absent = there is one. */
  readonly entries?: readonly TableChoice[];
  /** What was decided on the way, in sentences. */
  readonly notes?: readonly string[];
  /** The files that are one table, in the order of their rows. Absent = one was read. */
  readonly parts?: readonly UnionPart[];
}

/** Where a source came from. */
export const DATA_SOURCES = ['LocalFile', 'PastedText', 'DemoTable', 'WebAddress', 'Connector'] as const;
export type DataSource = (typeof DATA_SOURCES)[number];

/** What a person notes of a source. */
export const SourceNotes = z.strictObject({
  /** What its rows are for. */
  purpose: z.string().trim().max(500).optional(),
  /** Where the file was got: an address or a sentence, for people alone. Nothing is fetched by it. */
  origin: z.string().trim().max(2000).optional(),
});
export type SourceNotes = z.infer<typeof SourceNotes>;

/** A file as it was read. */
interface ReadFile {
  readonly byteSize: number;
  readonly dialect: CsvDialect;
  /** What of the dialect a person set. Absent = read before that was noted. */
  readonly chosen?: Partial<CsvDialect>;
  /** How it is written, to write rows the same way; absent = it was no delimited text, or not noted. */
  readonly layout?: FileLayout;
  /** Absent = delimited text, plain or .gz. */
  readonly format?: SourceFormat;
  /** What was assumed of the first row; absent = a person said it. */
  readonly headerGuess?: HeaderGuess;
  /** One for a delimited file. */
  readonly tables: readonly SourceTable[];
  readonly importSeconds: number;
  /** Id of the copy that is kept of the file; absent = none is. */
  readonly file?: string;
}

/** One of the files that a source has been, with tables of its own. */
export interface SourceVersion extends ReadFile {
  /** From 1, in the order in which they came. */
  readonly number: number;
  readonly fileName: string;
  /** Epoch milliseconds; absent = before versions were told apart. */
  readonly importedAt?: number;
}

/** A file that may become the next version of a source. */
export interface NewerFile extends SourceVersion {
  /** It was read with other settings than the version before: those gave none of the columns. */
  readonly otherDialect: boolean;
}

/**
 * An imported file, and those that it replaced. A file is immutable: re-reading it with another dialect keeps its ids, and a
 * newer file is another version.
 */
export interface Source extends ReadFile, SourceNotes {
  readonly id: string;
  /** File name as the person knows it, or what they call it. */
  readonly name: string;
  readonly description?: string;
  /** Absent = not known. */
  readonly dataSource?: DataSource;
  /** Where it can be read again from; absent = a person brought it in. */
  readonly from?: { readonly connectorId: string; readonly location: string };
  /** Number of the version that is current; absent = 1. */
  readonly version?: number;
  /** Highest number that a version ever had; absent = that of the current one. */
  readonly lastVersion?: number;
  /** Name of the current file; absent = the source's. */
  readonly fileName?: string;
  readonly importedAt?: number;
  /** The versions before the current one that are still there, oldest first; absent = none. */
  readonly earlier?: readonly SourceVersion[];
  /** A newer file that was read, and neither taken nor discarded yet; absent = there is none. */
  readonly newer?: NewerFile;
  /** Absent = in the first project. */
  readonly projectId?: string;
}

/** The demo tables shipped with the app, from the vega-datasets package. */
export const DEMO_TABLES = [
  {
    id: 'birdstrikes',
    file: 'birdstrikes.csv',
    title: 'Bird strikes',
    about: 'Wildlife strikes, US FAA. 10,000 rows × 14 columns',
    licence: 'US Government, public domain',
  },
  {
    id: 'penguins',
    file: 'penguins.csv',
    title: 'Palmer penguins',
    about: 'Body measurements. 344 rows × 7 columns',
    licence: 'CC0 1.0',
  },
  {
    id: 'seattle-weather',
    file: 'seattle-weather.csv',
    title: 'Seattle weather',
    about: 'Daily, 2012–2015, NOAA. 1,461 rows × 6 columns',
    licence: 'US Government, public domain',
  },
] as const;
export type DemoTableId = (typeof DEMO_TABLES)[number]['id'];

/** Names of the columns that hold numbers, those of the file too: previews have them. None of a deleted source. */
export function numericColumns(source: Source | undefined): ReadonlySet<string> {
  return new Set(
    source?.tables
      .flatMap(({ columns }) => columns)
      .filter(({ storageType }) => storageType === 'integer' || storageType === 'float')
      .flatMap(({ name, originalName }) => [name, originalName]),
  );
}
