import { concatBytes } from '@noble/hashes/utils.js';
import { grown } from './growing-arrays';
import { LENIENT_WAYS, readLeniently } from './lenient-line';
import { assertNoEndlessLine, endsLine, lineAt, NEED_MORE, openingQuote, withoutReturns } from './line-ends';
import { type ExpectedFields, QUOTING, type RecordReceiver, type Separators } from './scanned-record';
import { NOT_SIMPLE, scanSimpleLine } from './simple-line';
import { holdsRows, startsWith } from './swallowed-rows';
import { readUsualRows } from './usual-rows';

/** In a longer quoted field the closing quote is missing. */
export const MAX_QUOTED_BYTES = 4 * 1024 * 1024;

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;
const BACKSLASH = 92;

/** Bytes of the next chunk that are looked at for the end of a record. */
const BRIDGE_BYTES = 1 << 16;

const NEVER_CLOSED = 'a quote is opened and never closed';
const STRAY_QUOTE = 'there is text after a closing quote, or a quote that is not doubled';

/**
 * Cuts a stream of UTF-8 bytes into records and fields. It respects quotes, reads every byte once and makes no strings:
 * a record is handed on as positions in a buffer. The receiver decides what a record means (number of fields, nulls).
 *
 * Rules: a field may be quoted after leading blanks; a quote inside is doubled, or follows a backslash where `escape`
 * says so; after the closing quote only blanks may follow. A line that breaks them is read leniently if exactly that
 * gives the expected number of fields (`lenient-line.ts`). Otherwise, and when a quote is never closed, the line it
 * began in is reported as malformed and reading resumes at the next line: one stray quote costs one row. A quoted field
 * whose lines are all rows by themselves counts as never closed.
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
  readonly #separators: Separators;
  readonly #lineEnd: number;
  /** Both CR and LF end a line. */
  readonly #isMixed: boolean;
  readonly #isEscaped: boolean;
  readonly #expected: ExpectedFields | null;
  /** Most lines can be read by `scanSimpleLine`. */
  readonly #isSimple: boolean;
  /** 1 for bytes that end a plain field, or must be looked at in one. */
  readonly #stops = new Uint8Array(256);
  #carry: Uint8Array = new Uint8Array(0);
  #line: number;
  #starts: Int32Array = new Int32Array(64);
  #ends: Int32Array = new Int32Array(64);
  #quoting: Uint8Array = new Uint8Array(64);
  #malformed = '';
  #linesInRecord = 0;
  #fields = 0;
  #end = 0;

  /**
   * @param firstLine number of the line the first byte belongs to
   * @param expected without it, nothing is read leniently
   */
  constructor(
    separators: Separators,
    receiver: RecordReceiver,
    firstLine = 1,
    expected: ExpectedFields | null = null,
  ) {
    const { delimiter, quote, newline } = separators;
    const encoder = new TextEncoder();
    const delimiterBytes = encoder.encode(delimiter);
    this.#delimiter = delimiterBytes[0]!;
    this.#delimiterRest = delimiterBytes.slice(1);
    this.#mergesDelimiters = separators.mergeDelimiters === true;
    this.#comment = encoder.encode(separators.comment ?? '');
    this.#quote = quote === '' ? -1 : quote.charCodeAt(0);
    this.#receiver = receiver;
    this.#separators = separators;
    this.#isMixed = newline === 'cr';
    this.#lineEnd = this.#isMixed ? CR : LF;
    this.#isEscaped = separators.escape === 'backslash';
    this.#line = firstLine;
    this.#expected = expected;
    this.#isSimple =
      !this.#isMixed && !this.#isEscaped && !this.#mergesDelimiters && delimiterBytes.length === 1;
    this.#stops[this.#delimiter] = 1;
    this.#stops[LF] = 1;
    if (this.#isMixed) this.#stops[CR] = 1;
    if (this.#isEscaped) this.#stops[BACKSLASH] = 1;
  }

  /** Takes the next bytes. Hands on complete records; the rest waits for the next call. */
  push(chunk: Uint8Array, last: boolean): void {
    let bytes = chunk;
    let from = 0;
    if (this.#carry.length > 0) {
      const { length } = this.#carry;
      bytes = concatBytes(this.#carry, chunk.subarray(0, BRIDGE_BYTES));
      if (chunk.length > BRIDGE_BYTES) {
        // The record that two chunks share is read from a piece of both: chunks are long, and a copy costs as much as reading.
        from = this.#read(bytes, 0, length, false);
        bytes = from < length ? concatBytes(this.#carry.subarray(from), chunk) : chunk;
        from = Math.max(0, from - length);
      }
    }
    from = this.#read(bytes, from, bytes.length, last);
    this.#carry = last ? new Uint8Array(0) : bytes.slice(from);
    assertNoEndlessLine(this.#carry.length, this.#line);
  }

  /** Reads the records that begin at `from … end − 1` and are all there; returns where the first one begins that is not. */
  #read(bytes: Uint8Array, from: number, end: number, last: boolean): number {
    const expected = this.#expected;
    let at = from;
    while (at < end) {
      const { usual } = this.#receiver;
      if (usual && this.#isSimple && this.#comment.length === 0) {
        const read = readUsualRows(usual, bytes, at, end, this.#line, this.#delimiter, this.#quote);
        this.#line += read.rows;
        at = read.next;
        if (at >= end) break;
      }
      if (this.#comment.length > 0) {
        if (at + this.#comment.length > bytes.length && !last) break;
        if (startsWith(bytes, at, this.#comment)) {
          const line = lineAt(bytes, at, last, this.#isMixed);
          if (line === null) break;
          this.#receiver.comment?.(this.#line++, bytes.subarray(at, line.end));
          at = line.next;
          continue;
        }
      }
      let next = this.#scanSimple(bytes, at);
      if (next === NOT_SIMPLE) next = this.#scan(bytes, at, last);
      if (next === NEED_MORE) break;
      const isWrong =
        expected !== null && (this.#fields > expected.columns || this.#fields < expected.minimum);
      if (this.#malformed !== '') {
        next = this.#mendLine(bytes, at, last);
        if (next === NEED_MORE) break;
      } else if (!(isWrong && this.#mendRecord(bytes, at))) this.#handOn(bytes, at, '');
      at = next;
    }
    return at;
  }

  #handOn(bytes: Uint8Array, begin: number, mended: string): void {
    this.#receiver.record({
      bytes,
      fields: this.#fields,
      starts: this.#starts,
      ends: this.#ends,
      quoting: this.#quoting,
      line: this.#line,
      begin,
      end: this.#end,
      mended,
    });
    this.#line += this.#linesInRecord;
  }

  /** Reads one record from `begin` as `#scan` would, if it is a simple line; returns where the next begins, or NOT_SIMPLE. */
  #scanSimple(bytes: Uint8Array, begin: number): number {
    if (!this.#isSimple) return NOT_SIMPLE;
    const spans = { starts: this.#starts, ends: this.#ends, quoting: this.#quoting };
    const room = spans.starts.length - 1;
    const fields = scanSimpleLine(bytes, begin, this.#delimiter, this.#quote, spans, 0, 1, room);
    if (fields === NOT_SIMPLE) return NOT_SIMPLE;
    const next = spans.starts[fields]!;
    this.#fields = fields;
    this.#end = withoutReturns(bytes, begin, next - 1, false);
    this.#malformed = '';
    this.#linesInRecord = 1;
    return next;
  }

  /** Reads one record from `begin`; returns where the next begins, or NEED_MORE. */
  #scan(bytes: Uint8Array, begin: number, last: boolean): number {
    const delimiter = this.#delimiter;
    const stops = this.#stops;
    const isPlain = !this.#isMixed && !this.#isEscaped;
    const length = bytes.length;
    const rest = this.#delimiterRest;
    let at = begin;
    this.#fields = 0;
    this.#malformed = '';
    this.#linesInRecord = 1;
    if (this.#mergesDelimiters) while (at < length && bytes[at] === delimiter) at++;
    for (;;) {
      if (this.#fields === this.#starts.length) {
        [this.#starts, this.#ends] = [grown(this.#starts), grown(this.#ends)];
        this.#quoting = grown(this.#quoting);
      }
      const field = this.#fields++;
      const quote = openingQuote(bytes, at, this.#quote, this.#delimiter);
      if (quote >= 0) {
        at = this.#scanQuoted(bytes, quote, field, last);
        if (at === NEED_MORE || this.#malformed !== '') return at;
      } else {
        this.#starts[field] = at;
        this.#quoting[field] = QUOTING.plain;
        // Two comparisons beat the look-up of `#stops` by a fifth.
        if (isPlain) while (at < length && bytes[at] !== delimiter && bytes[at] !== LF) at++;
        else while (at < length && stops[bytes[at]!] === 0) at++;
        while (!isPlain && bytes[at] === BACKSLASH && this.#isEscaped && at < length) {
          this.#quoting[field] = QUOTING.escaped;
          // A backslash before a line end is the last character of its cell.
          const next = bytes[at + 1];
          at += next === LF || next === CR ? 1 : 2;
          while (at < length && stops[bytes[at]!] === 0) at++;
        }
        if (rest.length > 0) {
          // The first byte of a longer delimiter may stand alone.
          while (at < length && bytes[at] === delimiter && !startsWith(bytes, at + 1, rest)) {
            if (at + rest.length >= length && !last) return NEED_MORE;
            at++;
            while (at < length && stops[bytes[at]!] === 0) at++;
          }
        }
        if (at > length) at = length;
        this.#ends[field] = at;
      }
      if (at >= length) {
        if (!last) return NEED_MORE;
        this.#endRecord(bytes, begin, at, field);
        return at;
      }
      if (bytes[at] !== delimiter) {
        this.#endRecord(bytes, begin, at, field);
        if (!this.#isMixed || bytes[at] === LF) return at + 1;
        if (at + 1 >= length && !last) return NEED_MORE;
        return bytes[at + 1] === LF ? at + 2 : at + 1;
      }
      at += 1 + rest.length;
      if (this.#mergesDelimiters) {
        while (at < length && bytes[at] === delimiter) at++;
        if (at + 1 >= length && !last) return NEED_MORE;
        const crlf = bytes[at] === CR && (at + 1 >= length || bytes[at + 1] === LF);
        if (at >= length || endsLine(bytes[at]!, this.#isMixed) || crlf) {
          this.#end = this.#ends[field]!;
          return Math.min(length, at + (crlf ? 2 : 1));
        }
      }
    }
  }

  /** Sets the end of a record and of its last field, without the CR of its line end. */
  #endRecord(bytes: Uint8Array, begin: number, at: number, field: number): void {
    let end = at;
    if (!this.#isMixed) {
      while (end > begin && bytes[end - 1] === CR) end--;
      if (this.#quoting[field] === QUOTING.plain || this.#quoting[field] === QUOTING.escaped) {
        this.#ends[field] = Math.max(this.#starts[field]!, end);
      }
    }
    this.#end = end;
  }

  /** Reads a quoted field; returns the position of the delimiter or line end after it. */
  #scanQuoted(bytes: Uint8Array, open: number, field: number, last: boolean): number {
    const quote = this.#quote;
    const delimiter = this.#delimiter;
    const lineEnd = this.#lineEnd;
    const isEscaped = this.#isEscaped;
    const length = bytes.length;
    const before = this.#linesInRecord;
    let at = open + 1;
    let kind: number = QUOTING.quoted;
    for (;;) {
      while (at < length && bytes[at] !== quote && !(isEscaped && bytes[at] === BACKSLASH)) {
        if (bytes[at] === lineEnd) this.#linesInRecord++;
        at++;
      }
      if (at - open > MAX_QUOTED_BYTES || (at >= length && last)) {
        this.#malformed = NEVER_CLOSED;
        return at;
      }
      if (at >= length || (at + 1 >= length && !last)) return NEED_MORE;
      if (bytes[at] !== quote) {
        kind = QUOTING.quotedEscaped;
        at += bytes[at + 1] === lineEnd ? 1 : 2;
        continue;
      }
      if (bytes[at + 1] !== quote) break;
      if (kind === QUOTING.quoted) kind = QUOTING.doubled;
      at += 2;
    }
    this.#starts[field] = open + 1;
    this.#ends[field] = at;
    this.#quoting[field] = kind;
    const close = at;
    at++;
    while (at < length && (bytes[at] === SPACE || bytes[at] === TAB) && bytes[at] !== delimiter) at++;
    if (!this.#isMixed && bytes[at] === CR) {
      let end = at;
      while (bytes[end] === CR) end++;
      if (end >= length && !last) return NEED_MORE;
      if (bytes[end] === LF || end >= length) at = end;
    }
    if (at >= length && !last) return NEED_MORE;
    const isNext = bytes[at] === delimiter && startsWith(bytes, at + 1, this.#delimiterRest);
    if (
      this.#linesInRecord - before > 1 &&
      holdsRows(bytes, open + 1, close, this.#delimiter, this.#isMixed, this.#expected)
    ) {
      this.#malformed = NEVER_CLOSED;
    } else if (at < length && !isNext && !endsLine(bytes[at]!, this.#isMixed)) {
      this.#malformed = STRAY_QUOTE;
    }
    return at;
  }

  /** Hands on the malformed record at `begin` as its one line read leniently, or reports that line; returns the next. */
  #mendLine(bytes: Uint8Array, begin: number, last: boolean): number {
    const line = lineAt(bytes, begin, last, this.#isMixed);
    if (line === null) return NEED_MORE;
    const { end, next } = line;
    const reason = this.#malformed;
    const field = this.#fields - 1;
    this.#malformed = '';
    this.#linesInRecord = 1;
    if (this.#readAs(bytes, begin, end)) {
      this.#handOn(bytes, begin, 'a quote inside a quoted cell is not doubled');
    } else {
      this.#receiver.malformed(this.#line, field, reason, bytes.subarray(begin, end));
      this.#line++;
    }
    return next;
  }

  /** Hands on a record of a wrong number of fields in another reading that has the right one; false if there is none. */
  #mendRecord(bytes: Uint8Array, begin: number): boolean {
    const text = bytes.subarray(begin, this.#end);
    if (this.#quote >= 0 && this.#linesInRecord === 1 && text.includes(this.#quote)) {
      const [fields, end] = [this.#fields, this.#end];
      if (this.#readAs(bytes, begin, end)) {
        this.#handOn(bytes, begin, 'a quote inside a quoted cell is not doubled');
        return true;
      }
      this.#scan(bytes.subarray(0, end), begin, true);
      [this.#fields, this.#end] = [fields, end];
    }
    return !this.#isMixed && text.includes(CR) && this.#splitAtReturns(text);
  }

  /** Sets the fields of the line `bytes[begin … end)` if one lenient way of reading has the expected number of them. */
  #readAs(bytes: Uint8Array, begin: number, end: number): boolean {
    if (this.#expected === null || this.#quote < 0) return false;
    if (this.#delimiterRest.length > 0 || this.#mergesDelimiters) return false;
    const { columns, minimum } = this.#expected;
    for (const way of LENIENT_WAYS) {
      const spans = readLeniently(bytes, begin, end, this.#delimiter, this.#quote, way);
      if (spans === null || spans.fields < minimum || spans.fields > columns) continue;
      this.#starts = spans.starts;
      this.#ends = spans.ends;
      this.#quoting = spans.quoting;
      this.#fields = spans.fields;
      this.#end = end;
      return true;
    }
    return false;
  }

  /** A line in which lone CRs end rows: hands them on if all have the right number of fields. */
  #splitAtReturns(text: Uint8Array): boolean {
    const { columns, minimum } = this.#expected!;
    const separators: Separators = { ...this.#separators, newline: 'cr' };
    let isRight = true;
    const check = (isPart: boolean) => {
      isRight &&= isPart;
    };
    const counter: RecordReceiver = {
      record: ({ fields }) => check(fields >= minimum && fields <= columns),
      malformed: () => check(false),
    };
    new RecordScanner(separators, counter).push(text, true);
    if (!isRight) return false;
    const record: RecordReceiver['record'] = (part) => this.#receiver.record({ ...part, line: this.#line });
    new RecordScanner(separators, { record, malformed: () => undefined }).push(text, true);
    this.#line += this.#linesInRecord;
    return true;
  }
}
