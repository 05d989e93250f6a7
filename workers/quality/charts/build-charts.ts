import type { BivariateChart, Histogram, UnivariateChart } from '../../../src/domain/reports';
import { worstFirst } from '../../../src/domain/worst-first';
import type { BinnedColumn } from '../accuracy/bin-column';
import { SPECIAL } from '../accuracy/bins';
import { roundTo, type Score } from '../accuracy/distribution';
import { countBins, type PairScore } from '../accuracy/joint-scores';
import { type BinGroup, coarser, groupsOf } from './bin-groups';
import type { OriginalRows } from './original-rows';

/** Pairs that carry chart data; the others only a score (docs/metrics.md, Charts). */
export const MAX_PAIR_CHARTS = 300;

/** People of the original that a cell has on average, at least: in smaller tables bins are joined until it has. */
const ROWS_OF_CELL = 12;

/**
 * The overlay of one column: bins that occur, numbers and dates in order, categories by original share, special ones last. Original counts
 * are as `OriginalRows` shows them.
 */
export function univariateChart(
  column: BinnedColumn,
  score: Score,
  histogram: Histogram | null,
  rows: OriginalRows,
): UnivariateChart {
  const counts = rows.peopleIn(column.original, column.size);
  let groups: BinGroup[] | null = groupsOf(column, counts);
  let chosen = groups;
  while (groups && used(groups, counts) * ROWS_OF_CELL > rows.people) {
    chosen = groups;
    groups = coarser(column, groups, counts);
  }
  chosen = groups ?? chosen;
  const synthetic = countBins(column.synthetic, column.size);
  const original = shownOf(column, chosen, rows);
  const bars = chosen
    .map((group, i) => ({ label: group.label, original: original[i]!, synthetic: sum(group, synthetic) }))
    .filter((bar) => bar.original > 0 || bar.synthetic > 0);
  if (column.bins.kind === 'category') {
    const isSpecial = ({ label }: { label: string }) => Number(SPECIAL.includes(label));
    bars.sort((a, b) => isSpecial(a) - isSpecial(b) || b.original - a.original);
  }
  return {
    column: column.name,
    accuracy: score.accuracy,
    accuracyMax: score.accuracyMax,
    labels: bars.map(({ label }) => label),
    original: bars.map((bar) => share(bar.original, column.original.length)),
    synthetic: bars.map((bar) => share(bar.synthetic, column.synthetic.length)),
    histogram,
  };
}

/** The pairs that get a chart: all, or half of as many as may have one by the worst score and half by the strongest dependence. */
export function chartedPairs(pairs: readonly PairScore[], max = MAX_PAIR_CHARTS): PairScore[] {
  if (pairs.length <= max) return [...pairs];
  const chosen = new Set(worstFirst(pairs).slice(0, Math.floor(max / 2)));
  for (const pair of pairs.toSorted((a, b) => b.dependence - a.dependence || a.accuracy - b.accuracy)) {
    if (chosen.size === max) break;
    chosen.add(pair);
  }
  return [...chosen];
}

/** The joint shares of one pair over the bins that occur; original counts are as `OriginalRows` shows them. */
export function bivariateChart(
  a: BinnedColumn,
  b: BinnedColumn,
  score: Score,
  original: OriginalRows,
): BivariateChart {
  const countsA = original.peopleIn(a.original, a.size);
  const countsB = original.peopleIn(b.original, b.size);
  let [down, across] = [groupsOf(a, countsA), groupsOf(b, countsB)];
  for (;;) {
    const [rows, columns] = [used(down, countsA), used(across, countsB)];
    if (rows * columns * ROWS_OF_CELL <= original.people) break;
    const [fewerRows, fewerColumns] = [coarser(a, down, countsA), coarser(b, across, countsB)];
    if (fewerRows && (rows >= columns || !fewerColumns)) down = fewerRows;
    else if (fewerColumns) across = fewerColumns;
    else break;
  }
  const rows = occurring(a, down, original);
  const columns = occurring(b, across, original);
  const cells = rows.length * columns.length;
  const [ofA, ofB] = [groupOfBin(a, rows), groupOfBin(b, columns)];
  const cellOf = (codesA: Uint8Array, codesB: Uint8Array) => {
    const cell = new Uint32Array(codesA.length);
    for (let i = 0; i < cell.length; i++) {
      const row = ofA[codesA[i]!]!;
      const column = ofB[codesB[i]!]!;
      cell[i] = row < rows.length && column < columns.length ? row * columns.length + column : cells;
    }
    return cell;
  };
  const shown = original.shownIn(cellOf(a.original, b.original), cells);
  const drawn = new Uint32Array(cells);
  for (const cell of cellOf(a.synthetic, b.synthetic)) if (cell < cells) drawn[cell]!++;
  return {
    column1: a.name,
    column2: b.name,
    accuracy: score.accuracy,
    accuracyMax: score.accuracyMax,
    labels1: rows.map(({ label }) => label),
    labels2: columns.map(({ label }) => label),
    original: shown.map((count) => share(count, a.original.length)),
    synthetic: Array.from(drawn, (count) => share(count, a.synthetic.length)),
  };
}

/** Groups that show in either set. */
function occurring(column: BinnedColumn, groups: readonly BinGroup[], rows: OriginalRows): BinGroup[] {
  const original = shownOf(column, groups, rows);
  const synthetic = countBins(column.synthetic, column.size);
  return groups.filter((group, i) => original[i]! > 0 || sum(group, synthetic) > 0);
}

/** Original rows of each group as they may be shown. */
function shownOf(column: BinnedColumn, groups: readonly BinGroup[], rows: OriginalRows): number[] {
  const group = groupOfBin(column, groups);
  const cellOf = new Uint8Array(column.original.length);
  for (let row = 0; row < cellOf.length; row++) cellOf[row] = group[column.original[row]!]!;
  return rows.shownIn(cellOf, groups.length);
}

/** By bin, position of its group; as many as there are groups = in none. */
function groupOfBin({ size }: BinnedColumn, groups: readonly BinGroup[]): Uint8Array {
  const group = new Uint8Array(size).fill(groups.length);
  groups.forEach(({ bins }, i) => {
    for (const bin of bins) group[bin] = i;
  });
  return group;
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
