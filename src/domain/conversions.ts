/**
 * What was done to the texts of a column to read them as values, beyond plain numbers, ISO dates, true and false
 * (docs/import.md, Conversions).
 */
export const CONVERSION_KINDS = [
  'currency',
  'percent',
  'unit',
  'thousands',
  'decimal-comma',
  'brackets',
  'boolean',
  'date',
  'zone',
  'time',
  'epoch',
  'code',
] as const;
export type ConversionKind = (typeof CONVERSION_KINDS)[number];

/** A conversion of one column, decided on all its cells. */
export interface Conversion {
  /** Position in the file, from 0: the key of `CsvDialect.columns`. */
  readonly position: number;
  /** The column's name. */
  readonly column: string;
  readonly kind: ConversionKind;
  /** Cells whose text it concerns. */
  readonly cells: number;
  /** A made-up cell in the column's notation, and how it reads. */
  readonly example: readonly [before: string, after: string];
  /** Dates of which every one could have day and month the other way round; the order that was taken. */
  readonly order?: 'day-first' | 'month-first';
  /** A person undid it: the column is text, or for `code` the spelling means "no value". */
  readonly undone?: true;
}
