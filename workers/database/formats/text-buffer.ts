import type { TextValues } from './table-format';

const encoder = new TextEncoder();

/** Collects texts as UTF-8, one after the other. */
export class TextBuffer {
  #bytes: Uint8Array;
  #size = 0;
  readonly #offsets: Int32Array;
  #nulls: Uint8Array | null = null;
  #length = 0;

  /** @param capacity texts at most */
  constructor(capacity: number, bytes = 1 << 14) {
    this.#offsets = new Int32Array(capacity + 1);
    this.#bytes = new Uint8Array(bytes);
  }

  /** @param text null = no value */
  append(text: string | null): void {
    if (text === null) {
      this.#skip();
      return;
    }
    this.#reserve(text.length);
    const bytes = this.#bytes;
    let to = this.#size;
    let i = 0;
    // For the short ASCII texts that tables are made of, a loop beats the encoder.
    for (const end = text.length < 64 ? text.length : 0; i < end; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) break;
      bytes[to++] = code;
    }
    if (i < text.length) {
      const rest = i === 0 ? text : text.slice(i);
      this.#size = to;
      this.#reserve(3 * rest.length);
      to += encoder.encodeInto(rest, this.#bytes.subarray(to)).written;
    }
    this.#end(to);
  }

  /** @param bytes UTF-8; null = no value */
  appendBytes(bytes: Uint8Array | null | undefined): void {
    if (!bytes) {
      this.#skip();
      return;
    }
    const { length } = bytes;
    this.#reserve(length);
    const target = this.#bytes;
    const to = this.#size;
    if (length < 32) for (let i = 0; i < length; i++) target[to + i] = bytes[i]!;
    else target.set(bytes, to);
    this.#end(to + length);
  }

  /** What was collected; the buffer is not used again. */
  finish(): TextValues {
    return {
      type: 'text',
      values: this.#bytes.subarray(0, this.#size),
      offsets: this.#offsets.subarray(0, this.#length + 1),
      nulls: this.#nulls?.subarray(0, this.#length) ?? null,
    };
  }

  #skip(): void {
    this.#nulls ??= new Uint8Array(this.#offsets.length - 1);
    this.#nulls[this.#length] = 1;
    this.#end(this.#size);
  }

  #end(at: number): void {
    this.#size = at;
    this.#offsets[++this.#length] = at;
  }

  #reserve(extra: number): void {
    const needed = this.#size + extra;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    grown.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = grown;
  }
}
