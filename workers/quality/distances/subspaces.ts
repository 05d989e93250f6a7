/*
 * Groups of dimensions, of which the reference reports the one with the highest share of synthetic rows closer to
 * training (docs/metrics.md, Worst group of dimensions).
 */

import { eigenvectors } from '../../../src/domain/eigenvectors';
import { RandomStream } from '../../../src/domain/random';
import type { PointSet } from './encode';
import type { PointSets } from './nearest-records';

/** With fewer dimensions there is one group: all. */
const MIN_DIMS = 11;
const GROUPS = 3;
/** With more, comparing each dimension with each would take longer than the report. */
const MAX_DIMS = 200;
/**
 * Products of coordinates that tell which dimensions belong together, of each set; beyond, rows are passed over. All rows of
 * 25,000 × 120: with few, weak correlations are chance, and groups differ from seed to seed.
 */
const MAX_PRODUCTS = 2e8;

/** Dimensions that are looked at by themselves, ascending. */
export interface DimensionGroup {
  readonly kind: 'related' | 'random';
  readonly dimensions: readonly number[];
}

/** Three groups of related dimensions, and three random ones; none of 10 dimensions and fewer, or more than 200. */
export function dimensionGroups({ training, holdout }: PointSets, seed: number): DimensionGroup[] {
  const { dims } = training;
  if (dims < MIN_DIMS || dims > MAX_DIMS) return [];
  const related = clusters(affinities(holdout ? [training, holdout] : [training], dims), dims, seed);
  const order = Array.from(new RandomStream(seed, 'random dimensions').permutation(dims));
  const random = Array.from({ length: GROUPS }, (_, g) =>
    order.slice(Math.round((g * dims) / GROUPS), Math.round(((g + 1) * dims) / GROUPS)).sort((a, b) => a - b),
  );
  const groups = [
    ...related.map((dimensions) => ({ kind: 'related' as const, dimensions })),
    ...random.map((dimensions) => ({ kind: 'random' as const, dimensions })),
  ];
  return groups.filter(({ dimensions }) => dimensions.length > 0);
}

/** The points in some of their dimensions, not scaled again. */
export function inDimensions({ rows, dims, data }: PointSet, group: readonly number[]): PointSet {
  const taken = new Float64Array(rows * group.length);
  for (let row = 0, at = 0; row < rows; row++) {
    for (const d of group) taken[at++] = data[row * dims + d]!;
  }
  return { rows, dims: group.length, data: taken };
}

/** |Pearson's correlation| of dimensions, 0 with themselves; row-major. */
function affinities(sets: readonly PointSet[], dims: number): Float64Array {
  const sums = new Float64Array(dims);
  const products = new Float64Array(dims * dims);
  let count = 0;
  for (const { rows, data } of sets) {
    const step = Math.max(1, Math.ceil((rows * dims * (dims + 1)) / 2 / MAX_PRODUCTS));
    for (let row = 0; row < rows; row += step) {
      const at = row * dims;
      for (let a = 0; a < dims; a++) {
        const value = data[at + a]!;
        sums[a]! += value;
        for (let b = 0; b <= a; b++) products[a * dims + b]! += value * data[at + b]!;
      }
      count++;
    }
  }
  const covariance = (a: number, b: number) =>
    products[Math.max(a, b) * dims + Math.min(a, b)]! - (sums[a]! * sums[b]!) / count;
  return Float64Array.from({ length: dims * dims }, (_, cell) => {
    const [a, b] = [Math.floor(cell / dims), cell % dims];
    const scale = Math.sqrt(covariance(a, a) * covariance(b, b));
    return a === b || !(scale > 1e-12) ? 0 : Math.abs(covariance(a, b)) / scale;
  });
}

/** Spectral clustering (von Luxburg 2007, "A tutorial on spectral clustering"): k-means of the normalised Laplacian's vectors. */
function clusters(affinity: Float64Array, dims: number, seed: number): number[][] {
  const degree = Float64Array.from({ length: dims }, (_, a) => {
    let sum = 1e-8;
    for (let b = 0; b < dims; b++) sum += affinity[a * dims + b]!;
    return sum;
  });
  const scaled = affinity.map(
    (value, cell) => value / Math.sqrt(degree[Math.floor(cell / dims)]! * degree[cell % dims]!),
  );
  const vectors = eigenvectors(scaled, dims).slice(0, GROUPS);
  const points = Array.from({ length: dims }, (_, d) =>
    vectors.map((vector) => vector[d]! / Math.sqrt(degree[d]!)),
  );
  const labels = kMeans(points, seed);
  return Array.from({ length: GROUPS }, (_, g) => labels.flatMap((label, d) => (label === g ? [d] : [])));
}

const TRIES = 10;
const ROUNDS = 50;

/** The best of ten clusterings into three (Lloyd 1982), begun at random points far from each other (k-means++). */
function kMeans(points: readonly (readonly number[])[], seed: number): number[] {
  const random = new RandomStream(seed, 'k-means');
  let best: { readonly cost: number; readonly labels: number[] } | null = null;
  for (let t = 0; t < TRIES; t++) {
    let centres = [points[random.below(points.length)]!.slice()];
    while (centres.length < GROUPS) {
      const far = points.map((point) => Math.min(...centres.map((centre) => squaredDistance(point, centre))));
      let left = random.uniform() * far.reduce((sum, value) => sum + value, 0);
      let next = 0;
      while (next < far.length - 1 && left > far[next]!) left -= far[next++]!;
      centres.push(points[next]!.slice());
    }
    let labels: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const nearest = points.map((point) =>
        indexOfLeast(centres.map((centre) => squaredDistance(point, centre))),
      );
      if (nearest.every((label, i) => label === labels[i])) break;
      labels = nearest;
      centres = centres.map((centre, g) => {
        const own = points.filter((_, i) => labels[i] === g);
        return own.length === 0
          ? centre
          : centre.map((_, k) => own.reduce((sum, p) => sum + p[k]!, 0) / own.length);
      });
    }
    const cost = points.reduce((sum, point, i) => sum + squaredDistance(point, centres[labels[i]!]!), 0);
    if (!best || cost < best.cost) best = { cost, labels };
  }
  return best!.labels;
}

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, k) => sum + (value - b[k]!) ** 2, 0);
}

function indexOfLeast(values: readonly number[]): number {
  return values.indexOf(Math.min(...values));
}
