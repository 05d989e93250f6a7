import { textColumnsToIpc } from '../duckdb/arrow';
import { LineList } from './growing-arrays';
import { SpellingCounter } from './null-spellings';
import type { RecordReceiver, ScannedRecord } from './record-scanner';
import { TextColumnBuilder } from './text-column-builder';

/** How many fields a row must have. */
export interface RowShape {
  readonly columns: number;
  /** A row of at least this many fields is padded with nulls (the names outnumber the values of every row). */
  readonly minimum: number;
}

interface Rejection {
  readonly line: number;
  /** Column index, null when the whole row is concerned. */
  readonly column: number | null;
  readonly reason: string;
  readonly text: string;
}

/** Measured: DuckDB inserts batches of this size twice as fast as ones four times larger or smaller. */
const BATCH_ROWS = 32_768;
/** Cells sampled per column and batch for guessing notations; the first batch may be the only one. */
const FIRST_SAMPLE = 400;
const NEXT_SAMPLE = 16;
const BATCH_BYTES = 8 * 1024 * 1024;
const MAX_REJECTIONS = 200;
const MAX_REJECTED_TEXT = 200;

/**
 * Collects scanned records as Arrow batches of text columns `c0 … cN`. An empty or blank unquoted field is null.
 *
 * A row with too many fields is taken if the extra ones are empty (trailing delimiters), one with too few if it has at
 * least `shape.minimum`. All others are rejected and counted, and the first 200 listed. Empty lines are skipped, but in
 * a table of one column they are rows without a value.
 */
export class RowCollector implements RecordReceiver {
  readonly #shape: RowShape;
  readonly #columns: TextColumnBuilder[];
  readonly #checkUtf8 = new TextDecoder('utf-8', { fatal: true });
  readonly #decoder = new TextDecoder();
  readonly #batches: Uint8Array[] = [];
  /** Line of every row taken, for messages about single cells. */
  readonly lines = new LineList();
  /** Per column some hundred cells that are not null, from all over the file. */
  readonly samples: string[][];
  /** Cells per column that are neither null nor blank. */
  readonly filled: Float64Array;
  /** Cells per column that hold nothing but blanks, and the first of them. */
  readonly blanks: Float64Array;
  readonly blankText: (string | undefined)[] = [];
  readonly nullSpellings: SpellingCounter;
  readonly rejections: Rejection[] = [];
  rejectedCount = 0;
  /** Set when a chunk is known to hold bytes that are not UTF-8: then every record is checked. */
  suspicious = false;
  #batchRows = 0;
  #isHeaderPending: boolean;

  /**
   * @param spellings of "no value", to be counted
   * @param header the first record that is not blank holds the names and is left out
   */
  constructor(shape: RowShape, spellings: readonly string[], header = false) {
    this.#isHeaderPending = header;
    this.#shape = shape;
    this.#columns = Array.from({ length: shape.columns }, () => new TextColumnBuilder(BATCH_ROWS));
    this.samples = this.#columns.map(() => []);
    this.filled = new Float64Array(shape.columns);
    this.blanks = new Float64Array(shape.columns);
    this.nullSpellings = new SpellingCounter(shape.columns, spellings);
  }

  get rowCount(): number {
    return this.lines.length;
  }

  record(record: ScannedRecord): void {
    const { fields, starts, ends, quoting } = record;
    const { columns, minimum } = this.#shape;
    if (this.#isHeaderPending) {
      this.#isHeaderPending = fields === 1 && ends[0] === starts[0];
      return;
    }
    if (columns > 1 && fields === 1 && quoting[0] === 0 && isBlank(record, 0)) return;
    if (fields < minimum) {
      this.#reject(record, `the row has ${fields} of ${columns} fields`);
      return;
    }
    for (let i = columns; i < fields; i++) {
      if (ends[i]! > starts[i]!) {
        this.#reject(record, `the row has ${fields} fields where ${columns} were expected`);
        return;
      }
    }
    if (this.suspicious && !this.#isUtf8(record)) {
      this.#reject(record, 'the row holds bytes that are not valid in the encoding of the file');
      return;
    }
    for (let i = 0; i < columns; i++) this.#take(record, i);
    this.lines.push(record.line);
    if (++this.#batchRows === BATCH_ROWS || this.#bytes() > BATCH_BYTES) this.#cut();
  }

  malformed(line: number, field: number, reason: string, text: Uint8Array): void {
    this.#note({
      line,
      column: field < this.#shape.columns ? field : null,
      reason,
      text: this.#excerpt(text),
    });
  }

  /** Batches completed since the last call, as Arrow IPC streams; with `all` also the one under way. */
  drain(all: boolean): Uint8Array[] {
    if (all && this.#batchRows > 0) this.#cut();
    return this.#batches.splice(0);
  }

  #take(record: ScannedRecord, i: number): void {
    const column = this.#columns[i]!;
    const blank = i >= record.fields || isBlank(record, i);
    if (blank && i < record.fields && record.ends[i]! > record.starts[i]!) {
      this.blanks[i]!++;
      this.blankText[i] ??= this.#decoder.decode(record.bytes.subarray(record.starts[i]!, record.ends[i]!));
    }
    if (blank && (i >= record.fields || record.quoting[i] === 0)) {
      column.appendNull();
      return;
    }
    if (!blank) this.filled[i]!++;
    const start = record.starts[i]!;
    const end = record.ends[i]!;
    if (end - start <= this.nullSpellings.longest + 4) this.nullSpellings.count(record.bytes, start, end, i);
    if (record.quoting[i] === 2) column.appendUnquoted(record.bytes, start, end);
    else column.append(record.bytes, start, end);
  }

  #bytes(): number {
    if ((this.#batchRows & 255) !== 0 && this.#columns.length < 256) return 0;
    let bytes = 0;
    for (const column of this.#columns) bytes += column.byteLength;
    return bytes;
  }

  #cut(): void {
    const wanted = this.lines.length === this.#batchRows ? FIRST_SAMPLE : NEXT_SAMPLE;
    this.#columns.forEach((column, i) => {
      column.sample(wanted, this.samples[i]!);
    });
    this.#batches.push(textColumnsToIpc(this.#columns.map((column) => column.take())));
    this.#batchRows = 0;
  }

  #isUtf8(record: ScannedRecord): boolean {
    try {
      this.#checkUtf8.decode(record.bytes.subarray(record.begin, record.end));
      return true;
    } catch {
      return false;
    }
  }

  #reject(record: ScannedRecord, reason: string): void {
    this.#note({
      line: record.line,
      column: null,
      reason,
      text: this.#excerpt(record.bytes.subarray(record.begin, record.end)),
    });
  }

  #excerpt(bytes: Uint8Array): string {
    const text = this.#decoder.decode(bytes.subarray(0, 4 * MAX_REJECTED_TEXT));
    return text.slice(0, MAX_REJECTED_TEXT).toWellFormed();
  }

  #note(rejection: Rejection): void {
    this.rejectedCount++;
    if (this.rejections.length < MAX_REJECTIONS) this.rejections.push(rejection);
  }
}

function isBlank(record: ScannedRecord, field: number): boolean {
  const end = record.ends[field]!;
  for (let at = record.starts[field]!; at < end; at++) {
    const byte = record.bytes[at];
    if (byte !== 32 && byte !== 9) return false;
  }
  return true;
}
