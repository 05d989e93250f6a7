import type { WholeReport } from '../../../src/domain/reports';
import type { Fixture } from './adult';

/** Largest deviation of accuracy or accuracyMax from the reference, over all its rows of one kind. */
export interface Deviations {
  readonly univariate: number;
  readonly bivariate: number;
  readonly trivariate: number;
}

interface Named {
  readonly accuracy: number;
  readonly accuracyMax: number;
}

/**
 * Compares score by score.
 *
 * @throws Error if the reference has a column, pair or triple that `report` lacks, or the other way round
 */
export function deviations(report: WholeReport, fixture: Fixture): Deviations {
  return {
    univariate: deviation(
      new Map(report.univariate.map((score) => [key([score.column]), score])),
      fixture.univariate.rows.map(([column, ...scores]) => ({ name: key([column]), scores })),
    ),
    bivariate: deviation(
      new Map(report.bivariateScores.map((score) => [key([score.column1, score.column2]), score])),
      fixture.bivariate.rows.map(([a, b, , ...scores]) => ({ name: key([a, b]), scores })),
    ),
    trivariate: deviation(
      new Map(report.trivariateScores.map((score) => [key(score.columns), score])),
      fixture.trivariate.rows.map(([a, b, c, ...scores]) => ({ name: key([a, b, c]), scores })),
    ),
  };
}

function key(columns: readonly string[]): string {
  return columns
    .map((column) => column.replace(/^tgt::/, ''))
    .sort()
    .join(' × ');
}

function deviation(
  ours: ReadonlyMap<string, Named>,
  theirs: readonly { name: string; scores: [number, number] }[],
): number {
  if (ours.size !== theirs.length) throw new Error(`${ours.size} scores, the reference has ${theirs.length}`);
  let largest = 0;
  for (const { name, scores } of theirs) {
    const score = ours.get(name);
    if (!score) throw new Error(`no score for ${name}`);
    largest = Math.max(
      largest,
      Math.abs(score.accuracy - scores[0]),
      Math.abs(score.accuracyMax - scores[1]),
    );
  }
  return largest;
}
