/** Evidence of a report beside accuracies and distances: aggregates alone (docs/metrics.md). */
import type { Distances } from './metrics';

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

/** Absent parts could not be computed, or were not asked for. */
export interface Likeness {
  readonly correlations?: Correlations;
  readonly subspace?: Subspace;
  readonly sdmetrics?: SdMetrics;
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
  };
  readonly columns: readonly SdColumn[];
  /** Those of the original that are strong enough to count. */
  readonly pairs: readonly SdPair[];
  /** Pairs that are too weak in the original to count. */
  readonly weakPairs: number;
}

export interface SdColumn {
  readonly column: string;
  readonly shapeMetric: 'KSComplement' | 'TVComplement';
  readonly shape: number | null;
  readonly validityMetric: 'BoundaryAdherence' | 'CategoryAdherence' | 'KeyUniqueness';
  readonly validity: number | null;
}

export interface SdPair {
  readonly column1: string;
  readonly column2: string;
  readonly metric: 'CorrelationSimilarity' | 'ContingencySimilarity';
  readonly score: number;
}
