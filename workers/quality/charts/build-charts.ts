import type { BivariateChart, UnivariateChart } from '../../../src/domain/reports';
import { shownCount } from '../../../src/domain/shown-counts';
import type { BinnedColumn } from '../accuracy/bin-column';
import { roundTo, type Score } from '../accuracy/distribution';
import { countBins, countPair, type PairScore } from '../accuracy/joint-scores';
import { type BinGroup, coarser, groupsOf } from './bin-groups';

/** Pairs that carry chart data; the others only a score (docs/metrics.md, Charts). */
export const MAX_PAIR_CHARTS = 300;

/** Original rows that a cell has on average, at least: in smaller tables bins are joined until it has. */
const ROWS_OF_CELL = 12;

/**
 * The overlay of one column: bins that occur, numbers and dates in order, categories by original share. Original counts
 * are as `shownCount` shows them.
 */
export function univariateChart(
  column: BinnedColumn,
  score: Score,
  density: UnivariateChart['density'],
): UnivariateChart {
  const counts = countBins(column.original, column.size);
  let groups: BinGroup[] | null = groupsOf(column, counts);
  let chosen = groups;
  while (groups && used(groups, counts) * ROWS_OF_CELL > column.original.length) {
    chosen = groups;
    groups = coarser(column, groups, counts);
  }
  chosen = groups ?? chosen;
  const synthetic = countBins(column.synthetic, column.size);
  const rows = chosen
    .map((group) => ({
      label: group.label,
      original: shownCount(sum(group, counts)),
      synthetic: sum(group, synthetic),
    }))
    .filter((row) => row.original > 0 || row.synthetic > 0);
  if (column.bins.kind === 'category') rows.sort((a, b) => b.original - a.original);
  return {
    column: column.name,
    accuracy: score.accuracy,
    accuracyMax: score.accuracyMax,
    labels: rows.map(({ label }) => label),
    original: rows.map((row) => share(row.original, column.original.length)),
    synthetic: rows.map((row) => share(row.synthetic, column.synthetic.length)),
    density,
  };
}

/** Strongest dependence first, then best accuracy. */
export function byDependence(a: PairScore, b: PairScore): number {
  return b.dependence - a.dependence || b.accuracy - a.accuracy;
}

/** The joint shares of one pair over the bins that occur; original counts are as `shownCount` shows them. */
export function bivariateChart(a: BinnedColumn, b: BinnedColumn, score: Score): BivariateChart {
  const [countsA, countsB] = [countBins(a.original, a.size), countBins(b.original, b.size)];
  let [down, across] = [groupsOf(a, countsA), groupsOf(b, countsB)];
  for (;;) {
    const [rows, columns] = [used(down, countsA), used(across, countsB)];
    if (rows * columns * ROWS_OF_CELL <= a.original.length) break;
    const [fewerRows, fewerColumns] = [coarser(a, down, countsA), coarser(b, across, countsB)];
    if (fewerRows && (rows >= columns || !fewerColumns)) down = fewerRows;
    else if (fewerColumns) across = fewerColumns;
    else break;
  }
  const original = countPair(a.original, b.original, a.size, b.size);
  const synthetic = countPair(a.synthetic, b.synthetic, a.size, b.size);
  const drawnA = countBins(a.synthetic, a.size);
  const drawnB = countBins(b.synthetic, b.size);
  const rows = down.filter((group) => shownCount(sum(group, countsA)) > 0 || sum(group, drawnA) > 0);
  const columns = across.filter((group) => shownCount(sum(group, countsB)) > 0 || sum(group, drawnB) > 0);
  const cells = (counts: Int32Array, shown: (count: number) => number, total: number) =>
    rows.flatMap((row) =>
      columns.map((column) => {
        let count = 0;
        for (const i of row.bins) for (const j of column.bins) count += counts[i * b.size + j]!;
        return share(shown(count), total);
      }),
    );
  return {
    column1: a.name,
    column2: b.name,
    accuracy: score.accuracy,
    accuracyMax: score.accuracyMax,
    labels1: rows.map(({ label }) => label),
    labels2: columns.map(({ label }) => label),
    original: cells(original, shownCount, a.original.length),
    synthetic: cells(synthetic, (count) => count, a.synthetic.length),
  };
}

/** Groups that original rows fall into. */
function used(groups: readonly BinGroup[], counts: ArrayLike<number>): number {
  return groups.filter((group) => sum(group, counts) > 0).length;
}

function sum({ bins }: BinGroup, counts: ArrayLike<number>): number {
  return bins.reduce((total, bin) => total + counts[bin]!, 0);
}

function share(count: number, rows: number): number {
  return roundTo(count / rows, 6);
}
