import type { BivariateChart, UnivariateChart } from '../../../src/domain/reports';
import type { BinnedColumn } from '../accuracy/bin-column';
import { roundTo, type Score } from '../accuracy/distribution';
import { countBins, countPair, type PairScore } from '../accuracy/joint-scores';
import { displayLabels } from './labels';

/** Pairs that carry chart data; the others only a score (docs/metrics.md, Charts). */
export const MAX_PAIR_CHARTS = 300;

/** The overlay of one column: bins that occur, numbers and dates in order, categories by original share. */
export function univariateChart(
  column: BinnedColumn,
  score: Score,
  density: UnivariateChart['density'],
): UnivariateChart {
  const original = countBins(column.original, column.size);
  const synthetic = countBins(column.synthetic, column.size);
  const labels = displayLabels(column.bins, original);
  const bins = usedBins(original, synthetic);
  if (column.bins.kind === 'category') bins.sort((a, b) => original[b]! - original[a]!);
  return {
    column: column.name,
    accuracy: score.accuracy,
    accuracyMax: score.accuracyMax,
    labels: bins.map((bin) => labels[bin]!),
    original: bins.map((bin) => share(original[bin]!, column.original.length)),
    synthetic: bins.map((bin) => share(synthetic[bin]!, column.synthetic.length)),
    density,
  };
}

/** Strongest dependence first, then best accuracy. */
export function byDependence(a: PairScore, b: PairScore): number {
  return b.dependence - a.dependence || b.accuracy - a.accuracy;
}

/** The joint shares of one pair over the bins that occur. */
export function bivariateChart(a: BinnedColumn, b: BinnedColumn, score: Score): BivariateChart {
  const originalA = countBins(a.original, a.size);
  const originalB = countBins(b.original, b.size);
  const rows = usedBins(originalA, countBins(a.synthetic, a.size));
  const columns = usedBins(originalB, countBins(b.synthetic, b.size));
  const labelsA = displayLabels(a.bins, originalA);
  const labelsB = displayLabels(b.bins, originalB);
  const shares = (counts: Int32Array, total: number) =>
    rows.flatMap((row) => columns.map((column) => share(counts[row * b.size + column]!, total)));
  return {
    column1: a.name,
    column2: b.name,
    accuracy: score.accuracy,
    accuracyMax: score.accuracyMax,
    labels1: rows.map((row) => labelsA[row]!),
    labels2: columns.map((column) => labelsB[column]!),
    original: shares(countPair(a.original, b.original, a.size, b.size), a.original.length),
    synthetic: shares(countPair(a.synthetic, b.synthetic, a.size, b.size), a.synthetic.length),
  };
}

function usedBins(original: Int32Array, synthetic: Int32Array): number[] {
  return Array.from(original, (_, bin) => bin).filter((bin) => original[bin]! > 0 || synthetic[bin]! > 0);
}

function share(count: number, rows: number): number {
  return roundTo(count / rows, 6);
}
