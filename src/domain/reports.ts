import type { PrivacyLedger } from './differential-privacy';
import type { Evaluated } from './evaluations';
import type { HiddenValues } from './hidden-values';
import type { Likeness } from './likeness';
import type { ModelMetrics } from './metrics';
import type { AuditState, ExposedRow } from './model-audit';
import type { PrivacyGuardSummary } from './privacy-guard';
import type { PrivacyTests } from './privacy-tests';
import type { InProject } from './projects';
import type { Provenance } from './provenance';
import type { Reconciled } from './reconcile-types';
import type { ReportLimits } from './report-limits';
import type { CheckedRule, TableRule } from './rules';

/** Shares of all rows by bins with round edges, those beyond the ends in the outer bins. */
export interface Histogram {
  /** One more than bins; dates in epoch milliseconds. */
  readonly edges: readonly number[];
  readonly steps: 'equal' | 'logarithmic';
  readonly isDate: boolean;
  /** Counted as the bins of `UnivariateChart` are. */
  readonly original: readonly number[];
  readonly synthetic: readonly number[];
  /** Rows without a value; null = there are none. */
  readonly missing: { readonly original: number; readonly synthetic: number } | null;
}

/**
 * One column's binned distributions, original and synthetic. Synthetic shares add up to 1, original ones nearly: counts of
 * fewer than 8 rows are 0, others rounded to 5 (`shownCount`).
 */
export interface UnivariateChart {
  readonly column: string;
  readonly accuracy: number;
  readonly accuracyMax: number;
  /** Bin labels in chart order. */
  readonly labels: readonly string[];
  readonly original: readonly number[];
  readonly synthetic: readonly number[];
  /** Of numbers and dates with more than 10 values; null = the bins above are drawn. Absent in earlier reports. */
  readonly histogram?: Histogram | null;
}

/** A pair's joint bin shares, counted as those of one column, row-major [rows of column 1][columns of column 2]. */
export interface BivariateChart {
  readonly column1: string;
  readonly column2: string;
  readonly accuracy: number;
  readonly accuracyMax: number;
  readonly labels1: readonly string[];
  readonly labels2: readonly string[];
  readonly original: readonly number[];
  readonly synthetic: readonly number[];
}

export interface PairScore {
  readonly column1: string;
  readonly column2: string;
  readonly accuracy: number;
  readonly accuracyMax: number;
}

export interface TrivariateScore {
  readonly columns: readonly [string, string, string];
  readonly accuracy: number;
  readonly accuracyMax: number;
}

/** Quantiles of a distance distribution: x ascending, y cumulative share 0…1. */
export interface DistanceCurve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** A pair that depends on each other less than in the original. */
export interface WeakerPair {
  readonly column1: string;
  readonly column2: string;
  /** Cramér's V of the original, 0…1. */
  readonly original: number;
  readonly synthetic: number;
}

/** How many pairs depend on each other notably in the original, and which of them lost of it; greatest loss first. */
export interface KeptDependences {
  readonly notable: number;
  readonly weaker: readonly WeakerPair[];
}

/** How the rows trained on and the synthetic rows keep a rule. */
export interface RuleScore extends Pick<TableRule, 'rule' | 'source' | 'state'> {
  readonly original: RuleShare;
  readonly synthetic: RuleShare;
}

/** Rows that a rule says something about, and those of them that keep it; original ones as `shownShare` shows them. */
export type RuleShare = Pick<CheckedRule, 'applicable' | 'kept'>;

/** How far accuracies would swing with other synthetic rows of the same generator; null = not computed. */
export interface ScoreErrors {
  readonly overall: number | null;
  readonly univariate: number | null;
  readonly bivariate: number | null;
  readonly trivariate: number | null;
}

/** What lists and pages need of a report at once. Aggregates only, never rows. */
export interface Report extends InProject {
  readonly id: string;
  /** Of the rows it is about: a synthetic dataset, or – see `evaluated` – a source. */
  readonly syntheticDatasetId: string;
  /** Of files that were compared without a generator; absent = of rows of a generator with what it learned from. */
  readonly evaluated?: Evaluated;
  readonly createdAt: string;
  readonly rows: { readonly training: number; readonly holdout: number; readonly synthetic: number };
  /** Rows per set that entered the distances; equal sizes (docs/metrics.md, Distances). */
  readonly distanceRows: number;
  /** Where the holdout came from. */
  readonly holdout: 'validation' | 'file' | 'none';
  readonly metrics: ModelMetrics;
  /** In the order of the generator's rules. */
  readonly rules: readonly RuleScore[];
  /** Columns whose cells in rules are epoch milliseconds. */
  readonly dateColumns: readonly string[];
  /** Columns that are compared; absent in reports of earlier versions, which hold their charts. */
  readonly columns?: number;
  /** Id of the file of its charts; absent = the record holds them, or they are gone. */
  readonly charts?: string;
  /** The synthetic rows were made without value protection. Absent = with it. */
  readonly unprotected?: boolean;
  /** The guarantee of a private training, and what it cost; absent = there is none. */
  readonly differentialPrivacy?: PrivacyLedger;
  /** What the privacy guard of the training saw; null = it did not watch, absent = not told. */
  readonly privacyGuard?: PrivacyGuardSummary | null;
  /** What attacks found out; absent = it was written by an earlier version. */
  readonly privacyTests?: PrivacyTests;
  /** What its model tells of the rows that it learned; absent = not asked: an earlier version, or rows of a file. */
  readonly modelAudit?: AuditState;
  /** Rows that stand out in the model, for the page alone; absent = not told. */
  readonly exposedRows?: readonly ExposedRow[];
  /** Training rows that stand most alone, of which a half was left out; absent = not told. */
  readonly isolatedRows?: number;
  /** How it came about; absent = it was written by an earlier version. */
  readonly provenance?: Provenance;
  /** What value protection hid of the rows trained on; absent = not told. */
  readonly hidden?: readonly HiddenValues[];
  /** How much was compared at most; absent = it was written by an earlier version. */
  readonly limits?: ReportLimits;
  /** Standard errors of the accuracies for the synthetic rows that were drawn; absent = not told. */
  readonly scoreErrors?: ScoreErrors;
  /** Columns whose type differs among the tables; absent = not told, or none. */
  readonly reconciled?: readonly Reconciled[];
  /** Sentences a person should read with the numbers (small samples, excluded columns, …). */
  readonly notes: readonly string[];
  readonly seconds: number;
}

/** What a report draws when it is opened: far more than the rest of it. */
export interface ReportCharts {
  /** Worst first. */
  readonly univariate: readonly UnivariateChart[];
  /** Worst first: of more than 300 pairs the 150 worst and the 150 of the strongest dependence in the original. */
  readonly bivariate: readonly BivariateChart[];
  readonly bivariateScores: readonly PairScore[];
  readonly dependences: KeptDependences;
  readonly trivariateScores: readonly TrivariateScore[];
  readonly distances: {
    readonly synTrn: DistanceCurve;
    readonly synHol: DistanceCurve | null;
    readonly trnHol: DistanceCurve | null;
  } | null;
  /** Absent in earlier reports. */
  readonly likeness?: Likeness;
}

/** Everything a report page draws. */
export interface WholeReport extends Report, ReportCharts {}
