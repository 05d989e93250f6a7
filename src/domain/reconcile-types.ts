/** Columns of one name that two files hold in different types: what is done to compare them, and how it is told. */
import type { StorageType } from './columns';
import { countText } from './number-marks';

/** What was done with a column of another type than the original's. */
export type Reconciling =
  /** Whole numbers in one file, decimals in the other. */
  | 'decimals'
  /** Texts are read as numbers, as dates or as times. */
  | 'read'
  /** A date with a time in one file, without in the other. */
  | 'days'
  /** true and false in one file, 1 and 0 or words in the other. */
  | 'truth'
  /** Numbers or dates are matched with the texts that the original writes for them. */
  | 'codes'
  /** Nothing makes one of the other: the column is left out. */
  | 'apart';

/** A table that is compared. */
export type ComparedSet = 'training' | 'holdout' | 'synthetic';

/** How a column of one table was brought to the original's type. */
export interface Reconciled {
  /** As the original calls it. */
  readonly column: string;
  readonly set: ComparedSet;
  readonly how: Reconciling;
  readonly original: StorageType;
  readonly type: StorageType;
  /** Values that could not be read and count as missing. */
  readonly unread: number;
}

const NUMBERS: readonly StorageType[] = ['integer', 'float'];
const DATES: readonly StorageType[] = ['date', 'datetime'];

/** What is to be done with a column of `other` type to compare it with one of the original's; null = nothing. */
export function reconciling(original: StorageType, other: StorageType): Reconciling | null {
  if (original === other) return null;
  const both = (types: readonly StorageType[]) => types.includes(original) && types.includes(other);
  if (both(NUMBERS)) return 'decimals';
  if (both(DATES)) return 'days';
  if (original === 'text') return other === 'boolean' ? 'truth' : 'codes';
  if (original === 'boolean') return NUMBERS.includes(other) || other === 'text' ? 'truth' : 'apart';
  if (other === 'text') return 'read';
  return NUMBERS.includes(original) && other === 'boolean' ? 'truth' : 'apart';
}

const TYPES: Readonly<Record<StorageType, string>> = {
  integer: 'whole numbers',
  float: 'decimal numbers',
  boolean: 'true or false',
  date: 'dates',
  datetime: 'dates with times',
  time: 'times of day',
  text: 'text',
};

const DONE: Readonly<Record<Reconciling, string>> = {
  decimals: 'They are compared as numbers.',
  read: 'The texts are read as such values.',
  days: 'They are compared by day.',
  truth: 'True is matched with 1 and yes, false with 0 and no.',
  codes: 'They are compared as text; a number is matched with the text that is written for it, as 1 with 01.',
  apart: 'The column is not compared.',
};

/** “`age` is text in b.csv and whole numbers in the original. …” @param file name of the table's file */
export function reconciledSentence(
  { column, how, original, set, type, unread }: Omit<Reconciled, 'unread'> & { readonly unread?: number },
  file: string,
): string {
  const lost =
    unread === undefined || unread === 0
      ? ''
      : ` ${countText(unread)} ${unread === 1 ? 'value' : 'values'} could not be read and ${unread === 1 ? 'counts' : 'count'} as missing.`;
  const start =
    set === 'training'
      ? `“${column}” is ${TYPES[type]} in ${file}, most of which are numbers as in the other files.`
      : `“${column}” is ${TYPES[type]} in ${file} and ${TYPES[original]} in the original.`;
  const done = set === 'training' ? 'It is compared as numbers.' : DONE[how];
  return `${start} ${done}${lost}`;
}
