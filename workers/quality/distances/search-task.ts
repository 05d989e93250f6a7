/** A thread searches closest records for ranges of queries, over points that it was given once. */
import { transfer } from '../../../src/threads/rpc';
import { type NearestPoints, nearestPoints, type PointTree } from './nearest';

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
  /** @returns what is nearest to the queries, in the order of their positions */
  search(range: SearchRange): Promise<NearestPoints>;
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
      const found = searchRange(points, range);
      return transfer(found, [found.distances.buffer, found.second.buffer, found.rows.buffer]);
    },
  };
}

/** What is nearest to a range of queries, on whatever thread. */
export function searchRange(trees: PointTrees, { queries, tree, from, to }: SearchRange): NearestPoints {
  return nearestPoints(trees[queries]!, trees[tree]!, from, to);
}
