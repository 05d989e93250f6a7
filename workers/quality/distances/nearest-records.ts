import { type ThreadSource, threadsFor } from '../../../src/threads/thread';
import type { Pacer } from '../pacing';
import type { NearestRecords } from './distance-metrics';
import type { PointSet } from './encode';
import { buildTree, nearestDistances, type PointTree, termsPerQuery } from './nearest';
import { type Search, searchTogether } from './parallel-search';
import { samplePoints } from './sampling';
import type { PointTrees, SearchApi } from './search-task';

/** The sets to compare; equally many points in each. */
export interface PointSets {
  readonly training: PointSet;
  readonly holdout: PointSet | null;
  readonly synthetic: PointSet;
}

/** Terms all searches together may look at: some ten seconds. Real tables rarely come near it. */
const MAX_TERMS = 1.2e10;
const TRIAL_QUERIES = 100;
/** Terms, well above half a second of one thread, from which starting workers and giving them the points pays. */
const WORTH_SHARING = 8e8;

export interface SearchOptions {
  /** Above it, all sets are thinned. */
  readonly maxTerms?: number;
  /** Threads to search on; null = the calling one. The result is the same. */
  readonly searchers?: ThreadSource<SearchApi> | null;
}

/** Queries `nearestRecords` makes at most, which is how far it advances the pacer. */
export function queryCount(rows: number, withHoldout: boolean): number {
  return (withHoldout ? 3 : 1) * rows;
}

/**
 * The three directions (docs/metrics.md); without holdout, only synthetic to training. Points without any structure
 * make the search exhaustive: should a trial show that it would take too long, all sets are thinned alike, by seed.
 */
export async function nearestRecords(
  points: PointSets,
  pacer: Pacer,
  seed: number,
  { maxTerms = MAX_TERMS, searchers = null }: SearchOptions = {},
): Promise<NearestRecords> {
  let training = await buildTree(points.training, pacer);
  let synthetic = await buildTree(points.synthetic, pacer);
  const { rows } = points.training;
  const queries = queryCount(rows, points.holdout !== null);
  let terms = queries * (await termsPerQuery(synthetic, training, TRIAL_QUERIES, pacer));
  let holdoutPoints = points.holdout;
  if (terms > maxTerms) {
    const affordable = Math.max(1, Math.floor(rows * Math.sqrt(maxTerms / terms)));
    const thin = (set: PointSet, name: string): PointSet =>
      samplePoints(set, affordable, seed, `affordable ${name}`);
    training = await buildTree(thin(points.training, 'training'), pacer);
    synthetic = await buildTree(thin(points.synthetic, 'synthetic'), pacer);
    holdoutPoints = points.holdout && thin(points.holdout, 'holdout');
    pacer.expect(queryCount(affordable, points.holdout !== null) - queries);
    terms = maxTerms;
  }
  const holdout = holdoutPoints && (await buildTree(holdoutPoints, pacer));
  return searchers && threadsFor(searchers.cores) > 1 && terms >= WORTH_SHARING
    ? searchShared({ synthetic, training, holdout }, searchers, pacer)
    : search(synthetic, training, holdout, pacer);
}

async function searchShared(
  trees: PointTrees,
  searchers: ThreadSource<SearchApi>,
  pacer: Pacer,
): Promise<NearestRecords> {
  const searches: Search[] = [{ queries: 'synthetic', tree: 'training' }];
  if (trees.holdout) {
    searches.push({ queries: 'synthetic', tree: 'holdout' }, { queries: 'holdout', tree: 'training' });
  }
  const [synTrn, synHol, trnHol] = await searchTogether(trees, searches, searchers, pacer);
  return { synTrn: synTrn!, synHol: synHol ?? null, trnHol: trnHol ?? null };
}

async function search(
  synthetic: PointTree,
  training: PointTree,
  holdout: PointTree | null,
  pacer: Pacer,
): Promise<NearestRecords> {
  const synTrn = await nearestDistances(synthetic, training, pacer);
  if (!holdout) return { synTrn, synHol: null, trnHol: null };
  const synHol = await nearestDistances(synthetic, holdout, pacer);
  const trnHol = await nearestDistances(holdout, training, pacer);
  return { synTrn, synHol, trnHol };
}
