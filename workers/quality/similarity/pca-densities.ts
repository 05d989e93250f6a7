import type { Pca, PcaPanel } from '../../../src/domain/likeness';
import { firstRowOfEach } from '../../../src/domain/number-subjects';
import { MIN_SHOWN_ROWS } from '../../../src/domain/shown-counts';
import { roundTo } from '../accuracy/distribution';
import type { ComparedSubjects } from '../distances/distance-metrics';
import type { PointSet } from '../distances/encode';
import type { PointSets } from '../distances/nearest-records';
import { principalComponents } from '../distances/principal-components';
import { percentile } from '../distances/quantile-encoding';
import { sampleRows } from '../distances/sampling';
import type { Pacer } from '../pacing';

/** Rows of each set, as in the reference. */
const MAX_ROWS = 10_000;
const COMPONENTS = 3;
/** Cells of a density, each way. */
const GRID = 40;
/** What is drawn: the middle 96 % of all sets, and so much beyond. */
const [LOW, HIGH, MARGIN] = [0.02, 0.98, 0.05];
/** Of tenths of the largest density. */
const LEVELS = '.abcdefghi';

type Projected = readonly [Float64Array, Float64Array, Float64Array];

/**
 * Densities of the sets in the first three principal components of the training rows (docs/metrics.md, Similarity). Null of fewer than
 * three dimensions.
 * @param people whose the rows of training and holdout are: one of each person is drawn; null = each is somebody's own
 */
export async function pcaDensities(
  points: PointSets,
  people: ComparedSubjects | null,
  seed: number,
  pacer: Pacer,
): Promise<Pca | null> {
  const { training, holdout, synthetic } = points;
  const { dims } = training;
  if (dims < COMPONENTS || training.rows === 0 || synthetic.rows === 0) return null;
  const sets = {
    training: taken(training, people?.training ?? null, seed),
    synthetic: taken(synthetic, null, seed),
    ...(holdout && { holdout: taken(holdout, people?.holdout ?? null, seed) }),
  };
  const { rows, data } = sets.training;
  const { mean, axes } = await principalComponents(data, rows, dims, COMPONENTS, pacer);
  const signed = axes.map(withSign);
  const project = (set: PointSet) => signed.map((axis) => projected(set, mean, axis)) as unknown as Projected;
  const all = {
    training: project(sets.training),
    synthetic: project(sets.synthetic),
    ...(sets.holdout && { holdout: project(sets.holdout) }),
  };
  await pacer.yield();
  const ranges = signed.map((_, k) => rangeOf(Object.values(all).map((set) => set[k]!)));
  const total = variances(sets.training, mean);
  const panels: PcaPanel[] = [];
  for (const [x, y] of [
    [0, 1],
    [0, 2],
  ] as const) {
    const levels = (set: Projected, needed: number) =>
      densityLevels(set[x]!, set[y]!, ranges[x]!, ranges[y]!, needed);
    panels.push({
      components: [x + 1, y + 1],
      ...{ x: ranges[x]!, y: ranges[y]! },
      training: levels(all.training, MIN_SHOWN_ROWS),
      synthetic: levels(all.synthetic, 0),
      holdout: all.holdout ? levels(all.holdout, MIN_SHOWN_ROWS) : null,
    });
    await pacer.yield();
  }
  const centroid = (set: Projected) => set.map((values) => roundTo(meanOf(values), 4));
  return {
    explained: all.training.map((values) => roundTo(total > 0 ? varianceOf(values) / total : 0, 4)),
    centroids: {
      training: centroid(all.training),
      synthetic: centroid(all.synthetic),
      holdout: all.holdout ? centroid(all.holdout) : null,
    },
    panels,
  };
}

function taken(points: PointSet, owners: Uint32Array | null, seed: number): PointSet {
  const { rows, dims, data } = points;
  const order = sampleRows(rows, rows, seed, 'principal components');
  const own = owners ? firstRowOfEach(owners, order) : order;
  const chosen = sampleRows(own.length, MAX_ROWS, seed, 'principal components').map((i) => own[i]!);
  const out = new Float64Array(chosen.length * dims);
  chosen.forEach((row, i) => {
    out.set(data.subarray(row * dims, (row + 1) * dims), i * dims);
  });
  return { rows: chosen.length, dims, data: out };
}

/** The axis whose largest coordinate is positive, as scikit-learn has it. */
function withSign(axis: Float64Array): Float64Array {
  const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? axis.map((value) => -value) : axis;
}

function projected({ rows, dims, data }: PointSet, mean: Float64Array, axis: Float64Array): Float64Array {
  const out = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let d = 0; d < dims; d++) out[row]! += (data[row * dims + d]! - mean[d]!) * axis[d]!;
  }
  return out;
}

function rangeOf(sets: readonly Float64Array[]): readonly [number, number] {
  const sorted = Float64Array.from(sets.flatMap((values) => [...values])).sort();
  return [roundTo(percentile(sorted, LOW) - MARGIN, 4), roundTo(percentile(sorted, HIGH) + MARGIN, 4)];
}

/**
 * Tenths of the largest density by cell, a text for each row from the lowest y: a Gaussian kernel by Scott's rule (1992,
 * Multivariate Density Estimation) on counts of cells.
 * @param needed rows whose kernels a cell must have the weight of; fewer are not told
 */
export function densityLevels(
  x: Float64Array,
  y: Float64Array,
  [x0, x1]: readonly [number, number],
  [y0, y1]: readonly [number, number],
  needed: number,
): string[] {
  const [width, height] = [(x1 - x0) / GRID, (y1 - y0) / GRID];
  const counts = new Float64Array(GRID * GRID);
  for (let i = 0; i < x.length; i++) {
    const [column, row] = [Math.floor((x[i]! - x0) / width), Math.floor((y[i]! - y0) / height)];
    if (column >= 0 && column < GRID && row >= 0 && row < GRID) counts[row * GRID + column]!++;
  }
  const weights = smoothed(counts, kernelOf(x, y, width, height));
  const highest = weights.reduce((largest, weight) => Math.max(largest, weight), 0);
  return Array.from({ length: GRID }, (_, row) =>
    Array.from(weights.subarray(row * GRID, (row + 1) * GRID), (weight) =>
      weight < needed || highest === 0 ? '.' : LEVELS[Math.min(9, Math.floor((10 * weight) / highest))]!,
    ).join(''),
  );
}

/** Weight of a row so many cells away, 1 in its own: exp(−½ d' H⁻¹ d), H = n^(−1/3) · covariance, at least a third of a cell wide. */
function kernelOf(x: Float64Array, y: Float64Array, width: number, height: number): Float64Array {
  const n = Math.max(1, x.length);
  const scale = n ** (-1 / 3);
  const [mx, my] = [meanOf(x), meanOf(y)];
  let xy = 0;
  for (let i = 0; i < x.length; i++) xy += ((x[i]! - mx) * (y[i]! - my)) / n;
  const a = Math.max((varianceOf(x) * scale) / width ** 2, 0.1);
  const b = Math.max((varianceOf(y) * scale) / height ** 2, 0.1);
  const limit = 0.99 * Math.sqrt(a * b);
  const c = Math.max(-limit, Math.min(limit, (xy * scale) / (width * height)));
  const determinant = a * b - c * c;
  const size = 2 * GRID - 1;
  return Float64Array.from({ length: size * size }, (_, i) => {
    const [dy, dx] = [Math.floor(i / size) - GRID + 1, (i % size) - GRID + 1];
    return Math.exp(-(b * dx * dx - 2 * c * dx * dy + a * dy * dy) / (2 * determinant));
  });
}

function smoothed(counts: Float64Array, kernel: Float64Array): Float64Array {
  const out = new Float64Array(counts.length);
  const size = 2 * GRID - 1;
  counts.forEach((count, cell) => {
    if (count === 0) return;
    const [row, column] = [Math.floor(cell / GRID), cell % GRID];
    for (let r = 0; r < GRID; r++) {
      const from = (r - row + GRID - 1) * size - column + GRID - 1;
      for (let c = 0; c < GRID; c++) out[r * GRID + c]! += count * kernel[from + c]!;
    }
  });
  return out;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function varianceOf(values: Float64Array): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
}

/** Of all dimensions together. */
function variances({ rows, dims, data }: PointSet, mean: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < data.length; at++) sum += (data[at]! - mean[at % dims]!) ** 2;
  return sum / Math.max(1, rows);
}
