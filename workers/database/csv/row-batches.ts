import { columnsToIpc } from '../formats/columns-to-ipc';
import { BATCH_ROWS, type ValueType } from '../formats/table-format';
import { ColumnCounts } from '../profile/column-counts';
import { ColumnIntake } from './column-intake';
import { SpellingCounter } from './null-spellings';
import { RowSpans } from './row-spans';
import type { ScannedRecord, Separators } from './scanned-record';
import type { BytesNotation } from './typed-column-builder';

/** Batches of more bytes of texts are cut earlier. */
const BATCH_BYTES = 8 * 1024 * 1024;
/** Cells sampled per column of the first batch, for guessing notations: it may be the only one. */
const FIRST_SAMPLE = 400;

/** Rows as an Arrow IPC stream. */
export interface RowBatch {
  readonly ipc: Uint8Array;
  readonly rows: number;
  /** Types of its columns; one of values may be one of texts from some batch on. */
  readonly types: readonly ValueType[];
}

/** Told the samples of all columns after the first batch: notations to read the columns by; null = as texts. */
export type ChooseNotations = (columns: RowBatches) => readonly (BytesNotation | null)[];

/** Makes Arrow batches of rows: columns `c0 … cN` of texts, or of values where their notation is known. */
export class RowBatches {
  readonly columns: readonly ColumnIntake[];
  readonly nullSpellings: SpellingCounter;
  /** Of values and texts as they are loaded; null where none were to be chosen. */
  readonly counts: ColumnCounts | null;
  rowCount = 0;
  readonly #spans: RowSpans;
  readonly #choose: ChooseNotations | undefined;
  #batches: RowBatch[] = [];
  #isFirst = true;
  /** Rows of the batch under way. */
  #rows = 0;

  constructor(
    columns: number,
    spellings: readonly string[],
    separators: Separators,
    choose?: ChooseNotations,
  ) {
    this.nullSpellings = new SpellingCounter(columns, spellings);
    const options = { spellings: this.nullSpellings, separators };
    this.columns = Array.from({ length: columns }, (_, i) => new ColumnIntake(i, options));
    this.#spans = new RowSpans(columns);
    this.#choose = choose;
    this.counts = choose ? new ColumnCounts() : null;
  }

  /** Takes a row: its bytes must stay until the next `drain`. @throws UnexpectedCellError */
  add(record: ScannedRecord): void {
    this.room(record.bytes);
    this.#spans.put(record);
    this.take(1);
  }

  /** Where the rows of a buffer may be put without `add`. */
  get spans(): RowSpans {
    return this.#spans;
  }

  /** How many rows of a buffer may be put behind those in the spans, at least one. @throws UnexpectedCellError */
  room(bytes: Uint8Array): number {
    const spans = this.#spans;
    if (spans.rows > 0 && spans.bytes !== bytes) this.#takeSpans();
    spans.bytes = bytes;
    return Math.min(spans.capacity - spans.rows, BATCH_ROWS - this.#rows);
  }

  /** Takes rows that were put there. @throws UnexpectedCellError */
  take(rows: number): void {
    const spans = this.#spans;
    spans.rows += rows;
    this.rowCount += rows;
    this.#rows += rows;
    if (this.#rows === BATCH_ROWS || spans.rows === spans.capacity) this.#takeSpans();
  }

  /** Batches that are complete since the last call; with `all` also the one under way. @throws UnexpectedCellError */
  drain(all: boolean): RowBatch[] {
    this.#takeSpans();
    if (all && this.#rows > 0) this.#cut();
    const batches = this.#batches;
    this.#batches = [];
    return batches;
  }

  #takeSpans(): void {
    let bytes = 0;
    for (const column of this.columns) {
      column.take(this.#spans);
      bytes += column.byteLength;
    }
    this.#spans.rows = 0;
    if (this.#rows === BATCH_ROWS || bytes > BATCH_BYTES) this.#cut();
  }

  #cut(): void {
    for (const column of this.columns) column.sampleTexts(this.#isFirst ? FIRST_SAMPLE : undefined);
    if (this.#isFirst) {
      const notations = this.#choose?.(this) ?? [];
      notations.forEach((notation, i) => {
        if (notation !== null) this.columns[i]!.readAs(notation);
      });
      this.#isFirst = false;
    }
    const columns = this.columns.map((column) => column.takeBatch());
    this.counts?.add(columns, this.#rows);
    const types = columns.map(({ type }) => type);
    this.#batches.push({ ipc: columnsToIpc(columns, this.#rows), rows: this.#rows, types });
    this.#rows = 0;
  }
}
