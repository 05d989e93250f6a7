/** Evidence of a report beside accuracies and distances: aggregates alone (docs/metrics.md). */
import type { Estimated } from './intervals';
import type { Distances } from './metrics';
import type { RuleKind } from './rules';

/** Strengths of all pairs of columns, 0…1: φK; row-major, 1 on the diagonal. */
export interface Correlations {
  readonly columns: readonly string[];
  readonly original: readonly number[];
  readonly synthetic: readonly number[];
}

/** The group of dimensions in which synthetic rows lie closest to training rows, against holdout rows. */
export interface Subspace {
  readonly kind: 'all' | 'related' | 'random';
  /** Dimensions of the group, and all. */
  readonly dims: number;
  readonly of: number;
  readonly metrics: Distances;
}

/** How the rows of one person go together, where people have several; accuracies as elsewhere (docs/metrics.md, Coherence). */
export interface Coherence {
  /** Mean of the three parts, each the mean of its columns. */
  readonly accuracy: number;
  readonly accuracyMax: number;
  /** The furthest below what fresh people reach first. */
  readonly columns: readonly ColumnCoherence[];
  readonly sequences: { readonly original: number; readonly synthetic: number };
}

interface Reached {
  readonly accuracy: number;
  readonly accuracyMax: number;
}

export interface ColumnCoherence {
  readonly column: string;
  /** A row and the next one of the same person. */
  readonly next: Reached;
  /** How many different values a person has. */
  readonly distinctCategories: Reached;
  /** How many people have each value. */
  readonly sequencesPerCategory: Reached;
}

/** Where the points of the sets lie in the first three principal components of the training rows. */
export interface Pca {
  /** Share of the variance of the training rows, by component. */
  readonly explained: readonly number[];
  /** Means of the sets by component. */
  readonly centroids: {
    readonly training: readonly number[];
    readonly synthetic: readonly number[];
    readonly holdout: readonly number[] | null;
  };
  readonly panels: readonly PcaPanel[];
}

/**
 * Densities of two components, each a square of cells: a text for each row of them from the lowest y, of `a` … `i` for tenths of the
 * largest density of the set, and `.` for less, or where fewer than 8 people of the original are.
 */
export interface PcaPanel {
  /** From 1: along x, along y. */
  readonly components: readonly [number, number];
  /** What is drawn. */
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly training: readonly string[];
  readonly synthetic: readonly string[];
  readonly holdout: readonly string[] | null;
}

/** Absent parts could not be computed, or were not asked for. */
export interface Likeness {
  readonly correlations?: Correlations;
  readonly subspace?: Subspace;
  /** Null = fewer than three dimensions. */
  readonly pca?: Pca | null;
  /** Absent where people have one row each, or nothing tells whose a synthetic row is. */
  readonly coherence?: Coherence;
  /** Rows of each set that the discriminator was learned of; absent = not told. */
  readonly discriminatorRows?: number;
  readonly sdmetrics?: SdMetrics;
  /** For several targets; empty without a holdout, or without a column to predict. */
  readonly usefulness?: readonly Usefulness[];
  readonly detection?: Detection;
  readonly statistics?: readonly ColumnStatistics[];
  /** The most frequent first. */
  readonly missing?: readonly MissingPattern[];
  readonly duplicates?: Duplicates;
}

/** SDMetrics' Quality and Diagnostic reports by its formulas (docs/metrics.md, SDMetrics). */
export interface SdMetrics {
  readonly quality: {
    /** Mean of the two that exist. */
    readonly score: number | null;
    readonly columnShapes: number | null;
    /** Of the pairs that depend on each other in the original. */
    readonly columnPairTrends: number | null;
  };
  readonly diagnostic: {
    readonly score: number;
    readonly dataValidity: number | null;
    readonly dataStructure: number;
    /** Mean of the columns that have a format, and of the kinds of rules; in no score of SDMetrics. Absent in earlier reports. */
    readonly formatValidity?: number | null;
    readonly constraintValidity?: number | null;
    /** Share of rows whose primary key no earlier row has; part of the data validity. Absent = there is no key. */
    readonly keyUniqueness?: number;
  };
  /** By kind, worst first. Absent in earlier reports. */
  readonly constraints?: readonly ConstraintKind[];
  readonly columns: readonly SdColumn[];
  /** Those of the original that are strong enough to count. */
  readonly pairs: readonly SdPair[];
  /** Pairs that are too weak in the original to count. */
  readonly weakPairs: number;
  /** Training rows by which pairs are compared; absent = not told. */
  readonly pairRows?: number;
}

export interface SdColumn {
  readonly column: string;
  readonly shapeMetric: 'KSComplement' | 'TVComplement';
  readonly shape: number | null;
  readonly validityMetric: 'BoundaryAdherence' | 'CategoryAdherence';
  readonly validity: number | null;
  /** How values are written in the original, and the share of synthetic values written so; absent = in no format. */
  readonly formatMetric?: 'Decimals' | 'DatetimeFormat' | 'TextForm';
  readonly format?: number;
}

/** How synthetic rows keep the rules of one kind. */
export interface ConstraintKind {
  readonly kind: RuleKind;
  readonly rules: number;
  /** Mean share of rows that keep a rule, of as many as in the original; and the lowest of one rule. */
  readonly validity: number;
  readonly lowest: number;
}

export interface SdPair {
  readonly column1: string;
  readonly column2: string;
  readonly metric: 'CorrelationSimilarity' | 'ContingencySimilarity';
  readonly score: number;
}

/** How well trees that learned of synthetic rows predict a column of holdout rows, beside those that learned of real ones. */
export interface Usefulness {
  readonly target: string;
  /** AUC of categories: mean of the most frequent values, each against all others. */
  readonly metric: 'AUC' | 'R²';
  readonly real: Estimated;
  readonly synthetic: Estimated;
  /** Rows learned of, as many real as synthetic ones, and rows predicted. */
  readonly rows: { readonly learned: number; readonly predicted: number };
  /** Shares of what all splits gained, the most important column of real rows first. */
  readonly importance: readonly {
    readonly column: string;
    readonly real: number;
    readonly synthetic: number;
  }[];
}

/** How well trees tell synthetic rows from real ones: classifier two-sample test, cross-validated AUC. ½ = not at all. */
export interface Detection {
  readonly synthetic: Estimated;
  /** The same for training against holdout rows; null = there is no holdout. */
  readonly reference: Estimated | null;
  /** The real rows that synthetic ones are told from. */
  readonly against: 'holdout' | 'training';
  /** Of each set. */
  readonly rows: number;
}

/** Figures of the values of one set. Null = too few to show, or none. Dates in epoch milliseconds. */
export interface ValueStatistics {
  readonly mean: number | null;
  readonly sd: number | null;
  /** At 5, 25, 50, 75 and 95 %. */
  readonly quantiles: readonly number[] | null;
  /** Share of rows without a value. */
  readonly empty: number;
  /** Distinct values of categories; of the original those that 8 people have. */
  readonly distinct: number | null;
}

export interface ColumnStatistics {
  readonly column: string;
  readonly kind: 'number' | 'datetime' | 'category';
  readonly original: ValueStatistics;
  readonly synthetic: ValueStatistics;
}

/** Rows that lack the values of the same columns. */
export interface MissingPattern {
  /** Without a value; empty = all are there. */
  readonly columns: readonly string[];
  /** Shares of rows; of the original 0 for fewer than 8 people. */
  readonly original: number;
  readonly synthetic: number;
}

/** Shares of rows that are the same in all compared columns; counts of fewer than 8 are 0. */
export interface Duplicates {
  /** That repeat an earlier row of their set. */
  readonly training: number;
  readonly holdout: number | null;
  readonly synthetic: number;
  /** That equal a row of training, or of holdout. */
  readonly syntheticInTraining: number;
  readonly syntheticInHoldout: number | null;
  readonly holdoutInTraining: number | null;
}
