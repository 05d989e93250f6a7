/** Closest records over several workers: ranges of queries go to whoever is free. */
import type { Helper } from '../../../src/threads/helper';
import type { Pacer } from '../pacing';
import { nearestOfPlaces, type PointTree } from './nearest';
import type { PointTrees, SearchApi, SearchRange, SearchSupply, TreeName } from './search-protocol';

/** Queries of one range: a few milliseconds, so that all end together and a cancelled report ends soon. */
const RANGE = 128;
/** Bytes that the copies of the points may take together. */
const MOST_BYTES = 1e9;

/** Distances of all points of `queries` to their closest of `tree`. */
export interface Search {
  readonly queries: TreeName;
  readonly tree: TreeName;
}

/**
 * Exact distances, the same for any number of workers: queries do not depend on each other. Workers that do not
 * start or that die leave their queries to the others and at last to the calling thread.
 * @param pacer advanced by one per query
 * @returns per search the distances in the order of its query points
 */
export async function searchTogether(
  trees: PointTrees,
  searches: readonly Search[],
  supply: SearchSupply,
  pacer: Pacer,
): Promise<Float64Array[]> {
  const results = searches.map(({ queries }) => new Float64Array(trees[queries]!.order.length));
  const ranges = searches.flatMap((search, of) => cut(search, trees[search.queries]!, of)).reverse();
  let left = ranges.length;
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const keep = ({ of, ...range }: Range, distances: Float64Array) => {
    const { order } = trees[range.queries]!;
    distances.forEach((distance, k) => {
      results[of]![order[range.from + k]!] = distance;
    });
    if (--left === 0) finish();
  };
  const helpers = new Set<Helper<SearchApi>>();
  let isOver = false;
  const help = async () => {
    const helper = await supply.start();
    if (isOver) return helper.terminate();
    helpers.add(helper);
    await Promise.race([helper.api.open(trees), helper.failed]);
    for (let range = ranges.pop(); range; range = ranges.pop()) {
      const distances = await answer(helper, range).catch((error: unknown) => {
        ranges.push(range!);
        throw error;
      });
      keep(range, distances);
      if (pacer.advance(distances.length)) await pacer.rest();
    }
  };
  try {
    const bytes = Object.values(trees).reduce((sum, tree) => sum + (tree ? bytesOf(tree) : 0), 0);
    const count = Math.max(1, Math.min(supply.threads, Math.floor(MOST_BYTES / bytes)));
    // A worker that does not answer at all is not waited for.
    await Promise.race([finished, Promise.allSettled(Array.from({ length: count }, help))]);
    pacer.check();
    for (let range = ranges.pop(); range; range = ranges.pop()) {
      keep(range, nearestOfPlaces(trees[range.queries]!, trees[range.tree]!, range.from, range.to));
      if (pacer.advance(range.to - range.from)) await pacer.rest();
    }
  } finally {
    isOver = true;
    for (const helper of helpers) helper.terminate();
  }
  return results;
}

interface Range extends SearchRange {
  /** The search it is part of. */
  readonly of: number;
}

function cut(search: Search, { order }: PointTree, of: number): Range[] {
  return Array.from({ length: Math.ceil(order.length / RANGE) }, (_, k) => ({
    ...search,
    of,
    from: k * RANGE,
    to: Math.min((k + 1) * RANGE, order.length),
  }));
}

function answer({ api, failed }: Helper<SearchApi>, { of: _, ...range }: Range): Promise<Float64Array> {
  return Promise.race([api.search(range), failed]);
}

function bytesOf({ points, boxes }: PointTree): number {
  return points.byteLength + boxes.byteLength;
}
