import type { ColumnSchema } from '../../../src/domain/column-data';
import type { ResolvedEncodingType } from '../../../src/domain/columns';
import type { Cell, Rule, RuleOf } from '../../../src/domain/rules';
import type { Lattice } from '../encoding/lattices';
import type { PlaneBox, PlaneCells } from './plane-cells';

/** How generated rows keep the rules of a table: plain JSON, stored with the model (docs/rules.md, Keeping rules). */
export interface KeptRules {
  /** Rules that every generated row keeps. */
  readonly rules: readonly Rule[];
  /** Orders of dates and exclusions that chance may have brought though all rows keep them: not listed, checked alone. */
  readonly checks: readonly Rule[];
  /** Ranges of computed columns; rows of which cells are given need not keep them. Absent = none. */
  readonly limits?: readonly Rule[];
  /** Rules that nearly all rows keep and no step restores: rows that break one are drawn again but for a share. */
  readonly nearly: readonly NearlyRule[];
  /** Columns that are equal in a share of rows. Absent = none. */
  readonly equalShares?: readonly EqualShare[];
  /** Columns that the model learns beside those of the table. */
  readonly extras: readonly ExtraColumn[];
  /** What extra columns say of the columns that they tie: for the draw alone. */
  readonly ties: readonly Tie[];
  /** What makes columns agree, in this order. */
  readonly steps: readonly KeepingStep[];
}

/** A rule and the share of rows that break it. */
export interface NearlyRule {
  readonly rule: Rule;
  readonly share: number;
}

/** Two columns, and the share of the rows with both cells in which they are equal. */
export interface EqualShare {
  readonly rule: RuleOf<'often-equal'>;
  readonly share: number;
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

/** `flag` says `equal` or `other` of two columns, and is missing where one of them is. */
export interface EqualTie {
  readonly from: string;
  readonly to: string;
  readonly flag: string;
}

/** `cell` is the number of the box that the numbers of both columns lie in, and missing where one of them is. */
export interface CellTie {
  readonly from: string;
  readonly to: string;
  readonly cell: string;
  readonly boxes: readonly PlaneBox[];
}

/** `period` counts the stretches of days that a date lies in: that of one column, or of its year, month and day. */
export interface PeriodTie {
  readonly period: string;
  readonly columns: DateColumns;
  /** First days of the periods but the first, since 1970, ascending. */
  readonly starts: readonly number[];
}

/** A date column, or columns of year, month and day. */
export type DateColumns = readonly [string] | readonly [string, string, string];

export type Tie = RatioTie | EqualTie | CellTie | PeriodTie;

/** Texts of a flag. */
export const EQUAL = 'equal';
export const OTHER = 'other';

export type Measure =
  /** to − from of two dates in whole units of so many milliseconds. */
  | { readonly kind: 'gap'; readonly unit: number }
  /**
   * to / from, or to / (from · by), of two positive numbers that differ by at most this share of the larger; else missing.
   */
  | { readonly kind: 'ratio'; readonly tolerance: number; readonly by?: string }
  /** to / from of two positive numbers; else missing. */
  | { readonly kind: 'quotient' }
  /** The one of these rates at which `from` gives `to`, rounded; missing where none does. */
  | { readonly kind: 'rate'; readonly rates: readonly number[]; readonly unit: number }
  /** `to` less a sum of columns, where that is not more than the tolerance; else missing. */
  | {
      readonly kind: 'rest';
      readonly terms: readonly { readonly column: string; readonly factor: number }[];
      readonly tolerance: number;
      readonly decimals: number;
    }
  /** `equal` or `other`; missing where one of the two is. */
  | { readonly kind: 'equal' }
  /** Number of the cell of the plane that two numbers lie in; missing where one of them is. */
  | { readonly kind: 'cell'; readonly cells: PlaneCells }
  /** Number of the period that a date lies in; see `PeriodTie`. `from` and `to` are the first column in the table. */
  | { readonly kind: 'period'; readonly columns: DateColumns; readonly starts: readonly number[] };

/** Numbers offset + k · step, in units of a column's grid, where another column holds `cell`. */
export interface LevelLattice {
  readonly cell: Cell;
  readonly step: number;
  readonly offset: number;
}

/** How the numbers of a column are written. */
export interface PlaneAxis {
  readonly decimals: number | null;
  /** Widest step first and all integers last, in units of the grid; none without a grid. */
  readonly lattices: readonly Lattice[];
}

export type KeepingStep =
  /** A computed column; the first rule whose target is not given is used. */
  | {
      readonly kind: 'compute';
      /** Rows of which the rule does not hold, as a share: they stay as they are. */
      readonly share: number;
      readonly rules: readonly RuleOf<
        'linear' | 'product' | 'date-part' | 'age' | 'date-count' | 'thresholds' | 'extreme'
      >[];
      /** What the result is rounded to a multiple of; absent = the rules' decimals alone. */
      readonly increment?: number;
      /** So many of the first rules are as good; in each row the one whose column contributes most is used. Absent = 1. */
      readonly alternatives?: number;
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
      /**
       * Rows with combinations that are not listed are drawn again, of numbers and of these texts of each column in `by`:
       * others stand for protected ones. Absent = they stay.
       */
      readonly closed?: readonly (readonly string[])[];
      /** A missing cell is filled. */
      readonly fills: boolean;
      readonly share: number;
    }
  /** `to` takes the cell of `from` where `flag` says that the two are equal, or the other way round where `to` is given. */
  | { readonly kind: 'equal'; readonly from: string; readonly to: string; readonly flag: string }
  /** Numbers of two columns moved into their cell of the plane, on the lattices that they are on. */
  | {
      readonly kind: 'cell';
      readonly from: string;
      readonly to: string;
      readonly cell: string;
      readonly boxes: readonly PlaneBox[];
      readonly axes: readonly [PlaneAxis, PlaneAxis];
    }
  /** `cell` wherever `by` holds one of `values`. */
  | {
      readonly kind: 'set';
      readonly target: string;
      readonly cell: Cell;
      readonly by: string;
      readonly values: readonly Cell[];
    }
  /** Moved to the nearest of these values, which are in ascending order. */
  | { readonly kind: 'snap'; readonly target: string; readonly values: readonly number[] }
  /** Moved to the nearest number of the lattice that goes with the cell of `by`; 0 stays, and no other number becomes 0. */
  | {
      readonly kind: 'lattice';
      readonly target: string;
      readonly by: string;
      readonly decimals: number;
      readonly lattices: readonly LevelLattice[];
    }
  /** Rounded to multiples of the increment. */
  | { readonly kind: 'round'; readonly target: string; readonly increment: number };

export const NO_RULES: KeptRules = { rules: [], checks: [], nearly: [], extras: [], ties: [], steps: [] };
