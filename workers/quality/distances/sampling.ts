import type { NamedColumn } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';
import { allowance, type ReportLimits } from '../../../src/domain/report-limits';
import { familyOf } from '../columns';
import type { PointSet } from './encode';

/** Coordinates of one set at most: 64 MB; more where more rows are asked for. */
const MAX_COORDINATES = 8e6;

/** Rows of each set that are encoded for the distances: equally many of all (docs/metrics.md, Distances). */
export function distanceRows(
  sizes: readonly number[],
  columns: readonly Pick<NamedColumn, 'storageType'>[],
  limits: ReportLimits,
): number {
  // At most: text columns with few values take less.
  const dims = columns.reduce(
    (sum, { storageType }) => sum + (familyOf(storageType) === 'category' ? 4 : 2),
    0,
  );
  const affordable = (MAX_COORDINATES * allowance(limits, 'distanceRows')) / Math.max(1, dims);
  return Math.min(...sizes, limits.distanceRows, Math.floor(affordable));
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
