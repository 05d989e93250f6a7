import type { TextValues } from '../formats/table-format';
import { grown, resized } from './growing-arrays';

/** Enough of a sampled value to tell its notation. */
const SAMPLED_BYTES = 100;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The beginning of a value, for a sample. */
export function sampledText(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, Math.min(end, start + SAMPLED_BYTES)));
}

/** Builds one text column of a batch by copying bytes; buffers are kept between batches. */
export class TextColumnBuilder {
  #bytes = new Uint8Array(1 << 12);
  #offsets = new Int32Array(1);
  #nulls = new Uint8Array(0);
  #length = 0;
  #nullCount = 0;
  byteLength = 0;

  /** Makes room for so many values more, which has to be asked for. */
  reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#nulls.length) return;
    this.#nulls = grown(this.#nulls, needed);
    this.#offsets = resized(this.#offsets, this.#nulls.length + 1);
  }

  get length(): number {
    return this.#length;
  }

  append(source: Uint8Array, start: number, end: number): void {
    const size = end - start;
    this.#reserveBytes(size);
    const target = this.#bytes;
    let to = this.byteLength;
    // For the short cells that tables are made of, a loop beats set(subarray()) several times over.
    if (size < 48) for (let at = start; at < end; at++) target[to++] = source[at]!;
    else target.set(source.subarray(start, end), to);
    this.#advance(size);
  }

  /** Appends the inside of a quoted field, doubled quotes reduced to one; a single one stays. */
  appendUnquoted(source: Uint8Array, start: number, end: number): void {
    this.#reserveBytes(end - start);
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
    this.#nulls[this.#length++] = 1;
    this.#offsets[this.#length] = this.byteLength;
  }

  /** Adds the values of every so manyth row that are not null to `target`. */
  sample(step: number, target: string[]): void {
    for (let row = 0; row < this.#length; row += step) {
      if (this.#nulls[row] === 0) {
        target.push(sampledText(this.#bytes, this.#offsets[row]!, this.#offsets[row + 1]!));
      }
    }
  }

  /** Hands each value to `take`, or its absence, until that says false. */
  every(take: (bytes: Uint8Array, start: number, end: number, isNull: boolean) => boolean): boolean {
    for (let row = 0; row < this.#length; row++) {
      const isNull = this.#nulls[row] === 1;
      if (!take(this.#bytes, this.#offsets[row]!, this.#offsets[row + 1]!, isNull)) return false;
    }
    return true;
  }

  /** Forgets all values. */
  clear(): void {
    this.#nulls.fill(0, 0, this.#length);
    this.#length = 0;
    this.#nullCount = 0;
    this.byteLength = 0;
  }

  /** Values since the last call, valid until the next one is appended. */
  take(): TextValues {
    const values: TextValues = {
      type: 'text',
      values: this.#bytes.subarray(0, this.byteLength),
      offsets: this.#offsets.subarray(0, this.#length + 1),
      nulls: this.#nullCount > 0 ? this.#nulls.slice(0, this.#length) : null,
    };
    this.clear();
    return values;
  }

  #advance(size: number): void {
    this.byteLength += size;
    this.#length++;
    this.#offsets[this.#length] = this.byteLength;
  }

  #reserveBytes(extra: number): void {
    const needed = this.byteLength + extra;
    if (needed > this.#bytes.length) this.#bytes = grown(this.#bytes, needed);
  }
}
