import type { NumberFormat } from '../../../src/domain/cell-format';
import { literal } from '../duckdb/sql';
import { BOOLEAN_PARSERS } from './boolean-parsers';
import type { ValueParser } from './value-parser';

/** `value` where the text has the shape, else NULL. */
export function guarded(text: string, shape: string, value: string): string {
  return `CASE WHEN regexp_full_match(${text}, ${literal(shape)}) THEN ${value} END`;
}

export const SIGN = '[+-]?';
/** No leading zeros: "007" is a code, not a number. */
export const WHOLE = '(?:0|[1-9][0-9]*)';
const EXPONENT = '(?:[eE][+-]?[0-9]+)?';
const INFINITY = `${SIGN}(?:[iI]nf(?:inity)?|INF(?:INITY)?)`;

/** Text that is an integer of any size; those beyond 64 bits do not parse but are recognised as such. */
export const INTEGER_SHAPE = `${SIGN}${WHOLE}`;

const integer = {
  id: 'integer',
  storageType: 'integer' as const,
  bytes: 'integer' as const,
  shape: INTEGER_SHAPE,
  sql: (text: string) => {
    const number = `TRY_CAST(${text} AS BIGINT)`;
    // A text that equals the printed number needs no check of its shape, which takes several times as long as the cast.
    return `CASE WHEN ${number}::VARCHAR = ${text} THEN ${number} ELSE ${guarded(text, INTEGER_SHAPE, number)} END`;
  },
};

/** SQL of the digits after a decimal mark; without an exponent, so that infinities have none either. */
export function digitsAfter(text: string, mark: '.' | ','): string {
  const at = `strpos(${text}, '${mark}')`;
  return `CASE WHEN ${text} IS NULL OR contains(${text}, 'e') OR contains(${text}, 'E') OR right(${text}, 1) > '9' THEN NULL
    WHEN ${at} > 0 THEN strlen(${text}) - ${at} ELSE 0 END`;
}

/** Two digits between two separators: 12,34,567. */
const INDIAN = /(?:^|\D)\d{1,2}([,.'’ \u00a0\u202f\u2009])\d{2}\1(?:\d{2}\1)*\d{3}(?!\d)/;

/** The marks that enough of the cells have. */
export function marksShown({
  decimal,
  thousands,
}: Pick<NumberFormat, 'decimal' | 'thousands'>): NonNullable<ValueParser['format']> {
  return (sample, needed) => {
    const isShown = (mark: string) => sample.filter((text) => text.includes(mark)).length >= needed;
    const number = {
      ...(decimal && isShown(decimal) && { decimal }),
      ...(thousands && isShown(thousands) && { thousands }),
      ...(thousands &&
        sample.filter((text) => INDIAN.test(text)).length >= needed && { grouping: 'indian' as const }),
    };
    return Object.keys(number).length > 0 ? { number } : {};
  };
}

/** Plain floats with one decimal mark. As second choice, one value must have a mark that cannot separate thousands. */
function float(decimal: '.' | ',', secondChoice: boolean): ValueParser {
  const mark = decimal === '.' ? '\\.' : ',';
  const shape = `${SIGN}(?:${WHOLE}(?:${mark}[0-9]*)?|${mark}[0-9]+)${EXPONENT}|${INFINITY}`;
  return {
    id: `float${decimal}`,
    storageType: 'float',
    ...(decimal === '.' && !secondChoice && { bytes: 'decimal' }),
    coarser: integer,
    shape,
    sql: (text) => {
      const careful = guarded(text, shape, finiteUnlessSpelled(text, swap(text, decimal, '')));
      return decimal === '.'
        ? `CASE WHEN ${startsPlain(text)} THEN ${finite(text)} ELSE ${careful} END`
        : careful;
    },
    decimals: (text) => digitsAfter(text, decimal),
    ...(decimal === ',' && {
      kind: 'decimal-comma',
      touches: (text: string) => `contains(${text}, ',')`,
      format: marksShown({ decimal }),
    }),
    ...(secondChoice && {
      evidence: (text: string) => `coalesce(bool_or(${isDecimal(text, decimal)}), false)`,
    }),
  };
}

/** SQL condition: the mark is there and cannot separate thousands. */
function isDecimal(text: string, decimal: '.' | ','): string {
  const mark = decimal === '.' ? '\\.' : ',';
  return `contains(${text}, '${decimal}') AND NOT regexp_full_match(${text}, '${SIGN}[1-9][0-9]{0,2}${mark}[0-9]{3}')`;
}

/**
 * Numbers with thousands separators. Where the mark is not the file's decimal one, “1,234” in every cell is a thousand: what
 * is below a thousandth would show. As second choice, where it is that mark, one value must prove the grouping: two
 * separators, a decimal mark after one, or, among integers, one without a separator.
 */
function grouped<Type extends 'integer' | 'float'>(
  decimal: '.' | ',',
  type: Type,
  secondChoice: boolean,
): ValueParser & { readonly storageType: Type } {
  const separator = decimal === '.' ? ',' : '.';
  const [group, mark] = decimal === '.' ? [',', '\\.'] : ['\\.', ','];
  // Or in the Indian way: 12,34,567.
  const whole = `(?:[1-9][0-9]{0,2}(?:${group}[0-9]{3})+|[1-9][0-9]?(?:${group}[0-9]{2})+${group}[0-9]{3}|0|[1-9][0-9]{0,2})`;
  const shape = type === 'integer' ? `${SIGN}${whole}` : `${SIGN}${whole}(?:${mark}[0-9]+)?`;
  const plain = (text: string) => swap(text, decimal, separator);
  return {
    id: `grouped-${type}${decimal}`,
    storageType: type,
    kind: 'thousands',
    touches: (text) => `contains(${text}, '${separator}')`,
    ...(type === 'float' && { coarser: grouped(decimal, 'integer', secondChoice) }),
    shape,
    format: marksShown({ thousands: separator, ...(decimal === ',' && { decimal }) }),
    ...(type === 'float' && { decimals: (text: string) => digitsAfter(text, decimal) }),
    sql: (text) =>
      guarded(text, shape, `TRY_CAST(${plain(text)} AS ${type === 'integer' ? 'BIGINT' : 'DOUBLE'})`),
    ...(secondChoice && {
      evidence: (text: string) => {
        const unmistakable = `regexp_matches(${text}, '${group}[0-9]{3}${group}|${group}[0-9]{3}${mark}')`;
        const more = type === 'integer' ? `NOT contains(${text}, '${separator}')` : isDecimal(text, decimal);
        return `coalesce(bool_or(${unmistakable} OR (${more})), false)`;
      },
    }),
  };
}

/** The text with its separators removed and its decimal mark made a point. */
function swap(text: string, decimal: '.' | ',', separator: '.' | ',' | ''): string {
  const bare = separator === '' ? text : `replace(${text}, '${separator}', '')`;
  return decimal === '.' ? bare : `replace(${bare}, ',', '.')`;
}

/**
 * Text that begins with 1–9, −1…−9 or "0.". If DuckDB casts it, and it has no underscores and no white space at its
 * end, it has the shape of a float: the check of the shape, several times as long as the cast, is not needed.
 */
function startsPlain(text: string): string {
  // One comparison after the other: DuckDB plans a disjunction of ranges five times as long, and runs it no faster.
  const first = `CASE WHEN ${text} >= '1' THEN ${text} < ':' WHEN ${text} >= '0.' THEN ${text} < '0/' WHEN ${text} >= '-1' THEN ${text} < '-:' ELSE false END`;
  return `CASE WHEN NOT contains(${text}, '_') AND right(${text}, 1) BETWEEN '.' AND '9' THEN ${first} ELSE false END`;
}

/** DuckDB reads 1e400 as infinity; here that is not a number. */
function finite(text: string): string {
  return `CASE WHEN isfinite(TRY_CAST(${text} AS DOUBLE)) THEN TRY_CAST(${text} AS DOUBLE) END`;
}

function finiteUnlessSpelled(text: string, plain: string): string {
  return `CASE WHEN contains(lower(${text}), 'inf') THEN TRY_CAST(${plain} AS DOUBLE) ELSE ${finite(plain)} END`;
}

/**
 * Number and boolean notations in the order they are tried.
 * @param decimal the file's decimal mark
 * @param pinned the person chose it: the other one is not tried
 */
export function numberParsers(decimal: '.' | ',', pinned: boolean): ValueParser[] {
  const other = decimal === '.' ? ',' : '.';
  const first = [
    ...BOOLEAN_PARSERS,
    integer,
    float(decimal, false),
    grouped(decimal, 'integer', false),
    grouped(decimal, 'float', false),
  ];
  if (pinned) return first;
  return [...first, float(other, true), grouped(other, 'integer', true), grouped(other, 'float', true)];
}
