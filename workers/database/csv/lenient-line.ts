/** Where the fields of a record lie. */
export interface FieldSpans {
  readonly fields: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** `QUOTING` of each. */
  readonly quoting: Uint8Array;
}

/**
 * Which quotes close a field of a line that breaks the rules.
 * - `before-delimiter`: one before a delimiter or the end of the line; a doubled one is part of the cell.
 * - `outermost`: the same, unless the next field holds a quote it does not begin with: `"say "hi", he said",2`.
 * - `any`: as `outermost`, and also the second of two: `"5"",2`.
 */
export const LENIENT_WAYS = ['before-delimiter', 'outermost', 'any'] as const;
export type LenientWay = (typeof LENIENT_WAYS)[number];

const SPACE = 32;
const TAB = 9;

/**
 * The fields of the line `bytes[begin … end)`, whose quotes are not doubled where they should be: `"6" bolt"` is
 * `6" bolt`. Null if a quoted field does not end within the line.
 */
export function readLeniently(
  bytes: Uint8Array,
  begin: number,
  end: number,
  delimiter: number,
  quote: number,
  way: LenientWay,
): FieldSpans | null {
  const starts: number[] = [];
  const ends: number[] = [];
  const quoting: number[] = [];
  let at = begin;
  for (;;) {
    const open = skipBlanks(bytes, at, end, delimiter);
    if (open < end && bytes[open] === quote) {
      const close = closingQuote(bytes, open + 1, end, delimiter, quote, way);
      if (close < 0) return null;
      starts.push(open + 1);
      ends.push(close);
      quoting.push(2);
      at = skipBlanks(bytes, close + 1, end, delimiter);
    } else {
      starts.push(at);
      while (at < end && bytes[at] !== delimiter) at++;
      ends.push(at);
      quoting.push(0);
    }
    if (at >= end) break;
    at++;
  }
  return {
    fields: starts.length,
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
    quoting: Uint8Array.from(quoting),
  };
}

function closingQuote(
  bytes: Uint8Array,
  from: number,
  end: number,
  delimiter: number,
  quote: number,
  way: LenientWay,
): number {
  for (let at = from; at < end; at++) {
    if (bytes[at] !== quote) continue;
    if (way !== 'any' && bytes[at + 1] === quote && at + 1 < end) {
      at++;
      continue;
    }
    const after = skipBlanks(bytes, at + 1, end, delimiter);
    if (after < end && bytes[after] !== delimiter) continue;
    if (way !== 'before-delimiter' && isInside(bytes, after + 1, end, delimiter, quote)) continue;
    return at;
  }
  return -1;
}

/** True if the field from `at` on holds a quote, but does not begin with one. */
function isInside(bytes: Uint8Array, at: number, end: number, delimiter: number, quote: number): boolean {
  let p = skipBlanks(bytes, at, end, delimiter);
  if (p >= end || bytes[p] === quote) return false;
  while (p < end && bytes[p] !== delimiter && bytes[p] !== quote) p++;
  return p < end && bytes[p] === quote;
}

function skipBlanks(bytes: Uint8Array, at: number, end: number, delimiter: number): number {
  let p = at;
  while (p < end && (bytes[p] === SPACE || bytes[p] === TAB) && bytes[p] !== delimiter) p++;
  return p;
}
