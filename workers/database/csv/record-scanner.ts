import { concatBytes } from '@noble/hashes/utils.js';
import { UserError } from '../../../src/domain/errors';
import { grown } from './growing-arrays';

/** What tells fields and records apart. */
export interface Separators {
  /** One character, or a few that stand together. */
  readonly delimiter: string;
  /** One ASCII character, empty for none. */
  readonly quote: string;
  /** What ends a line: LF (or CRLF), or the lone CR of old Macintosh files. */
  readonly newline: 'lf' | 'cr';
  /** A run of the delimiter's first character counts as one, and those at the ends of a line as none. */
  readonly mergeDelimiters?: boolean | undefined;
  /** Lines that begin with it are no records. */
  readonly comment?: string | undefined;
}

/** Field `i` of a record is `bytes[starts[i] … ends[i])`. Valid only during the call. */
export interface ScannedRecord {
  readonly bytes: Uint8Array;
  readonly fields: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 0 plain, 1 quoted, 2 quoted with doubled quotes inside. */
  readonly quoting: Uint8Array;
  /** Line of its first byte, from 1. */
  readonly line: number;
  /** Where the whole record lies, without its line end. */
  readonly begin: number;
  readonly end: number;
}

export interface RecordReceiver {
  record(record: ScannedRecord): void;
  malformed(line: number, field: number, reason: string, text: Uint8Array): void;
  /** A line that is no record, because it begins with the mark of a comment. */
  comment?(line: number, text: Uint8Array): void;
}

/** In a longer quoted field the closing quote is missing. */
export const MAX_QUOTED_BYTES = 4 * 1024 * 1024;

/** A longer line is not a row of a table. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;
const NEED_MORE = -1;

/**
 * Cuts a stream of UTF-8 bytes into records and fields. It respects quotes, reads every byte once and makes no strings:
 * a record is handed on as positions in a buffer. The receiver decides what a record means (number of fields, nulls).
 *
 * Rules: a field may be quoted after leading blanks; a quote inside is doubled; after the closing quote only blanks may
 * follow. When a quote is never closed, or text follows the closing one, the line it began in is reported as malformed
 * and reading resumes at the next line: one stray quote costs one row.
 */
export class RecordScanner {
  /** First bytes; −1 for no quote. */
  readonly #delimiter: number;
  /** Bytes of the delimiter after the first. */
  readonly #delimiterRest: Uint8Array;
  readonly #mergesDelimiters: boolean;
  readonly #comment: Uint8Array;
  readonly #quote: number;
  readonly #receiver: RecordReceiver;
  readonly #lineEnd: number;
  #carry: Uint8Array = new Uint8Array(0);
  #line: number;
  #starts = new Int32Array(64);
  #ends = new Int32Array(64);
  #quoting = new Uint8Array(64);
  #malformed = '';
  #linesInRecord = 0;
  #fields = 0;
  #end = 0;

  /** @param firstLine number of the line the first byte belongs to */
  constructor(separators: Separators, receiver: RecordReceiver, firstLine = 1) {
    const { delimiter, quote, newline } = separators;
    const encoder = new TextEncoder();
    const delimiterBytes = encoder.encode(delimiter);
    this.#delimiter = delimiterBytes[0]!;
    this.#delimiterRest = delimiterBytes.slice(1);
    this.#mergesDelimiters = separators.mergeDelimiters === true;
    this.#comment = encoder.encode(separators.comment ?? '');
    this.#quote = quote === '' ? -1 : quote.charCodeAt(0);
    this.#receiver = receiver;
    this.#lineEnd = newline === 'cr' ? CR : LF;
    this.#line = firstLine;
  }

  /** Takes the next bytes. Hands on complete records; the rest waits for the next call. */
  push(chunk: Uint8Array, last: boolean): void {
    const bytes = this.#carry.length > 0 ? concatBytes(this.#carry, chunk) : chunk;
    let at = 0;
    while (at < bytes.length) {
      if (this.#comment.length > 0) {
        if (at + this.#comment.length > bytes.length && !last) break;
        if (startsWith(bytes, at, this.#comment)) {
          const resume = this.#passComment(bytes, at, last);
          if (resume === NEED_MORE) break;
          at = resume;
          continue;
        }
      }
      const next = this.#scan(bytes, at, last);
      if (next === NEED_MORE) break;
      if (this.#malformed !== '') {
        const resume = this.#skipLine(bytes, at, last);
        if (resume === NEED_MORE) break;
        at = resume;
        continue;
      }
      this.#receiver.record({
        bytes,
        fields: this.#fields,
        starts: this.#starts,
        ends: this.#ends,
        quoting: this.#quoting,
        line: this.#line,
        begin: at,
        end: this.#end,
      });
      this.#line += this.#linesInRecord;
      at = next;
    }
    this.#carry = last ? new Uint8Array(0) : bytes.slice(at);
    if (this.#carry.length > MAX_LINE_BYTES) {
      throw new UserError(
        'source/unreadable',
        `Line ${this.#line} is longer than ${MAX_LINE_BYTES / 2 ** 20} MB. A delimited text file with one row per line was expected.`,
        { details: { line: this.#line } },
      );
    }
  }

  /** Reads one record from `begin`; returns where the next begins, or NEED_MORE. */
  #scan(bytes: Uint8Array, begin: number, last: boolean): number {
    const delimiter = this.#delimiter;
    const lineEnd = this.#lineEnd;
    const length = bytes.length;
    const rest = this.#delimiterRest;
    let at = begin;
    this.#fields = 0;
    this.#malformed = '';
    this.#linesInRecord = 1;
    if (this.#mergesDelimiters) while (at < length && bytes[at] === delimiter) at++;
    for (;;) {
      if (this.#fields === this.#starts.length) this.#grow();
      const field = this.#fields++;
      const quote = this.#openingQuote(bytes, at);
      if (quote >= 0) {
        at = this.#scanQuoted(bytes, quote, field, last);
        if (at === NEED_MORE || this.#malformed !== '') return at;
      } else {
        const start = at;
        while (at < length && bytes[at] !== delimiter && bytes[at] !== lineEnd) at++;
        if (rest.length > 0) {
          // The first byte of a longer delimiter may stand alone.
          while (at < length && bytes[at] === delimiter && !startsWith(bytes, at + 1, rest)) {
            if (at + rest.length >= length && !last) return NEED_MORE;
            at++;
            while (at < length && bytes[at] !== delimiter && bytes[at] !== lineEnd) at++;
          }
        }
        this.#starts[field] = start;
        this.#ends[field] = at;
        this.#quoting[field] = 0;
      }
      if (at >= length) {
        if (!last) return NEED_MORE;
        this.#end = at;
        return at;
      }
      if (bytes[at] === lineEnd) {
        this.#end = at;
        if (lineEnd === LF && at > begin && bytes[at - 1] === CR) {
          this.#end = at - 1;
          if (this.#quoting[field] === 0 && this.#ends[field] === at) this.#ends[field] = at - 1;
        }
        return at + 1;
      }
      at += 1 + rest.length;
      if (this.#mergesDelimiters) {
        while (at < length && bytes[at] === delimiter) at++;
        if (at + 1 >= length && !last) return NEED_MORE;
        const crlf = lineEnd === LF && bytes[at] === CR && (at + 1 >= length || bytes[at + 1] === LF);
        if (at >= length || bytes[at] === lineEnd || crlf) {
          this.#end = this.#ends[field]!;
          return Math.min(length, at + (crlf ? 2 : 1));
        }
      }
    }
  }

  /** Hands the comment at `begin` on; returns the start of the next line. */
  #passComment(bytes: Uint8Array, begin: number, last: boolean): number {
    let at = begin;
    while (at < bytes.length && bytes[at] !== this.#lineEnd) at++;
    if (at >= bytes.length && !last) return NEED_MORE;
    const end = this.#lineEnd === LF && at > begin && bytes[at - 1] === CR ? at - 1 : at;
    this.#receiver.comment?.(this.#line, bytes.subarray(begin, end));
    this.#line++;
    return at + 1;
  }

  /** Position of a quote that opens the field at `at`, or −1. */
  #openingQuote(bytes: Uint8Array, at: number): number {
    if (this.#quote < 0) return -1;
    let p = at;
    while ((bytes[p] === SPACE || bytes[p] === TAB) && bytes[p] !== this.#delimiter) p++;
    return bytes[p] === this.#quote ? p : -1;
  }

  /** Reads a quoted field; returns the position of the delimiter or line end after it. */
  #scanQuoted(bytes: Uint8Array, open: number, field: number, last: boolean): number {
    const quote = this.#quote;
    const delimiter = this.#delimiter;
    const lineEnd = this.#lineEnd;
    const length = bytes.length;
    let at = open + 1;
    let kind = 1;
    for (;;) {
      while (at < length && bytes[at] !== quote) {
        if (bytes[at] === lineEnd) this.#linesInRecord++;
        at++;
      }
      if (at - open > MAX_QUOTED_BYTES || (at >= length && last)) {
        this.#malformed = 'a quote is opened and never closed';
        return at;
      }
      if (at >= length || (at + 1 >= length && !last)) return NEED_MORE;
      if (bytes[at + 1] !== quote) break;
      kind = 2;
      at += 2;
    }
    this.#starts[field] = open + 1;
    this.#ends[field] = at;
    this.#quoting[field] = kind;
    at++;
    while (at < length && (bytes[at] === SPACE || bytes[at] === TAB) && bytes[at] !== delimiter) at++;
    if (lineEnd === LF && bytes[at] === CR) {
      if (at + 1 >= length && !last) return NEED_MORE;
      if (bytes[at + 1] === LF || at + 1 >= length) at++;
    }
    if (at >= length) return last ? at : NEED_MORE;
    if (bytes[at] !== delimiter && bytes[at] !== lineEnd) {
      this.#malformed = 'there is text after a closing quote, or a quote that is not doubled';
    }
    return at;
  }

  /** Reports the line at `begin` as malformed; returns the start of the next. */
  #skipLine(bytes: Uint8Array, begin: number, last: boolean): number {
    let at = begin;
    while (at < bytes.length && bytes[at] !== this.#lineEnd) at++;
    if (at >= bytes.length && !last) return NEED_MORE;
    const end = this.#lineEnd === LF && at > begin && bytes[at - 1] === CR ? at - 1 : at;
    this.#receiver.malformed(this.#line, this.#fields - 1, this.#malformed, bytes.subarray(begin, end));
    this.#line++;
    this.#malformed = '';
    return at + 1;
  }

  #grow(): void {
    this.#starts = grown(this.#starts);
    this.#ends = grown(this.#ends);
    this.#quoting = grown(this.#quoting);
  }
}

function startsWith(bytes: Uint8Array, at: number, what: Uint8Array): boolean {
  for (let i = 0; i < what.length; i++) if (bytes[at + i] !== what[i]) return false;
  return true;
}
