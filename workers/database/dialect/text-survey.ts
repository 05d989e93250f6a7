import { concatBytes } from '@noble/hashes/utils.js';
import { utf8Length } from './decode-text';

/** What a look at all bytes of a text says about its encoding. */
export interface TextSurvey {
  /** Sequences of more than one byte that are valid UTF-8. */
  readonly sequences: number;
  /** Bytes from 0x80 on that are in none. */
  readonly strays: number;
  /** Some words with bytes from 0x80 on, from all over the file, each with what stands around it; ends of lines between. */
  readonly sample: Uint8Array;
}

const MAX_WORDS = 1200;
const MAX_WORD_BYTES = 96;
/** Such bytes are never the second half of a character in an encoding of several bytes per character, but in GB18030. */
const FIRST_AMBIGUOUS = 0x30;

/** Collects a `TextSurvey` from the chunks of a file, in one pass and little memory. */
export class TextSurveyor {
  #sequences = 0;
  #strays = 0;
  /** Every `#stride`-th word is kept; when there are too many, every other one goes. */
  #stride = 1;
  #seen = 0;
  #words: Uint8Array[] = [];
  #carry: Uint8Array = new Uint8Array(0);

  /** Takes the next bytes; the last call says so. */
  take(chunk: Uint8Array, last = false): void {
    const bytes = this.#carry.length > 0 ? concatBytes(this.#carry, chunk) : chunk;
    // A word is looked at as a whole; one at the end of the chunk waits for the rest of it.
    let end = bytes.length;
    if (!last) {
      const bound = Math.max(0, end - 4 * MAX_WORD_BYTES);
      while (end > bound && bytes[end - 1]! >= FIRST_AMBIGUOUS) end--;
      if (end === bound && bound > 0) end = wholeCharacters(bytes);
    }
    let at = 0;
    for (;;) {
      while (at < end && bytes[at]! < 128) at++;
      if (at >= end) break;
      at = this.#word(bytes, at, end);
    }
    this.#carry = bytes.slice(end);
  }

  /** What was found so far. */
  get survey(): TextSurvey {
    const size = this.#words.reduce((sum, word) => sum + word.length + 1, 0);
    const sample = new Uint8Array(size).fill(10);
    let at = 0;
    for (const word of this.#words) {
      sample.set(word, at);
      at += word.length + 1;
    }
    return { sequences: this.#sequences, strays: this.#strays, sample };
  }

  /** Takes in the word around the byte at `at`; returns its end. */
  #word(bytes: Uint8Array, at: number, limit: number): number {
    let from = at;
    while (from > 0 && at - from < MAX_WORD_BYTES && bytes[from - 1]! >= FIRST_AMBIGUOUS) from--;
    let to = at;
    while (to < limit && bytes[to]! >= FIRST_AMBIGUOUS) {
      const isAscii = bytes[to]! < 128;
      const length = isAscii ? 1 : utf8Length(bytes, to);
      if (!isAscii) {
        if (length > 0) this.#sequences++;
        // A character that the end cuts is none of either.
        else if (length === 0) this.#strays++;
      }
      to += Math.max(1, length);
    }
    if (this.#seen++ % this.#stride === 0) {
      // What stands before and after tells a quotation mark from a letter.
      const end = Math.min(to + 1, from + MAX_WORD_BYTES, bytes.length);
      this.#words.push(bytes.slice(Math.max(0, from - 1), end));
      if (this.#words.length === MAX_WORDS) {
        this.#words = this.#words.filter((_, i) => i % 2 === 0);
        this.#stride *= 2;
      }
    }
    return to;
  }
}

/** Where the last character of UTF-8 ends or begins. */
function wholeCharacters(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > bytes.length - 3 && (bytes[end - 1]! & 0xc0) === 0x80) end--;
  return bytes[end - 1]! >= 0xc0 ? end - 1 : end;
}
