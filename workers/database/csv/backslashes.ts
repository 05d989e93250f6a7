import type { Separators } from './scanned-record';

const BACKSLASH = 92;

/**
 * The text of a field in a file that escapes by backslash: before a quote, a delimiter, a backslash or a line end it
 * goes, elsewhere it is a character like any other (`C:\\new`, `\\N`). Doubled quotes become one as well.
 */
export function unescaped(field: Uint8Array, { delimiter, quote }: Separators): Uint8Array {
  const special = new Set([
    BACKSLASH,
    10,
    13,
    delimiter.charCodeAt(0),
    quote === '' ? 10 : quote.charCodeAt(0),
  ]);
  const text = new Uint8Array(field.length);
  let to = 0;
  for (let at = 0; at < field.length; at++) {
    const next = field[at + 1];
    if (field[at] === BACKSLASH && next !== undefined && special.has(next)) at++;
    else if (quote !== '' && field[at] === quote.charCodeAt(0) && next === field[at]) at++;
    text[to++] = field[at]!;
  }
  return text.subarray(0, to);
}
