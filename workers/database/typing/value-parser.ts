import type { CellFormat } from '../../../src/domain/cell-format';
import type { StorageType } from '../../../src/domain/columns';
import type { ConversionKind } from '../../../src/domain/conversions';
import type { BytesNotation } from '../csv/typed-column-builder';

/** One way to read a text as a value. */
export interface ValueParser {
  readonly id: string;
  readonly storageType: Exclude<StorageType, 'text'>;
  /** Regular expression for the whole trimmed text, in the subset that JavaScript and RE2 share. */
  readonly shape: string;
  /** SQL expression: the value of the text expression, NULL where it is not one. */
  readonly sql: (text: string) => string;
  /** Reads the same cells while the file is scanned, all or most of them; absent = by SQL alone. */
  readonly bytes?: BytesNotation;
  /** A notation of a plainer type that most values may have: whole numbers among numbers, dates among times. */
  readonly coarser?: Pick<ValueParser, 'sql'> & { readonly storageType: 'integer' | 'date' };
  /** SQL aggregate over all texts: whether this reading is believed. Absent = it is. */
  readonly evidence?: (text: string) => string;
  /** Whether a sample shows already that the evidence is there. */
  readonly proven?: (sample: readonly string[]) => boolean;
  /** What reading does to the texts; absent = they are plain. */
  readonly kind?: ConversionKind;
  /** SQL condition: reading changes the text; absent = every one. */
  readonly touches?: (text: string) => string;
  /** The same notation with day and month the other way round. */
  readonly rival?: Pick<ValueParser, 'sql'>;
  readonly order?: 'day-first' | 'month-first';
  /**
   * How cells of this notation are written, told from some of them; digits after the mark are counted in SQL. What fewer
   * than `needed` of them show is left out.
   */
  readonly format?: (sample: readonly string[], needed: number) => CellFormat;
  /** SQL expression: digits after the decimal mark of a text of this notation, NULL where an exponent has a say. */
  readonly decimals?: (text: string) => string;
}
