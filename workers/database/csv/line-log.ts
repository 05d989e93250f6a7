import type { SkippedLine, SkipReason } from '../../../src/domain/sources';
import { mendUtf8 } from '../dialect/decode-text';

/** So many lines are listed, and so much of each. */
export const MAX_LISTED = 200;
export const MAX_TEXT = 200;

/** The lines of a file that are no rows: all are counted, the first 200 listed. */
export class LineLog {
  readonly listed: SkippedLine[] = [];
  count = 0;
  readonly #decoder = new TextDecoder();

  add(line: number, reason: SkipReason, bytes: Uint8Array): void {
    this.count++;
    if (this.listed.length < MAX_LISTED)
      this.listed.push({ line, reason, text: excerpt(this.#decoder, bytes) });
  }
}

/** The start of a line. */
export function excerpt(decoder: TextDecoder, bytes: Uint8Array): string {
  return decoder
    .decode(mendUtf8(bytes.subarray(0, 4 * MAX_TEXT)).bytes)
    .slice(0, MAX_TEXT)
    .toWellFormed();
}
