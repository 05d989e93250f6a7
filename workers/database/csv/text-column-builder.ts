import { grown } from './growing-arrays';

/** A column of one batch in Arrow's layout: UTF-8 bytes, offsets, validity bits. */
export interface TextBatchColumn {
  readonly length: number;
  readonly nullCount: number;
  readonly offsets: Int32Array;
  readonly bytes: Uint8Array;
  /** Bit set = value present; empty when there are no nulls. */
  readonly validity: Uint8Array;
}

/** Enough of a sampled value to tell its notation. */
const SAMPLED_BYTES = 100;

/** Builds one text column of a batch by copying bytes; buffers are kept between batches. */
export class TextColumnBuilder {
  #bytes = new Uint8Array(1 << 12);
  readonly #offsets: Int32Array;
  readonly #validity: Uint8Array;
  #length = 0;
  #nullCount = 0;
  byteLength = 0;

  /** @param capacity values a batch may hold at most */
  constructor(capacity: number) {
    this.#offsets = new Int32Array(capacity + 1);
    this.#validity = new Uint8Array((capacity + 7) >> 3);
  }

  append(source: Uint8Array, start: number, end: number): void {
    const size = end - start;
    this.#reserve(size);
    const target = this.#bytes;
    let to = this.byteLength;
    // For the short cells that tables are made of, a loop beats set(subarray()) several times over.
    if (size < 48) for (let at = start; at < end; at++) target[to++] = source[at]!;
    else target.set(source.subarray(start, end), to);
    this.#advance(size);
  }

  /** Appends the inside of a quoted field, doubled quotes reduced to one; a single one stays. */
  appendUnquoted(source: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    const quote = source[end];
    let to = this.byteLength;
    for (let at = start; at < end; at++) {
      this.#bytes[to++] = source[at]!;
      if (source[at] === quote && at + 1 < end && source[at + 1] === quote) at++;
    }
    this.#advance(to - this.byteLength);
  }

  appendNull(): void {
    this.#nullCount++;
    this.#length++;
    this.#offsets[this.#length] = this.byteLength;
  }

  /** Adds up to `count` values that are not null, evenly spread over the batch, to `target`. */
  sample(count: number, target: string[]): void {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const step = Math.max(1, Math.floor(this.#length / count));
    for (let row = 0; row < this.#length; row += step) {
      if (((this.#validity[row >> 3]! >> (row & 7)) & 1) === 0) continue;
      const from = this.#offsets[row]!;
      const to = Math.min(this.#offsets[row + 1]!, from + SAMPLED_BYTES);
      target.push(decoder.decode(this.#bytes.subarray(from, to)));
    }
  }

  /** The finished batch column; the builder starts anew. */
  take(): TextBatchColumn {
    const length = this.#length;
    const column: TextBatchColumn = {
      length,
      nullCount: this.#nullCount,
      offsets: this.#offsets.slice(0, length + 1),
      bytes: this.#bytes.slice(0, this.byteLength),
      validity: this.#nullCount > 0 ? this.#validity.slice(0, (length + 7) >> 3) : new Uint8Array(0),
    };
    this.#validity.fill(0);
    this.#length = 0;
    this.#nullCount = 0;
    this.byteLength = 0;
    return column;
  }

  #advance(size: number): void {
    this.byteLength += size;
    this.#validity[this.#length >> 3]! |= 1 << (this.#length & 7);
    this.#length++;
    this.#offsets[this.#length] = this.byteLength;
  }

  #reserve(extra: number): void {
    const needed = this.byteLength + extra;
    if (needed > this.#bytes.length) this.#bytes = grown(this.#bytes, needed);
  }
}
