import type { SkipReason } from '../../../src/domain/sources';
import type { LineLog } from '../csv/line-log';

/** Bytes of a line that are kept to be shown. */
const KEPT_BYTES = 1_024;
const LF = 10;
const CR = 13;

/** Drops the first lines of a stream of bytes and lists those that are not blank. */
export class LineSkipper {
  readonly #lines: number;
  readonly #listed: number;
  readonly #isMixed: boolean;
  /** The byte before ended a line, and an LF after it is part of that end. */
  #isAfterReturn = false;
  readonly #log: LineLog;
  readonly #reason: (line: number) => SkipReason;
  #line = 1;
  #text: number[] = [];

  /**
   * @param lines to drop
   * @param isMixed lines end with CR, LF or CR LF; else with LF
   * @param reason why a line is none of the table
   * @param oneMore the line after them is dropped too, and not listed: it holds the names
   */
  constructor(
    lines: number,
    isMixed: boolean,
    log: LineLog,
    reason: (line: number) => SkipReason,
    oneMore = false,
  ) {
    this.#lines = lines + (oneMore ? 1 : 0);
    this.#listed = lines;
    this.#isMixed = isMixed;
    this.#log = log;
    this.#reason = reason;
  }

  /** @param last no bytes follow */
  take(bytes: Uint8Array, last: boolean): Uint8Array {
    let at = 0;
    while (at < bytes.length && (this.#line <= this.#lines || this.#isAfterReturn)) {
      const byte = bytes[at]!;
      if (this.#isAfterReturn) {
        this.#isAfterReturn = false;
        if (byte === LF) at++;
        continue;
      }
      at++;
      this.#isAfterReturn = this.#isMixed && byte === CR;
      if (byte === LF || this.#isAfterReturn) this.#close();
      else if (this.#text.length < KEPT_BYTES) this.#text.push(byte);
    }
    if (last && this.#line <= this.#lines) this.#close();
    return at === 0 ? bytes : bytes.subarray(at);
  }

  #close(): void {
    const text = Uint8Array.from(this.#text.at(-1) === 13 ? this.#text.slice(0, -1) : this.#text);
    const isBlank = text.every((byte) => byte === 32 || byte === 9);
    if (!isBlank && this.#line <= this.#listed) this.#log.add(this.#line, this.#reason(this.#line), text);
    this.#text = [];
    this.#line++;
  }
}
