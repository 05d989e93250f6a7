import { UserError } from '../../../src/domain/errors';

/** What is asked for is not all there yet. */
export const NEED_MORE = -1;

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;

/** @param isMixed both CR and LF end a line */
export function endsLine(byte: number, isMixed: boolean): boolean {
  return byte === LF || (byte === CR && isMixed);
}

/** Where the line ends that `begin` is in, all of its end known; or NEED_MORE. */
function lineEndFrom(bytes: Uint8Array, begin: number, last: boolean, isMixed: boolean): number {
  let at = begin;
  while (at < bytes.length && !endsLine(bytes[at]!, isMixed)) at++;
  if (at >= bytes.length && !last) return NEED_MORE;
  return isMixed && bytes[at] === CR && at + 1 >= bytes.length && !last ? NEED_MORE : at;
}

/** The end of a line without the CRs before its LF. */
export function withoutReturns(bytes: Uint8Array, begin: number, at: number, isMixed: boolean): number {
  let end = at;
  while (!isMixed && end > begin && bytes[end - 1] === CR) end--;
  return end;
}

/** Where the line begins that follows the line end at `at`. */
function lineAfter(bytes: Uint8Array, at: number, isMixed: boolean): number {
  return isMixed && bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : at + 1;
}

/** Position of a quote that opens the field at `at`, or −1. @param quote −1 for none */
export function openingQuote(bytes: Uint8Array, at: number, quote: number, delimiter: number): number {
  if (quote < 0) return -1;
  let p = at;
  while ((bytes[p] === SPACE || bytes[p] === TAB) && bytes[p] !== delimiter) p++;
  return bytes[p] === quote ? p : -1;
}

/** A longer line is not a row of a table. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** @throws UserError `source/unreadable` for a line that goes on for so many bytes that it is no row */
export function assertNoEndlessLine(bytes: number, line: number): void {
  if (bytes <= MAX_LINE_BYTES) return;
  throw new UserError(
    'source/unreadable',
    `Line ${line} is longer than ${MAX_LINE_BYTES / 2 ** 20} MB. A delimited text file with one row per line was expected.`,
    { details: { line } },
  );
}

/** Where the line at `begin` ends without its line end, and where the next begins; null if its end is not among the bytes. */
export function lineAt(
  bytes: Uint8Array,
  begin: number,
  last: boolean,
  isMixed: boolean,
): { readonly end: number; readonly next: number } | null {
  const at = lineEndFrom(bytes, begin, last, isMixed);
  if (at === NEED_MORE) return null;
  return { end: withoutReturns(bytes, begin, at, isMixed), next: lineAfter(bytes, at, isMixed) };
}
