/** What all encodings share: what they make of a column, and how they divide very many codes and draw values. */
import type { ColumnData } from '../../../src/domain/column-data';
import type { RareCategoryReplacementMethod } from '../../../src/domain/model-settings';
import { hash, hashText, pcg } from '../../../src/domain/random';

/** One integer code of a column: what a model sees. Codes are 0 … cardinality−1 and fit 16 bits. */
export interface SubColumn {
  /** Part of the column: `cat`, `value`, `bin`, `nan`, `year`, … */
  readonly name: string;
  /** Number of codes, at least 1. A sub-column of cardinality 1 holds nothing to learn but is valid. */
  readonly cardinality: number;
  /** Codes follow the order of the values (a null code, where there is one, is code 0). */
  readonly ordinal: boolean;
  /**
   * First code of each class of a sub-column with very many codes, ascending from 0: the model draws a class and then
   * one of its members (`planClasses`). Absent = no classes.
   */
  readonly classes?: readonly number[];
}

/** When a column has classes, and which. */
export interface ClassRule {
  /** A column of more codes has classes. */
  readonly maxPlain: number;
  /** So many of the most frequent categories are classes of one member. */
  readonly alone: number;
}

/** Measured in `bench/quality-log.md` ("Very many categories"). */
export const CLASS_RULE: ClassRule = { maxPlain: 400, alone: 100 };

/**
 * First code of each class, ascending, or null for a column without classes. The `special` codes and the next `alone`
 * ones are classes of one member. The rest is cut into about as many classes as each has members, with sizes that
 * differ by 1 at most.
 *
 * A softmax over all codes costs time in proportion to their number; one over the classes and one over the members of
 * a class cost about its root (hierarchical softmax: Goodman 2001, "Classes for fast maximum entropy training"). The
 * codes stay as they are: only the model's output has two levels.
 */
export function planClasses(codes: number, special: number, rule: ClassRule): number[] | null {
  if (codes <= rule.maxPlain) return null;
  const single = Math.min(codes, special + rule.alone);
  const starts = Array.from({ length: single }, (_, code) => code);
  const rest = codes - single;
  const classes = Math.ceil(Math.sqrt(rest));
  for (let k = 0; k < classes; k++) starts.push(single + Math.floor((k * rest) / classes));
  return starts;
}

export interface AnalyseOptions {
  /** Hide rare categories and extreme values (docs/encodings.md, Value protection). */
  readonly valueProtection: boolean;
  /** Lowest threshold of rarity that is drawn; absent = 5. */
  readonly rareThreshold?: number;
  readonly rareCategoryReplacementMethod: RareCategoryReplacementMethod;
  /** Of the protection thresholds and the imputation of nulls; give every column its own. Unsigned 32-bit. */
  readonly seed: number;
  /** As many bins as the rows allow, not fewer in step with their root: for numbers that follow another one closely. */
  readonly fineBins?: boolean;
  /** Keep no value: each is one subject's. Others of their form are made. */
  readonly identifiesSubjects?: boolean;
  /** [rows] numbers of the subjects that they belong to; absent = every row is a subject of its own. */
  readonly subjects?: Uint32Array | null;
  /** Rows of the column that are not learned: their values are not invented either. */
  readonly unseen?: ColumnData | null;
  /** [rows] 1 = the value follows from other columns, so that bins describe the other rows alone. Default: none. */
  readonly follows?: Uint8Array | null;
  /** Rows are coded by their values, not by rank (`rank-codes.ts`): for numbers that go with other columns exactly. */
  readonly exactCodes?: boolean;
  /** When and how codes get classes. Default `CLASS_RULE`. */
  readonly classRule?: ClassRule;
}

/** What the draws of one column depend on, beside the absolute row number: not on how rows are cut into blocks. */
export interface DecodeDraws {
  /** Seed of the generation run, unsigned 32-bit. */
  readonly seed: number;
  /** Position of the column in the table. */
  readonly column: number;
  /** Rows drawn in all; absent = as many as were learned from. */
  readonly rows?: number;
}

/**
 * How many rows or values protection hides, as a model keeps it: to tens. Exact numbers would give the thresholds away, and
 * whether one person more has a rare value. 0 = too few to say that there are any.
 * @param rows that hold them
 */
export function toldCount(count: number, rows: number, threshold: number): number {
  return rows < threshold ? 0 : Math.max(10, 10 * Math.round(count / 10));
}

const DECODE = hashText('decode');

/** Key of a column's draws, computed once per block. */
export function drawKey(draws: DecodeDraws): number {
  return hash(draws.seed, DECODE, draws.column);
}

/** Uniform in [0, 1) with 53 bits, of (key, absolute row, attempt). */
export function uniformOfRow(key: number, row: number, attempt: number): number {
  const base = pcg((key + row) >>> 0);
  const high = pcg((base + 2 * attempt) >>> 0) >>> 5;
  const low = pcg((base + 2 * attempt + 1) >>> 0) >>> 6;
  return (high * 67108864 + low) / 9007199254740992;
}
