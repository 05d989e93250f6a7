/** Closest records over several threads: ranges of queries go to whichever is free. */
import { type ThreadSource, threadsFor } from '../../../src/threads/thread';
import { WorkerPool } from '../../../src/threads/worker-pool';
import type { Pacer } from '../pacing';
import type { PointTree } from './nearest';
import { type PointTrees, type SearchApi, type SearchRange, searchRange, type TreeName } from './search-task';

/** Queries of one range: a few milliseconds, so that all end together and a cancelled report ends soon. */
const RANGE = 128;
/** Bytes that the copies of the points may take together. */
const MAX_BYTES = 1e9;

/** Distances of all points of `queries` to their closest of `tree`. */
export interface Search {
  readonly queries: TreeName;
  readonly tree: TreeName;
}

/**
 * Exact distances, the same for any number of threads: queries do not depend on each other.
 * @param pacer advanced by one per query
 * @returns per search the distances in the order of its query points
 */
export async function searchTogether(
  trees: PointTrees,
  searches: readonly Search[],
  { cores, start }: ThreadSource<SearchApi>,
  pacer: Pacer,
): Promise<Float64Array[]> {
  const bytes = Object.values(trees).reduce((sum, tree) => sum + (tree ? bytesOf(tree) : 0), 0);
  const threads = Math.max(1, Math.min(threadsFor(cores), Math.floor(MAX_BYTES / bytes)));
  const pool = new WorkerPool<SearchApi>({ threads, start, setUp: (searcher) => searcher.open(trees) });
  const find = async (range: SearchRange, found: Float64Array) => {
    const distances = await pool.run(async (searcher) =>
      searcher ? searcher.search(range) : searchRange(trees, range),
    );
    const { order } = trees[range.queries]!;
    distances.forEach((distance, k) => {
      found[order[range.from + k]!] = distance;
    });
    if (pacer.advance(distances.length)) await pacer.rest();
  };
  try {
    const results = searches.map(({ queries }) => new Float64Array(trees[queries]!.order.length));
    await Promise.all(
      searches.flatMap((search, index) => {
        const ranges = cut(search, trees[search.queries]!.order.length);
        return ranges.map((range) => find(range, results[index]!));
      }),
    );
    pacer.check();
    return results;
  } finally {
    pool.dispose();
  }
}

function cut(search: Search, queries: number): SearchRange[] {
  return Array.from({ length: Math.ceil(queries / RANGE) }, (_, k) => ({
    ...search,
    from: k * RANGE,
    to: Math.min((k + 1) * RANGE, queries),
  }));
}

function bytesOf({ points, boxes }: PointTree): number {
  return points.byteLength + boxes.byteLength;
}
