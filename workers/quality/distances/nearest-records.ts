import { type ThreadSource, threadsFor } from '../../../src/threads/thread';
import { WorkerPool } from '../../../src/threads/worker-pool';
import type { Pacer } from '../pacing';
import type { NearestRecords } from './distance-metrics';
import type { PointSet } from './encode';
import { buildTree, type NearestPoints, termsPerQuery } from './nearest';
import { samplePoints, sampleRows } from './sampling';
import { type PointTrees, type SearchApi, type SearchRange, searchRange, type TreeName } from './search-task';

/** The sets to compare; equally many points in each. */
export interface PointSets {
  readonly training: PointSet;
  readonly holdout: PointSet | null;
  readonly synthetic: PointSet;
}

/** Terms that all searches together may look at, some ten seconds. Real tables rarely come near. */
export const MAX_TERMS = 1.2e10;
/** From so many terms on, well above half a second of one thread, starting threads pays. */
const WORTH_SHARING = 8e8;
/** Queries of one range: a few milliseconds, so that all threads end together and a cancelled report ends soon. */
const RANGE = 128;
/** Bytes that the copies of the points may take together. */
const MAX_BYTES = 1e9;

/** Queries of `nearestRecords` at most; it advances the pacer by as many. */
export function queryCount(rows: number, withHoldout: boolean): number {
  return (withHoldout ? 3 : 1) * rows;
}

/**
 * Closest records of synthetic rows in training and holdout, and of holdout rows in training (docs/metrics.md). Points
 * without any structure make the search exhaustive. If a trial shows that it would take too long, all sets are thinned
 * alike, by seed.
 * @param searchers threads to search on where that pays; null = the calling one. The result is the same.
 * @param maxTerms above it, all sets are thinned
 */
export async function nearestRecords(
  points: PointSets,
  pacer: Pacer,
  seed: number,
  searchers: ThreadSource<SearchApi> | null,
  maxTerms = MAX_TERMS,
): Promise<NearestRecords> {
  let training = await buildTree(points.training, pacer);
  let synthetic = await buildTree(points.synthetic, pacer);
  const { rows } = points.training;
  const queries = queryCount(rows, points.holdout !== null);
  let terms = queries * (await termsPerQuery(synthetic, training, pacer));
  let holdoutPoints = points.holdout;
  let compared = rows;
  if (terms > maxTerms) {
    const affordable = Math.max(1, Math.floor(rows * Math.sqrt(maxTerms / terms)));
    compared = affordable;
    const thin = (set: PointSet, name: string): PointSet =>
      samplePoints(set, affordable, seed, `affordable ${name}`);
    training = await buildTree(thin(points.training, 'training'), pacer);
    synthetic = await buildTree(thin(points.synthetic, 'synthetic'), pacer);
    holdoutPoints = points.holdout && thin(points.holdout, 'holdout');
    pacer.expect(queryCount(affordable, points.holdout !== null) - queries);
    terms = maxTerms;
  }
  const holdout = holdoutPoints && (await buildTree(holdoutPoints, pacer));
  const trees = { synthetic, training, holdout };
  const found = await searchTrees(trees, terms >= WORTH_SHARING ? searchers : null, pacer);
  if (compared === rows) return found;
  const original = ({ rows: nearest, ...found }: NearestPoints, name: TreeName): NearestPoints => {
    const taken = sampleRows(rows, compared, seed, `affordable ${name}`);
    return { ...found, rows: nearest.map((row) => taken[row]!) };
  };
  return {
    synTrn: original(found.synTrn, 'training'),
    synHol: found.synHol && original(found.synHol, 'holdout'),
    trnHol: found.trnHol && original(found.trnHol, 'training'),
  };
}

/**
 * Exact distances, the same for any number of threads: queries do not depend on each other. Ranges of queries go to
 * whichever thread is free.
 * @param pacer advanced by one per query
 */
export async function searchTrees(
  trees: PointTrees,
  searchers: ThreadSource<SearchApi> | null,
  pacer: Pacer,
): Promise<NearestRecords> {
  const threads = searchers
    ? Math.min(threadsFor(searchers.cores), Math.floor(MAX_BYTES / bytesOf(trees)))
    : 1;
  const pool = new WorkerPool<SearchApi>({
    threads: threads > 1 ? threads : 0,
    start: searchers?.start,
    setUp: (searcher) => searcher.open(trees),
  });
  const search = async (queries: TreeName, tree: TreeName): Promise<NearestPoints> => {
    const { order } = trees[queries]!;
    const found = {
      distances: new Float64Array(order.length),
      second: new Float64Array(order.length),
      rows: new Uint32Array(order.length),
    };
    const find = async (range: SearchRange) => {
      const { distances, second, rows } = await pool.run(async (searcher) =>
        searcher ? searcher.search(range) : searchRange(trees, range),
      );
      distances.forEach((distance, k) => {
        const query = order[range.from + k]!;
        found.distances[query] = distance;
        found.second[query] = second[k]!;
        found.rows[query] = rows[k]!;
      });
      if (pacer.advance(distances.length)) await pacer.yield();
    };
    const starts = Array.from({ length: Math.ceil(order.length / RANGE) }, (_, k) => k * RANGE);
    await Promise.all(
      starts.map((from) => find({ queries, tree, from, to: Math.min(from + RANGE, order.length) })),
    );
    return found;
  };
  try {
    const [synTrn, synHol, trnHol] = await Promise.all([
      search('synthetic', 'training'),
      trees.holdout && search('synthetic', 'holdout'),
      trees.holdout && search('holdout', 'training'),
    ]);
    pacer.check();
    return { synTrn, synHol, trnHol };
  } finally {
    pool.dispose();
  }
}

function bytesOf(trees: PointTrees): number {
  return Object.values(trees).reduce(
    (sum, tree) => sum + (tree ? tree.points.byteLength + tree.boxes.byteLength : 0),
    0,
  );
}
