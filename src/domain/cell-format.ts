/**
 * How the cells of a column are written in its file, told by typing (docs/import.md, Formats of cells) and used to write
 * synthetic cells the same way. Absent fields: plainly, as `numberText` writes.
 */
export interface CellFormat {
  /** Commonest spelling of "no value"; '' or absent = an empty cell. */
  readonly nullSpelling?: string;
  readonly number?: NumberFormat;
  readonly date?: DateFormat;
  /** Spellings of true and false. */
  readonly boolean?: { readonly yes: string; readonly no: string };
}

export interface NumberFormat {
  /** Decimal mark; absent = a point. */
  readonly decimal?: '.' | ',';
  /** Separator of thousands; absent = none. */
  readonly thousands?: string;
  /** Groups of two digits above the last three: 12,34,567. Absent = of three. */
  readonly grouping?: 'indian';
  /** Digits after the decimal mark that every value has at least: 2 for 4.00, 1 for pandas' 50000.0. */
  readonly minDecimals?: number;
  /** Digits after the decimal mark that no value exceeds. */
  readonly maxDecimals?: number;
  /** Before the number, after its sign, as it stands: "$", "€ ". */
  readonly prefix?: string;
  /** After the number, as it stands: " kg", "%". */
  readonly suffix?: string;
  /** Amounts below zero stand in brackets: (1,250.00). */
  readonly bracketed?: true;
}

export interface DateFormat {
  /**
   * Unicode date field symbols (UTS 35): yyyy yy MMMM MMM MM M dd d HH H hh h mm ss S… a (AM), offsets XXX (+02:00, Z for none) XX
   * X and xxx xx x (never Z), text in single quotes (a quote is doubled); "epoch-seconds" and "epoch-milliseconds" for counts from 1970.
   */
  readonly pattern: string;
  /** Language of the names of months (BCP 47); absent = English. Their spellings: `MONTH_NAMES`. */
  readonly locale?: string;
  /** Names of months in capitals, or in small letters; absent = as `MONTH_NAMES` spells them. */
  readonly monthCase?: 'upper' | 'lower';
  /** How "AM" is written; "PM" with a p for its a. Absent = AM. */
  readonly dayPeriod?: string;
  /** Offset from UTC in minutes that most values are written with; absent = none is written, or UTC. */
  readonly offsetMinutes?: number;
}
