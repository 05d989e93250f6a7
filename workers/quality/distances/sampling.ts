import { RandomStream } from '../../../src/domain/random';

/** Rows of one set at most. */
const MAX_ROWS = 50_000;
/** Bound of rows² × dimensions of one exhaustive comparison, which trees can only make cheaper. */
const MAX_WORK = 3e10;

/** Rows of each set that enter the distances: equally many, and as many as time allows (quality.md §1.3). */
export function distanceRows(sizes: readonly number[], dims: number): number {
  return Math.min(...sizes, MAX_ROWS, Math.floor(Math.sqrt(MAX_WORK / Math.max(1, dims))));
}

/** `count` of `rows` row numbers without replacement, ascending; all of them if that many. */
export function sampleRows(rows: number, count: number, seed: number, set: string): Uint32Array {
  const order = new RandomStream(seed, `distances ${set}`).permutation(rows);
  return order.slice(0, count).sort();
}
