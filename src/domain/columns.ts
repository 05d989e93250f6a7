import type { CellFormat } from './cell-format';
import { FakeKind, FakeLocale, type PersonalData, type Writing, WrittenAs } from './writing';
import { z } from './zod';

/** How a column is stored once imported. `text` covers everything that is not one of the others. */
export const StorageType = z.enum(['integer', 'float', 'boolean', 'date', 'datetime', 'time', 'text']);
export type StorageType = z.infer<typeof StorageType>;

/**
 * How a model sees a column; names are those of MOSTLY AI's SDK (ModelEncodingType). `AUTO` lets
 * `decideEncoding` choose from the profile of the whole column.
 */
export const ModelEncodingType = z.enum([
  'AUTO',
  'TABULAR_CATEGORICAL',
  'TABULAR_NUMERIC_AUTO',
  'TABULAR_NUMERIC_DISCRETE',
  'TABULAR_NUMERIC_BINNED',
  'TABULAR_DATETIME',
  'TABULAR_NUMERIC_DIGIT',
  'TABULAR_CHARACTER',
  'TABULAR_LAT_LONG',
  'TABULAR_DATETIME_RELATIVE',
]);
export type ModelEncodingType = z.infer<typeof ModelEncodingType>;

/**
 * What AUTO, TABULAR_NUMERIC_AUTO and TABULAR_DATETIME_RELATIVE end as: the types an encoder exists for. A relative date is
 * a date whose distance to another one is learned with it (docs/encodings.md, Relative dates).
 */
export const ResolvedEncodingType = ModelEncodingType.exclude([
  'AUTO',
  'TABULAR_NUMERIC_AUTO',
  'TABULAR_DATETIME_RELATIVE',
]);
export type ResolvedEncodingType = z.infer<typeof ResolvedEncodingType>;

/** One bar of a column's small histogram. */
export interface HistogramBar {
  /** Lower edge (numbers; dates in epoch milliseconds UTC) or the category's text. */
  readonly label: string | number;
  /** Upper edge for numeric and date bars, `null` for categories. */
  readonly upper: number | null;
  readonly count: number;
}

/** A frequent value and how often it occurs. */
export interface TopValue {
  readonly value: string;
  readonly count: number;
}

/** Why a column seems to say whose rows they are. */
export interface SubjectEvidence {
  /** Distinct values. */
  readonly values: number;
  /** Rows per value. */
  readonly rowsEach: number;
  /** Names of the columns that are the same in all rows of a value. */
  readonly companions: readonly string[];
  /** The values are ways to reach somebody: e-mail addresses, phone numbers. */
  readonly isContact?: true;
}

/**
 * What is known of one imported column, computed in SQL over all rows. Dates are epoch milliseconds UTC in
 * `min`, `median`, `max`, `mean`. Non-finite floats are counted in `infiniteCount` and excluded from the moments.
 */
export interface ColumnProfile {
  /** Position in the source file, from 0. */
  readonly index: number;
  /** Name as in the file; may be empty or duplicated. Written back on export. */
  readonly originalName: string;
  /** Unique, non-empty, trimmed name used everywhere else. */
  readonly name: string;
  readonly storageType: StorageType;
  readonly rowCount: number;
  readonly nullCount: number;
  /** Distinct non-null values. */
  readonly distinctCount: number;
  /** Share of non-null rows whose value occurs at least 6 times (mostly shown under protection). */
  readonly nonRareShare: number;
  /** Share of non-null rows whose value occurs exactly once. */
  readonly uniqueShare: number;
  /** Number of distinct values that occur at least 6 times. */
  readonly nonRareDistinct: number;
  readonly infiniteCount: number;
  readonly min: number | null;
  readonly median: number | null;
  readonly mean: number | null;
  readonly max: number | null;
  /** Longest text form, in characters. */
  readonly maxLength: number;
  /** Text form of every value has the same length. */
  readonly fixedLength: boolean;
  /** True if every non-null value is a UUID in text form. */
  readonly looksLikeUuid: boolean;
  /** Integers beyond ±2^53, whose neighbours a double cannot tell apart. */
  readonly exceedsSafeInteger: boolean;
  readonly topValues: readonly TopValue[];
  readonly histogram: readonly HistogramBar[];
  /**
   * How many values do not read as what most do, with an example: of a text column most of whose values read as numbers
   * or dates, or of a column of these of which too few rows hold a text to show it; such cells are empty. `null`
   * otherwise.
   */
  readonly nearMiss: {
    readonly type: 'integer' | 'float' | 'boolean' | 'date' | 'datetime' | 'time';
    readonly count: number;
    readonly example: string;
    readonly line: number | null;
  } | null;
  /** Too few rows to show need decimals or a time where all others do without; absent = none, or enough. */
  readonly finer?: { readonly coarser: 'integer' | 'date'; readonly count: number };
  /** How its cells are written in the file; absent = plainly. */
  readonly format?: CellFormat;
  /** What of people its values are; absent = told from the frequent ones where it matters. */
  readonly personal?: PersonalData;
  /** The rows are sorted by it, nulls aside. */
  readonly order?: 'ascending' | 'descending';
  /** The schema of its file says that it tells rows apart. */
  readonly isKey?: true;
  /** The schema says that it and the other columns so marked tell rows apart together. */
  readonly isKeyPart?: true;
  /** For a column whose values are subjects of several rows each (customers, patients); `null` otherwise. */
  readonly subject: SubjectEvidence | null;
}

/** What a person may set per column. */
export const ColumnConfig = z.object({
  name: z.string().min(1),
  included: z.boolean().default(true),
  modelEncodingType: ModelEncodingType.default('AUTO'),
  /** How it is written without being learned; absent or `auto` = learned if it is included, and decided if it cannot be. */
  writtenAs: WrittenAs.optional(),
  /** What is made up where that is `fake`; absent = what the values look like. */
  fake: FakeKind.optional(),
  /** Names and addresses of which language; absent = that of the values. */
  locale: FakeLocale.optional(),
  /** The value of every row where `writtenAs` is `constant`; absent = none. */
  constant: z.string().max(10_000).optional(),
});
export type ColumnConfig = z.infer<typeof ColumnConfig>;

/** The outcome of typing one column. */
export interface EncodingDecision {
  readonly included: boolean;
  readonly encodingType: ResolvedEncodingType | null;
  /** The evidence in words, e.g. "412 distinct values, 99.7 % of rows not rare → discrete". */
  readonly evidence: string;
  /** `key`: excluded from modelling and regenerated. */
  readonly role: 'feature' | 'primary-key' | 'excluded';
  /** Its values are one subject's each: none is learned, others of their form are made. */
  readonly identifiesSubjects?: true;
  /** How it is written without being learned; absent = it is learned, or was decided before there was a choice. */
  readonly writing?: Writing;
  /** Part of the key that the file declares over several columns. */
  readonly isKeyPart?: true;
  /** Column of numbers that this one is coded together with, as coordinates are. Both name each other. */
  readonly pairedWith?: string;
  /** Column of dates that the distance of this one is learned from. */
  readonly relativeTo?: string;
}
