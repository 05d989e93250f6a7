/** The text of one value among several, and the line it begins in, from 1. */
export interface RecordText {
  readonly text: string;
  readonly line: number;
  /** The file ends within it. */
  readonly isCut?: true;
}

/**
 * Cuts the values of a JSON array, or values one after the other, out of a text that comes in pieces. It follows brackets
 * and quotes alone; whether a value is JSON, its parser says.
 */
export class RecordSplitter {
  #kept = '';
  #at = 0;
  #depth = 0;
  #isText = false;
  #start = -1;
  #line = 1;
  #startLine = 1;
  /** Depth of the values: 1 within an array, null before the first character that counts. */
  #base: 0 | 1 | null;
  isClosed = false;

  /** @param isList false = the values of an array are split, if it is one; true = they stand one after the other */
  constructor(isList: boolean) {
    this.#base = isList ? 0 : null;
  }

  /** Characters of a value that is not complete yet. */
  get pending(): number {
    return this.#kept.length;
  }

  push(piece: string): RecordText[] {
    const text = this.#kept + piece;
    const records: RecordText[] = [];
    let start = this.#start;
    let i = this.#at;
    const end = (upto: number) => {
      const record = text.slice(start, upto).trim();
      if (record !== '') records.push({ text: record, line: this.#startLine });
      start = -1;
    };
    for (; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (this.#isText) {
        // What follows a backslash may be in the next piece.
        if (code === BACKSLASH) i++;
        else if (code === QUOTE) this.#isText = false;
        else if (code === LINE_END) this.#line++;
        continue;
      }
      if (code === LINE_END) this.#line++;
      if (code <= 32 || code === BYTE_ORDER_MARK) continue;
      if (this.#base === null) {
        this.#base = code === OPEN_LIST ? 1 : 0;
        if (this.#base === 1) {
          this.#depth = 1;
          continue;
        }
      }
      const isAtBase = this.#depth === this.#base;
      if (isAtBase && (code === COMMA || (this.#base === 1 && code === CLOSE_LIST))) {
        if (start >= 0) end(i);
        if (code === CLOSE_LIST) {
          this.isClosed = true;
          // What follows the array is no part of it.
          this.#base = 0;
          this.#depth = 0;
        }
        continue;
      }
      if (start < 0) {
        start = i;
        this.#startLine = this.#line;
      }
      if (code === QUOTE) this.#isText = true;
      else if (code === OPEN || code === OPEN_LIST) this.#depth++;
      else if (code === CLOSE || code === CLOSE_LIST) {
        if (this.#depth > this.#base) this.#depth--;
        if (this.#depth === this.#base && this.#base === 0) end(i + 1);
      }
    }
    const from = start < 0 ? text.length : start;
    this.#kept = text.slice(from);
    this.#at = i - from;
    this.#start = start < 0 ? -1 : 0;
    return records;
  }

  /** What is left at the end of the file. */
  finish(): RecordText | null {
    const text = this.#kept.trim();
    return text === '' ? null : { text, line: this.#startLine, isCut: true };
  }
}

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const OPEN = 123;
const CLOSE = 125;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const LINE_END = 10;
const BYTE_ORDER_MARK = 0xfeff;
