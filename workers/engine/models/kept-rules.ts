import type { ColumnSchema } from '../../../src/domain/column-data';
import type { ResolvedEncodingType } from '../../../src/domain/columns';
import type { Cell, Rule, RuleOf } from '../../../src/domain/rules';

/** How generated rows keep the rules of a table: plain JSON, stored with the model (docs/rules.md, Keeping rules). */
export interface KeptRules {
  /** Rules that every generated row keeps. */
  readonly rules: readonly Rule[];
  /** Columns that the model learns beside those of the table. */
  readonly extras: readonly ExtraColumn[];
  /** What ratios say of the columns that they tie: for the draw alone. */
  readonly ties: readonly RatioTie[];
  /** What makes columns agree, in this order. */
  readonly steps: readonly KeepingStep[];
}

/** How two columns differ, learned as a column of its own. */
export interface ExtraColumn {
  readonly schema: ColumnSchema;
  readonly encodingType: ResolvedEncodingType;
  readonly from: string;
  readonly to: string;
  readonly measure: Measure;
}

/** `ratio` is to / from where the two are close, and missing where they are not. */
export interface RatioTie {
  readonly from: string;
  readonly to: string;
  readonly ratio: string;
  readonly tolerance: number;
}

export type Measure =
  /** to − from of two dates in whole units of so many milliseconds. */
  | { readonly kind: 'gap'; readonly unit: number }
  /** to / from of two positive numbers that differ by at most this share of the larger; else missing. */
  | { readonly kind: 'ratio'; readonly tolerance: number };

export type KeepingStep =
  /** A computed column; the first rule whose target is not given is used. */
  | {
      readonly kind: 'compute';
      readonly rules: readonly RuleOf<'linear' | 'product' | 'date-part' | 'age' | 'date-count'>[];
    }
  /** high = low + gap, or low = high − gap where high is given. */
  | {
      readonly kind: 'gap';
      readonly low: string;
      readonly high: string;
      readonly gap: string;
      readonly unit: number;
    }
  /** The cell that goes with the cells of other columns; rows with other combinations stay as they are. */
  | {
      readonly kind: 'look-up';
      readonly by: readonly string[];
      readonly target: string;
      readonly cells: readonly (readonly [readonly Cell[], Cell])[];
    }
  /** `cell` wherever `by` holds one of `values`. */
  | {
      readonly kind: 'set';
      readonly target: string;
      readonly cell: Cell;
      readonly by: string;
      readonly values: readonly Cell[];
    }
  /** Rounded to multiples of the increment. */
  | { readonly kind: 'round'; readonly target: string; readonly increment: number };

export const NO_RULES: KeptRules = { rules: [], extras: [], ties: [], steps: [] };
