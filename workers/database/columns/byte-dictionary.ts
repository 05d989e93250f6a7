import { grown } from '../csv/growing-arrays';

/**
 * Numbers distinct byte strings in order of first appearance. It makes no JavaScript string per cell, but hashes the
 * bytes (FNV-1a, open addressing).
 */
export class ByteDictionary {
  #slots = new Int32Array(128).fill(-1);
  #hashes = new Int32Array(64);
  #offsets = new Int32Array(65);
  #bytes = new Uint8Array(1024);
  #size = 0;

  /** Code of `source[start … end)`. */
  code(source: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5 | 0;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ source[at]!, 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const code = this.#slots[slot]!;
      if (code < 0) return this.#add(source, start, end, hash, slot);
      if (this.#hashes[code] === hash && this.#equals(code, source, start, end)) return code;
      slot = (slot + 1) & mask;
    }
  }

  /** Bytes of the distinct values. */
  get byteLength(): number {
    return this.#offsets[this.#size]!;
  }

  /** The distinct values one after the other: that of a code from `offsets[code]` to `offsets[code + 1]`. */
  bytes(): { readonly values: Uint8Array; readonly offsets: Int32Array } {
    return {
      values: this.#bytes.subarray(0, this.byteLength),
      offsets: this.#offsets.subarray(0, this.#size + 1),
    };
  }

  /** The distinct values by code. */
  strings(): string[] {
    // Without ignoreBOM a leading U+FEFF of a value would vanish.
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return Array.from({ length: this.#size }, (_, code) =>
      decoder.decode(this.#bytes.subarray(this.#offsets[code], this.#offsets[code + 1])),
    );
  }

  #equals(code: number, source: Uint8Array, start: number, end: number): boolean {
    const from = this.#offsets[code]!;
    const length = end - start;
    if (this.#offsets[code + 1]! - from !== length) return false;
    for (let i = 0; i < length; i++) if (this.#bytes[from + i] !== source[start + i]) return false;
    return true;
  }

  #add(source: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const code = this.#size++;
    if (code + 1 >= this.#offsets.length) {
      this.#offsets = grown(this.#offsets);
      this.#hashes = grown(this.#hashes, this.#offsets.length);
    }
    const from = this.#offsets[code]!;
    const to = from + end - start;
    if (to > this.#bytes.length) this.#bytes = grown(this.#bytes, to);
    this.#bytes.set(source.subarray(start, end), from);
    this.#offsets[code + 1] = to;
    this.#hashes[code] = hash;
    this.#slots[slot] = code;
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    return code;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(-1);
    const mask = slots.length - 1;
    for (let code = 0; code < this.#size; code++) {
      let slot = this.#hashes[code]! & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.#slots = slots;
  }
}
