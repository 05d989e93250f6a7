import type { SkipReason } from '../../../src/domain/sources';
import type { LineLog } from '../csv/line-log';

/** Bytes of a line that are kept to be shown. */
const KEPT_BYTES = 1_024;

/** Drops the first lines of a stream of bytes and lists those that are not blank. */
export class LineSkipper {
  readonly #lines: number;
  readonly #listed: number;
  readonly #lineEnd: number;
  readonly #log: LineLog;
  readonly #reason: (line: number) => SkipReason;
  #line = 1;
  #text: number[] = [];

  /**
   * @param lines to drop
   * @param lineEnd the byte that ends them
   * @param reason why a line is none of the table
   * @param oneMore the line after them is dropped too, and not listed: it holds the names
   */
  constructor(
    lines: number,
    lineEnd: number,
    log: LineLog,
    reason: (line: number) => SkipReason,
    oneMore = false,
  ) {
    this.#lines = lines + (oneMore ? 1 : 0);
    this.#listed = lines;
    this.#lineEnd = lineEnd;
    this.#log = log;
    this.#reason = reason;
  }

  /** @param last no bytes follow */
  take(bytes: Uint8Array, last: boolean): Uint8Array {
    let at = 0;
    while (this.#line <= this.#lines) {
      const end = bytes.indexOf(this.#lineEnd, at);
      for (const byte of bytes.subarray(at, end < 0 ? undefined : end)) {
        if (this.#text.length === KEPT_BYTES) break;
        this.#text.push(byte);
      }
      if (end < 0 && !last) return bytes.subarray(bytes.length);
      this.#close();
      if (end < 0) return bytes.subarray(bytes.length);
      at = end + 1;
    }
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
