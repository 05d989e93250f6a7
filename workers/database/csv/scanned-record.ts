import type { FieldSpans } from './lenient-line';
import type { RowSpans } from './row-spans';

/** What tells fields and records apart. */
export interface Separators {
  /** One character, or a few that stand together. */
  readonly delimiter: string;
  /** One ASCII character, empty for none. */
  readonly quote: string;
  /** What ends a line: LF after any number of CR, or (`cr`) each of CR, CR LF and LF. */
  readonly newline: 'lf' | 'cr';
  /** A run of the delimiter's first character counts as one, and those at the ends of a line as none. */
  readonly mergeDelimiters?: boolean | undefined;
  /** A delimiter stands before the first field too. */
  readonly leadingDelimiter?: boolean | undefined;
  /** Lines that begin with it are no records. */
  readonly comment?: string | undefined;
  /** What makes a quote part of a cell: a second quote, or (too) a backslash before it. Absent = `double`. */
  readonly escape?: 'double' | 'backslash' | undefined;
}

/** How many fields a record has if nothing is wrong with it. */
export interface ExpectedFields {
  readonly columns: number;
  readonly minimum: number;
}

/** How the text of a field is written. `escaped` and above: with backslashes. */
export const QUOTING = { plain: 0, quoted: 1, doubled: 2, escaped: 3, quotedEscaped: 4 } as const;

/** Field `i` of a record is `bytes[starts[i] … ends[i])`. Valid only during the call. */
export interface ScannedRecord extends FieldSpans {
  readonly bytes: Uint8Array;
  /** Line of its first byte, from 1. */
  readonly line: number;
  /** Where the whole record lies, without its line end. */
  readonly begin: number;
  readonly end: number;
  /** What was wrong with it and has been read all the same; empty for nothing. */
  readonly mended: string;
}

/** Takes rows that are as most are, without a record for each. */
export interface UsualRows {
  readonly spans: RowSpans;
  /** Fields of each. */
  readonly columns: number;
  /** Whether the line `bytes[begin … end)` of so many fields, which are at `row` of the spans, needs no closer look. */
  accepts(row: number, bytes: Uint8Array, begin: number, end: number): boolean;
  /** How many rows of these bytes may follow those that are in the spans. @throws UnexpectedCellError */
  room(bytes: Uint8Array): number;
  /** Takes rows that were put into the spans behind those that were there. @throws UnexpectedCellError */
  take(rows: number, firstLine: number): void;
}

export interface RecordReceiver {
  /** Where rows go that are as most are; null while each record has to be looked at. */
  readonly usual?: UsualRows | null;
  record(record: ScannedRecord): void;
  malformed(line: number, field: number, reason: string, text: Uint8Array): void;
  /** A line that is no record, because it begins with the mark of a comment. */
  comment?(line: number, text: Uint8Array): void;
}
