import type { ScannedHead } from '../csv/scan-text';
import type { Separators } from '../csv/scanned-record';

const QUOTE = 34;
const BACKSLASH = 92;
const LF = 10;
const CR = 13;

/** What ends most lines: CR alone (`cr`), or LF with or without CR before it. Those in quoted cells do not count. */
export function newlineOf(head: Uint8Array): Separators['newline'] {
  if (!head.includes(CR)) return 'lf';
  let returns = 0;
  let feeds = 0;
  let isQuoted = false;
  for (let at = 0; at < head.length; at++) {
    const byte = head[at];
    if (byte === QUOTE) isQuoted = !isQuoted;
    if (byte === LF && !isQuoted) feeds++;
    if (byte !== CR) continue;
    while (head[at + 1] === CR) at++;
    if (!isQuoted && at + 1 < head.length && head[at + 1] !== LF) returns++;
  }
  // A file of one line and a CR at its end is cut at neither.
  return returns > feeds ? 'cr' : 'lf';
}

/** How a quote may be made part of a cell: by a second one, and by a backslash if one stands where it could. */
export function escapesOf(
  head: Uint8Array,
  quote: string,
  delimiter: string,
): readonly ('double' | 'backslash')[] {
  const escaped = [quote === '' ? -1 : quote.charCodeAt(0), delimiter.charCodeAt(0)];
  for (let at = head.indexOf(BACKSLASH); at >= 0; at = head.indexOf(BACKSLASH, at + 1)) {
    if (escaped.includes(head[at + 1] ?? -1)) return ['double', 'backslash'];
  }
  return ['double'];
}

/** True if cells are quoted, and well but for a few. */
export function isCoherent({ records, malformed, mended }: ScannedHead): boolean {
  let quoted = 0;
  for (const record of records) for (const is of record.quoted) if (is) quoted++;
  const well = quoted - mended;
  // A cell that begins and ends with a quote, whatever is between them, hardly holds either.
  if (malformed === 0) return quoted > 0;
  return well >= 2 && well >= mended && well >= 3 * malformed;
}
