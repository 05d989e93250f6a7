import type { ColumnProfile } from './columns';
import type { Conversion } from './conversions';
import { z } from './zod';

export const TextEncoding = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']);
export type TextEncoding = z.infer<typeof TextEncoding>;

/** How a delimited text file is read. Every field is detected and may be overridden. */
export const CsvDialect = z.object({
  encoding: TextEncoding,
  /** One character. */
  delimiter: z.string().length(1),
  /** One character, or '' for none. */
  quote: z.string().max(1),
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
});
export type CsvDialect = z.infer<typeof CsvDialect>;

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
  /** Names given to columns whose own ones held values: e-mail addresses, long numbers. Absent = none. */
  readonly renamed?: readonly string[];
  /** How cells were read that are no plain numbers, dates or truth values. Absent = none. */
  readonly conversions?: readonly Conversion[];
}

/** Where a source came from. */
export const DATA_SOURCES = ['LocalFile', 'PastedText', 'DemoTable'] as const;
export type DataSource = (typeof DATA_SOURCES)[number];

/** What a person notes of a source. */
export const SourceNotes = z.strictObject({
  /** What its rows are for. */
  purpose: z.string().trim().max(500).optional(),
  /** Where the file was got: an address or a sentence, for people alone. Nothing is fetched. */
  origin: z.string().trim().max(2000).optional(),
});
export type SourceNotes = z.infer<typeof SourceNotes>;

/** A file as it was read. */
interface ReadFile {
  readonly byteSize: number;
  readonly dialect: CsvDialect;
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
  /** Number of the version that is current; absent = 1. */
  readonly version?: number;
  /** Highest number that a version ever had; absent = that of the current one. */
  readonly lastVersion?: number;
  /** Name of the current file; absent = the source's. */
  readonly fileName?: string;
  readonly importedAt?: number;
  /** The versions before the current one that are still there, oldest first; absent = none. */
  readonly earlier?: readonly SourceVersion[];
  /** Absent = in the first project. */
  readonly projectId?: string;
}

/** The demo tables shipped with the app, from the vega-datasets package. */
export const DEMO_TABLES = [
  {
    id: 'birdstrikes',
    file: 'birdstrikes.csv',
    title: 'Bird strikes',
    about: 'Aircraft wildlife strikes, US FAA, 10,000 rows × 14 columns',
    licence: 'US Government, public domain',
  },
  {
    id: 'penguins',
    file: 'penguins.csv',
    title: 'Palmer penguins',
    about: 'Body measurements of 344 Antarctic penguins',
    licence: 'CC0 1.0',
  },
  {
    id: 'seattle-weather',
    file: 'seattle-weather.csv',
    title: 'Seattle weather',
    about: 'Daily weather 2012–2015, NOAA, 1,461 rows',
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
