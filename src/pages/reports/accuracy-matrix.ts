import type { WholeReport } from '../../domain/reports';

/** Column by column: its own accuracy and the mean over its pairs and triples, worst pairs first. */
export interface ColumnScore {
  readonly column: string;
  readonly univariate: number;
  readonly bivariate: number | null;
  readonly trivariate: number | null;
}

/** Mean accuracies per column, best single column first. */
export function columnScores(
  report: Pick<WholeReport, 'univariate' | 'bivariateScores' | 'trivariateScores'>,
): ColumnScore[] {
  const pairs = new Map<string, number[]>();
  const triples = new Map<string, number[]>();
  const add = (sums: Map<string, number[]>, column: string, accuracy: number) => {
    const sum = sums.get(column) ?? [0, 0];
    sums.set(column, [sum[0]! + accuracy, sum[1]! + 1]);
  };
  for (const { column1, column2, accuracy } of report.bivariateScores) {
    add(pairs, column1, accuracy);
    add(pairs, column2, accuracy);
  }
  for (const { columns, accuracy } of report.trivariateScores) {
    for (const column of columns) add(triples, column, accuracy);
  }
  const mean = (sum: number[] | undefined) => (sum ? sum[0]! / sum[1]! : null);
  return report.univariate
    .map(({ column, accuracy }) => ({
      column,
      univariate: accuracy,
      bivariate: mean(pairs.get(column)),
      trivariate: mean(triples.get(column)),
    }))
    .sort((a, b) => b.univariate - a.univariate);
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

/** Scores by how far they lie below what fresh rows would reach, furthest first. */
export function worstFirst<T extends { readonly accuracy: number; readonly accuracyMax: number }>(
  scores: readonly T[],
): T[] {
  return scores.toSorted((a, b) => a.accuracy - a.accuracyMax - (b.accuracy - b.accuracyMax));
}
