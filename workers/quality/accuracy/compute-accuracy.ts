import { UserError } from '../../../src/domain/errors';
import type { Accuracy } from '../../../src/domain/metrics';
import type { TrivariateScore } from '../../../src/domain/reports';
import type { NamedColumn } from '../columns';
import { type Hooks, Pacer } from '../pacing';
import { binColumn } from './bin-column';
import { meanOf, type Score } from './distribution';
import { comparisonCount, type JointScores, scoreJoint } from './joint-scores';

export interface AccuracyInput {
  /** What the synthetic rows are measured against: training and holdout together, or training alone. */
  readonly original: readonly NamedColumn[];
  /** Columns are found by name; the original's types count. Others are ignored. */
  readonly synthetic: readonly NamedColumn[];
  /** Of token draws and of the choice of triples where there are more than 10,000. Default 1. */
  readonly seed?: number;
}

export interface AccuracyResult {
  readonly univariate: readonly (Score & { readonly column: string })[];
  readonly bivariate: readonly (Score & {
    readonly columns: readonly [string, string];
    /** Cramér's V of the original's bins. */
    readonly dependence: number;
  })[];
  readonly trivariate: readonly TrivariateScore[];
  readonly summary: Accuracy;
}

/**
 * Univariate, bivariate and trivariate accuracies of whole tables (docs/metrics.md), as mostlyai-qa computes them.
 *
 * @throws UserError `report/failed` if a set has no rows or the synthetic table lacks a column
 */
export async function computeAccuracy(input: AccuracyInput, hooks: Hooks = {}): Promise<AccuracyResult> {
  const seed = input.seed ?? 1;
  const pacer = new Pacer(hooks);
  const synthetic = new Map(input.synthetic.map((column) => [column.name, column.data]));
  const binned = input.original.map((column) => {
    const other = synthetic.get(column.name);
    if (!other) {
      throw new UserError(
        'report/failed',
        `The synthetic table has no column "${column.name}" to compare. Generate it anew from the same generator.`,
        { details: { column: column.name } },
      );
    }
    return binColumn(column, other, seed);
  });
  if (binned.some(({ original: o, synthetic: s }) => o.length === 0 || s.length === 0)) {
    throw new UserError('report/failed', 'There are no rows to compare: one of the tables is empty.');
  }
  pacer.expect(comparisonCount(binned.length));
  const joint = await scoreJoint(binned, seed, pacer);
  const names = binned.map(({ name }) => name);
  return { ...nameScores(joint, names), summary: summarize(joint) };
}

/** Scores with the names of their columns. */
export function nameScores(joint: JointScores, names: readonly string[]): Omit<AccuracyResult, 'summary'> {
  return {
    univariate: joint.univariate.map((score, i) => ({ column: names[i]!, ...score })),
    bivariate: joint.bivariate.map(({ columns: [a, b], ...score }) => ({
      columns: [names[a]!, names[b]!],
      ...score,
    })),
    trivariate: joint.trivariate.map(({ columns: [a, b, c], ...score }) => ({
      columns: [names[a]!, names[b]!, names[c]!],
      ...score,
    })),
  };
}

/** Means of the rounded scores; overall is the mean of those that exist. */
export function summarize(joint: JointScores): Accuracy {
  const mean = (scores: readonly Score[]) => meanOf(scores.map(({ accuracy }) => accuracy));
  const meanMax = (scores: readonly Score[]) => meanOf(scores.map(({ accuracyMax }) => accuracyMax));
  const parts = [mean(joint.univariate), mean(joint.bivariate), mean(joint.trivariate)] as const;
  const maxima = [meanMax(joint.univariate), meanMax(joint.bivariate), meanMax(joint.trivariate)] as const;
  return {
    overall: meanOf(parts),
    univariate: parts[0],
    bivariate: parts[1],
    trivariate: parts[2],
    overallMax: meanOf(maxima),
    univariateMax: maxima[0],
    bivariateMax: maxima[1],
    trivariateMax: maxima[2],
  };
}
