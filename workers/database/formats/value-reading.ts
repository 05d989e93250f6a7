import { noteOf } from './listed';
import type { ReadColumn, ValueType } from './table-format';

/** What times are counted in. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

/** How values are read from what a file stores. */
export type Reading =
  | { readonly kind: 'boolean' | 'integer' | 'uint32' | 'unsigned' | 'float' | 'float16' | 'date' }
  | { readonly kind: 'datetime'; readonly unit: TimeUnit }
  | { readonly kind: 'time'; readonly unit: TimeUnit }
  /** Whole numbers times 10 to the power of −scale. */
  | { readonly kind: 'decimal'; readonly scale: number; readonly precision: number }
  | { readonly kind: 'text' | 'bytes' | 'uuid' }
  /** A list or map, as JSON. */
  | { readonly kind: 'json' };

/** Digits of whole numbers that 64 bits hold in any case. */
const DIGITS_OF_64_BITS = 18;
/** Decimal digits that a double keeps. */
const DIGITS_OF_DOUBLE = 15;

/** What a reading makes of a column. */
export function columnOf(reading: Reading): Omit<ReadColumn, 'name'> {
  if (reading.kind === 'decimal') {
    const { scale, precision } = reading;
    // Longer whole numbers are told from their texts.
    if (scale <= 0) return { type: precision <= DIGITS_OF_64_BITS && scale === 0 ? 'integer' : null };
    return { type: 'float', format: { number: { minDecimals: scale, maxDecimals: scale } } };
  }
  // Told from their texts, which are times of day.
  if (reading.kind === 'time') return { type: null, isText: true };
  const types: Readonly<Record<Exclude<Reading['kind'], 'decimal' | 'time'>, ValueType>> = {
    boolean: 'boolean',
    integer: 'integer',
    uint32: 'integer',
    unsigned: 'unsigned',
    float: 'float',
    float16: 'float',
    date: 'date',
    datetime: 'datetime',
    text: 'text',
    bytes: 'text',
    uuid: 'text',
    json: 'text',
  };
  return { type: types[reading.kind] };
}

/** What is decided of columns that are not taken as they stand. */
export function readingNotes(
  columns: readonly { readonly name: string; readonly reading: Reading }[],
): string[] {
  const named = (holds: (reading: Reading) => boolean) =>
    columns.filter(({ reading }) => holds(reading)).map(({ name }) => name);
  const isLong = (reading: Reading) =>
    reading.kind === 'decimal' && reading.scale > 0 && reading.precision > DIGITS_OF_DOUBLE;
  const json = 'lists, maps or the like, read as JSON text.';
  const bytes = 'bytes, read as text, or as hexadecimal digits where they are none.';
  const digits = `decimals of more than ${DIGITS_OF_DOUBLE} digits, of which 15 to 17 are kept.`;
  return [
    ...noteOf(
      named(({ kind }) => kind === 'json'),
      `holds ${json}`,
      `hold ${json}`,
    ),
    ...noteOf(
      named(({ kind }) => kind === 'bytes'),
      `holds ${bytes}`,
      `hold ${bytes}`,
    ),
    ...noteOf(named(isLong), `holds ${digits}`, `hold ${digits}`),
  ];
}
