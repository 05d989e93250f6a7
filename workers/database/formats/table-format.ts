import type { CellFormat } from '../../../src/domain/cell-format';
import type { CsvDialect, FormatId, TableChoice } from '../../../src/domain/sources';
import type { SqlEngine } from '../duckdb/sql';

/**
 * A format of files that hold tables: one file or folder of this folder each (docs/import.md, Formats). It is loaded when
 * the first file of it comes.
 */
export interface TableFormat {
  readonly id: FormatId;
  /**
   * @param file unpacked, recognised by its content
   * @param host for formats that need a DuckDB of their own
   * @throws UserError `source/unreadable`, `source/empty` or `source/too-large`, with what a person can do
   */
  open(file: File, host: FormatHost): Promise<OpenedFile>;
}

/** What the import lends a format. */
export interface FormatHost {
  readonly sql: Pick<SqlEngine, 'openFile'>;
  /** As in `TableOptions`. */
  readonly checkpoint: () => void;
}

/** A file of a format, with the tables it holds. */
export interface OpenedFile {
  /** To choose from, in the file's order; none = it is one table. */
  readonly tables: readonly TableChoice[];
  /**
   * @param table name of the table; absent = the first with rows
   * @throws UserError as `open`; `not-found` if there is no such table
   */
  table(options: TableOptions): Promise<ReadTable | TextTable>;
  /** Frees what is held. */
  close(): void;
}

export interface TableOptions {
  readonly table?: string | undefined;
  /** Rows to read at most, for a preview. */
  readonly maxRows?: number | undefined;
  /** Throws when the job was cancelled; called now and then. */
  readonly checkpoint: () => void;
}

/** A table whose columns are read as such. */
export interface ReadTable {
  readonly kind: 'columns';
  /** Name of the table that is read; absent = the file is one table. */
  readonly name?: string;
  /** Complete once all batches are read: records may bring columns as they come. */
  readonly columns: readonly ReadColumn[];
  /** Rows from the first to the last, at most `BATCH_ROWS` at a time. */
  batches(): AsyncIterable<ReadBatch>;
  /** Complete once all batches are read. */
  readonly rejected: RejectedRecords;
  /** What was decided, in sentences; complete once all batches are read. */
  notes(): readonly string[];
}

/** A table that is turned into delimited text, and read as such: for formats whose cells stand as a person typed them. */
export interface TextTable {
  readonly kind: 'text';
  readonly name?: string;
  readonly file: File;
  /** Its values are texts as in delimited text, with spellings of no value; absent = the format has a null of its own. */
  readonly hasSpellings?: boolean;
  /** What the text is written in. */
  readonly dialect: Partial<CsvDialect>;
  notes(): readonly string[];
}

/** Rows of a batch: what DuckDB inserts fastest, but for six times as many (`JOINED_ROWS`). */
export const BATCH_ROWS = 32_768;
/**
 * DuckDB takes over so many rows at once as they are, in half the time of the same rows in batches; 40,000 to 180,000
 * rows at once it copies again, in three times the time (measured, bench/quality-log.md).
 */
export const JOINED_ROWS = 6 * BATCH_ROWS;

/** Types that values of a format have of themselves. `unsigned` = integers that may exceed 2^63 − 1. */
export type ValueType = 'integer' | 'unsigned' | 'float' | 'boolean' | 'date' | 'datetime' | 'text';

export interface ReadColumn {
  readonly name: string;
  /** As the format says; null = told from the texts of all rows, as in delimited text. */
  readonly type: ValueType | null;
  /** Of a column without a type: its values are texts in the file, so that they may be dates, but no numbers. */
  readonly isText?: boolean;
  /** The schema says that it tells rows apart. */
  readonly isKey?: boolean;
  /** The schema says so of it and the other columns so marked together. */
  readonly isKeyPart?: boolean;
  readonly format?: CellFormat;
}

/** Values of one column, 1 in `nulls` = no value; null = none is missing. */
export type ColumnValues =
  | { readonly type: 'integer'; readonly values: BigInt64Array; readonly nulls: Uint8Array | null }
  | { readonly type: 'unsigned'; readonly values: BigUint64Array; readonly nulls: Uint8Array | null }
  | { readonly type: 'float'; readonly values: Float64Array; readonly nulls: Uint8Array | null }
  /** 0 and 1. */
  | { readonly type: 'boolean'; readonly values: Uint8Array; readonly nulls: Uint8Array | null }
  /** Days from 1970. */
  | { readonly type: 'date'; readonly values: Int32Array; readonly nulls: Uint8Array | null }
  /** Microseconds from 1970, UTC. */
  | { readonly type: 'datetime'; readonly values: BigInt64Array; readonly nulls: Uint8Array | null }
  | TextValues
  /** Texts whose type is told later. */
  | { readonly type: null; readonly values: readonly (string | null)[] };

/** UTF-8, value `i` from `offsets[i]` to `offsets[i + 1]`. */
export interface TextValues {
  readonly type: 'text';
  readonly values: Uint8Array;
  readonly offsets: Int32Array;
  readonly nulls: Uint8Array | null;
}

export interface ReadBatch {
  readonly rowCount: number;
  readonly columns: readonly ColumnValues[];
  /** Share of the file that is read, 0 to 1. */
  readonly done: number;
}

/** Records that could not be read, counted and the first ones listed. */
export class RejectedRecords {
  count = 0;
  readonly list: {
    readonly line: number;
    readonly reason: string;
    readonly text: string;
    readonly file?: string;
  }[] = [];

  /** @param file of several, the one that it stands in */
  add(line: number, reason: string, text: string, file?: string): void {
    this.count++;
    if (this.list.length < MAX_LISTED) {
      const listed = { line, reason, text: text.slice(0, MAX_TEXT).toWellFormed() };
      this.list.push(file === undefined ? listed : { ...listed, file });
    }
  }
}

const MAX_LISTED = 200;
const MAX_TEXT = 200;
