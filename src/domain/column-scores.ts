import type { WholeReport } from './reports';
import { gapOf } from './worst-first';

/** Column by column: its own accuracy and the mean over its pairs and triples. */
export interface ColumnScore {
  readonly column: string;
  readonly univariate: number;
  /** What fresh real rows reach. */
  readonly reachable: number;
  readonly bivariate: number | null;
  readonly trivariate: number | null;
  /** How far its accuracies lie below those of fresh real rows, on average. */
  readonly gap: number;
}

type Scored = Parameters<typeof gapOf>[0];

/**
 * Mean accuracies per column, worst first: by how far the column alone, and on average its pairs and triples, lie below what
 * fresh real rows reach.
 */
export function columnScores(
  report: Pick<WholeReport, 'univariate' | 'bivariateScores' | 'trivariateScores'>,
): ColumnScore[] {
  const pairs = new Map<string, number[]>();
  const triples = new Map<string, number[]>();
  const add = (sums: Map<string, number[]>, column: string, score: Scored) => {
    const [accuracy, gap, count] = sums.get(column) ?? [0, 0, 0];
    sums.set(column, [accuracy! + score.accuracy, gap! + gapOf(score), count! + 1]);
  };
  for (const score of report.bivariateScores) {
    add(pairs, score.column1, score);
    add(pairs, score.column2, score);
  }
  for (const score of report.trivariateScores) {
    for (const column of score.columns) add(triples, column, score);
  }
  const mean = (sum: number[] | undefined, of: 0 | 1) => (sum ? sum[of]! / sum[2]! : null);
  return report.univariate
    .map((chart) => {
      const [ofPairs, ofTriples] = [pairs.get(chart.column), triples.get(chart.column)];
      const gaps = [gapOf(chart), mean(ofPairs, 1), mean(ofTriples, 1)].filter((gap) => gap !== null);
      return {
        column: chart.column,
        univariate: chart.accuracy,
        reachable: chart.accuracyMax,
        bivariate: mean(ofPairs, 0),
        trivariate: mean(ofTriples, 0),
        gap: gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length,
      };
    })
    .sort((a, b) => b.gap - a.gap);
}

/** Accuracies of all pairs, row-major, the single columns on the diagonal; NaN where a pair was not computed. */
export function accuracyMatrix(
  columns: readonly string[],
  report: Pick<WholeReport, 'univariate' | 'bivariateScores'>,
): number[] {
  const size = columns.length;
  const at = new Map(columns.map((column, index) => [column, index]));
  const cells = new Array<number>(size * size).fill(Number.NaN);
  const put = (column1: string, column2: string, accuracy: number) => {
    const a = at.get(column1);
    const b = at.get(column2);
    if (a === undefined || b === undefined) return;
    cells[a * size + b] = accuracy;
    cells[b * size + a] = accuracy;
  };
  for (const { column, accuracy } of report.univariate) put(column, column, accuracy);
  for (const { column1, column2, accuracy } of report.bivariateScores) put(column1, column2, accuracy);
  return cells;
}
