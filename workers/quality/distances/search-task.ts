/** A thread searches closest records for ranges of queries, over points that it was given once. */
import { transfer } from '../../../src/threads/rpc';
import { nearestDistances, type PointTree } from './nearest';

export type TreeName = 'training' | 'synthetic' | 'holdout';
export type PointTrees = Readonly<Record<TreeName, PointTree | null>>;

/** Consecutive queries, by position in their tree. */
export interface SearchRange {
  readonly queries: TreeName;
  readonly tree: TreeName;
  readonly from: number;
  readonly to: number;
}

export interface SearchApi {
  open(trees: PointTrees): Promise<void>;
  /** @returns distances of the queries, in the order of their positions */
  search(range: SearchRange): Promise<Float64Array>;
}

/** The thread's side. */
export function createSearcher(): SearchApi {
  let points: PointTrees | null = null;
  return {
    async open(trees) {
      points = trees;
    },
    async search(range) {
      if (!points) throw new Error('A search was asked for before its points were there.');
      const distances = searchRange(points, range);
      return transfer(distances, [distances.buffer]);
    },
  };
}

/** Distances of a range of queries, on whatever thread. */
export function searchRange(trees: PointTrees, { queries, tree, from, to }: SearchRange): Float64Array {
  return nearestDistances(trees[queries]!, trees[tree]!, from, to);
}
