import type { NamedColumn } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';
import { familyOf } from '../columns';
import type { PointSet } from './encode';

/** Rows of one set at most; the reference warns from here on. */
const MAX_ROWS = 50_000;
/** Coordinates of one set at most: 64 MB. */
const MAX_COORDINATES = 8e6;

/** Rows of each set that are encoded for the distances: equally many of all (docs/metrics.md, Distances). */
export function distanceRows(
  sizes: readonly number[],
  columns: readonly Pick<NamedColumn, 'storageType'>[],
): number {
  // At most: text columns with few values take less.
  const dims = columns.reduce(
    (sum, { storageType }) => sum + (familyOf(storageType) === 'category' ? 4 : 2),
    0,
  );
  return Math.min(...sizes, MAX_ROWS, Math.floor(MAX_COORDINATES / Math.max(1, dims)));
}

/** `count` of `rows` row numbers without replacement, ascending; all of them if that many. */
export function sampleRows(rows: number, count: number, seed: number, set: string): Uint32Array {
  if (count >= rows) return Uint32Array.from({ length: rows }, (_, i) => i);
  const order = new RandomStream(seed, `distances ${set}`).permutation(rows);
  return order.slice(0, count).sort();
}

/** `count` random points of a set, in their order. */
export function samplePoints(points: PointSet, count: number, seed: number, set: string): PointSet {
  const { rows, dims } = points;
  if (count >= rows) return points;
  const data = new Float64Array(count * dims);
  sampleRows(rows, count, seed, set).forEach((row, i) => {
    data.set(points.data.subarray(row * dims, (row + 1) * dims), i * dims);
  });
  return { rows: count, dims, data };
}
