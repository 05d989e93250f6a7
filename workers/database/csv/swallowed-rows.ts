import type { ExpectedFields } from './scanned-record';

const LF = 10;
const CR = 13;
/** So many delimiters at their right number in the lines of a quoted field are no coincidence. */
const MIN_SWALLOWED = 6;

/**
 * True if every whole line of the quoted field `bytes[from … to)` has as many delimiters as a row, so that a quote must be
 * missing.
 * @param isMixed lines end with CR, LF or CR LF; else with LF
 */
export function holdsRows(
  bytes: Uint8Array,
  from: number,
  to: number,
  delimiter: number,
  isMixed: boolean,
  expected: ExpectedFields | null,
): boolean {
  const wanted = (expected?.columns ?? 0) - 1;
  if (wanted < 1) return false;
  const endsLine = (byte: number) => byte === LF || (byte === CR && isMixed);
  let at = from;
  while (at < to && !endsLine(bytes[at]!)) at++;
  let total = 0;
  let found = 0;
  for (at++; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === delimiter) found++;
    else if (endsLine(byte)) {
      if (found !== wanted && !(found === 0 && isMixed && byte === LF)) return false;
      total += found;
      found = 0;
    }
  }
  return total >= MIN_SWALLOWED;
}

/** Whether the bytes from `at` on begin with others. */
export function startsWith(bytes: Uint8Array, at: number, what: Uint8Array): boolean {
  for (let i = 0; i < what.length; i++) if (bytes[at + i] !== what[i]) return false;
  return true;
}
