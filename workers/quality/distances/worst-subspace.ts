import type { Subspace } from '../../../src/domain/likeness';
import type { ThreadSource } from '../../../src/threads/thread';
import type { Pacer } from '../pacing';
import { type ComparedSubjects, dcrShare, distanceMetrics, type NearestRecords } from './distance-metrics';
import { nearestRecords, type PointSets, queryCount } from './nearest-records';
import { samplePoints } from './sampling';
import type { SearchApi } from './search-task';
import { type DimensionGroup, dimensionGroups, inDimensions } from './subspaces';

/** Rows of each set that tell which group is worst; its figures are then those of all. */
const TELLING_ROWS = 25_000;
/** Terms of the searches in one group: above, points are thinned. */
const MAX_TERMS = 1.5e9;

/**
 * Distances in the group of dimensions, of all, three related and three random ones, whose share of synthetic rows closer to
 * training is highest: the figures that the reference reports. Null without a holdout.
 * @param all what is nearest in all dimensions
 */
export async function worstSubspace(
  points: PointSets,
  all: NearestRecords,
  people: ComparedSubjects | null,
  seed: number,
  pacer: Pacer,
  searchers: ThreadSource<SearchApi> | null,
): Promise<Subspace | null> {
  if (!points.holdout || !all.synHol) return null;
  const { dims, rows } = points.training;
  const whole: Subspace = { kind: 'all', dims, of: dims, metrics: distanceMetrics(all, people) };
  const telling = sampled(points, seed);
  const groups = dimensionGroups(points, seed);
  pacer.expect(groups.length * queryCount(telling.training.rows, true));
  let [worst, highest] = [null as DimensionGroup | null, Number.NEGATIVE_INFINITY];
  for (const group of groups) {
    const sets = inGroup(telling, group);
    const { synTrn, synHol } = await nearestRecords(sets, pacer, seed, searchers, MAX_TERMS);
    const { share } = dcrShare(synTrn, synHol!, null);
    if (share >= highest) [worst, highest] = [group, share];
  }
  if (!worst) return whole;
  pacer.expect(queryCount(rows, true));
  const nearest = await nearestRecords(inGroup(points, worst), pacer, seed, searchers, MAX_TERMS);
  const metrics = distanceMetrics(nearest, people);
  if (metrics.dcrShare! < whole.metrics.dcrShare!) return whole;
  return { kind: worst.kind, dims: worst.dimensions.length, of: dims, metrics };
}

function sampled({ training, holdout, synthetic }: PointSets, seed: number): PointSets {
  return {
    training: samplePoints(training, TELLING_ROWS, seed, 'telling training'),
    holdout: holdout && samplePoints(holdout, TELLING_ROWS, seed, 'telling holdout'),
    synthetic: samplePoints(synthetic, TELLING_ROWS, seed, 'telling synthetic'),
  };
}

function inGroup({ training, holdout, synthetic }: PointSets, { dimensions }: DimensionGroup): PointSets {
  return {
    training: inDimensions(training, dimensions),
    holdout: holdout && inDimensions(holdout, dimensions),
    synthetic: inDimensions(synthetic, dimensions),
  };
}
