import { expect, test } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { nearestDistancesBruteForce } from '../testing/brute-force';
import { quietPacer } from '../testing/quiet-pacer';
import type { NearestRecords } from './distance-metrics';
import type { PointSet } from './encode';
import { nearestRecords } from './nearest-records';

function cloud(rows: number, seed: number): PointSet {
  const random = new RandomStream(seed, 'cloud');
  return { rows, dims: 8, data: Float64Array.from({ length: rows * 8 }, () => random.normal()) };
}

const sets = { training: cloud(600, 1), holdout: cloud(600, 2), synthetic: cloud(600, 3) };

const distancesOf = ({ synTrn, synHol, trnHol }: NearestRecords) => ({
  synTrn: synTrn.distances,
  synHol: synHol?.distances,
  trnHol: trnHol?.distances,
});

test('searches synthetic in training, synthetic in holdout, holdout in training', async () => {
  expect(distancesOf(await nearestRecords(sets, quietPacer(), 1, null))).toEqual({
    synTrn: nearestDistancesBruteForce(sets.synthetic, sets.training),
    synHol: nearestDistancesBruteForce(sets.synthetic, sets.holdout),
    trnHol: nearestDistancesBruteForce(sets.holdout, sets.training),
  });
});

test('too much work is cut by thinning all sets alike, the same by seed', async () => {
  const thinned = await nearestRecords(sets, quietPacer(), 1, null, 1e6);
  const rows = thinned.synTrn.distances.length;
  expect(rows).toBeGreaterThan(50);
  expect(rows).toBeLessThan(600);
  expect([thinned.synHol!.distances.length, thinned.trnHol!.distances.length]).toEqual([rows, rows]);
  expect(await nearestRecords(sets, quietPacer(), 1, null, 1e6)).toEqual(thinned);
  expect(await nearestRecords(sets, quietPacer(), 2, null, 1e6)).not.toEqual(thinned);
  // Rows are named as they were before.
  const { training, synthetic } = sets;
  const all = nearestDistancesBruteForce(training, synthetic);
  const swapped = { training: synthetic, synthetic: training, holdout: null };
  const { distances, rows: named } = (await nearestRecords(swapped, quietPacer(), 1, null, 1e6)).synTrn;
  expect(Math.max(...named)).toBeGreaterThan(rows);
  expect(Math.min(...distances)).toBeGreaterThanOrEqual(Math.min(...all));
});

test('progress ends at its total, thinned or not', async () => {
  for (const limit of [1e6, 1e12]) {
    const seen: number[][] = [];
    const pacer = quietPacer(seen);
    pacer.expect(3 * 600);
    await nearestRecords(sets, pacer, 1, null, limit);
    await pacer.yield();
    expect(seen.at(-1)![0]).toBe(seen.at(-1)![1]);
  }
});
