import type { RareCategoryReplacementMethod } from '../../../src/domain/model-settings';

/** One integer code of a column: what a model sees. Codes are 0 … cardinality−1 and fit 16 bits. */
export interface SubColumn {
  /** Part of the column: `cat`, `value`, `bin`, `nan`, `year`, … */
  readonly name: string;
  /** Number of codes, at least 1. A sub-column of cardinality 1 holds nothing to learn but is valid. */
  readonly cardinality: number;
  /** Codes follow the order of the values (a null code, where there is one, is code 0). */
  readonly ordinal: boolean;
  /**
   * First code of each class of a sub-column with very many, ascending from 0: the model draws a class and then a
   * place in it (category-classes.ts). Absent = no classes.
   */
  readonly classes?: readonly number[];
}

/** From how many codes a column has classes, and how many of its frequent categories are a class of their own. */
export interface ClassRule {
  /** Most codes of a column without classes. */
  readonly most: number;
  readonly alone: number;
}

export interface AnalyseOptions {
  /** Hide rare categories and extreme values (docs/encodings.md, Value protection). */
  readonly valueProtection: boolean;
  readonly rareCategoryReplacementMethod: RareCategoryReplacementMethod;
  /** Of the protection thresholds and the imputation of nulls; give every column its own. Unsigned 32-bit. */
  readonly seed: number;
  /** When and how codes get classes. Default `CLASS_RULE`. */
  readonly classRule?: ClassRule;
}

/** Names the draws of one column: with the absolute row number they make decoding independent of blocks. */
export interface DecodeDraws {
  /** Seed of the generation run, unsigned 32-bit. */
  readonly seed: number;
  /** Position of the column in the table. */
  readonly column: number;
}

/** Highest cardinality of any sub-column: codes are stored in 16 bits. */
export const MAX_CARDINALITY = 65_535;
