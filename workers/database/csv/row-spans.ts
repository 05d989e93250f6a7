import type { FieldSpans } from './lenient-line';

/** Positions held at once, so that they stay in the processor's cache. */
const MAX_SPANS = 1 << 15;
const MAX_ROWS = 2_048;

/** Where the cells of some rows lie in one buffer, column by column: field `row` of column `i` is at `i * capacity + row`. */
export class RowSpans {
  readonly capacity: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** `QUOTING` of each. */
  readonly quoting: Uint8Array;
  bytes: Uint8Array = new Uint8Array(0);
  rows = 0;
  readonly #columns: number;

  constructor(columns: number) {
    this.#columns = columns;
    this.capacity = Math.max(16, Math.min(MAX_ROWS, MAX_SPANS >> Math.ceil(Math.log2(Math.max(1, columns)))));
    // Behind the last field stands where the next line begins (`scanSimpleLine`).
    this.starts = new Int32Array((columns + 1) * this.capacity);
    this.ends = new Int32Array(columns * this.capacity);
    this.quoting = new Uint8Array(columns * this.capacity);
  }

  /** Puts a record of the same buffer behind the rows; fields that it lacks are empty. There must be room. */
  put(record: FieldSpans): void {
    const { capacity, starts, ends, quoting } = this;
    const columns = this.#columns;
    const fields = Math.min(columns, record.fields);
    let at = this.rows;
    for (let i = 0; i < fields; i++, at += capacity) {
      starts[at] = record.starts[i]!;
      ends[at] = record.ends[i]!;
      quoting[at] = record.quoting[i]!;
    }
    for (let i = fields; i < columns; i++, at += capacity) {
      starts[at] = 0;
      ends[at] = 0;
      quoting[at] = 0;
    }
  }
}
