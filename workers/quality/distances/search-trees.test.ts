import { afterEach, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { runningThreads, startHere, startNodeThread } from '../../../src/threads/testing/node-threads';
import type { ThreadSource } from '../../../src/threads/thread';
import { nearestDistancesBruteForce } from '../testing/brute-force';
import { quietPacer } from '../testing/quiet-pacer';
import type { NearestRecords } from './distance-metrics';
import type { PointSet } from './encode';
import { buildTree } from './nearest';
import { nearestRecords, searchTrees } from './nearest-records';
import { createSearcher, type SearchApi } from './search-task';

function cloud(rows: number, seed: number, dims = 6): PointSet {
  const random = new RandomStream(seed, 'cloud');
  return { rows, dims, data: Float64Array.from({ length: rows * dims }, () => random.normal()) };
}

const sets = { training: cloud(700, 1), holdout: cloud(650, 2), synthetic: cloud(1000, 3) };
const EXPECTED = {
  synTrn: nearestDistancesBruteForce(sets.synthetic, sets.training),
  synHol: nearestDistancesBruteForce(sets.synthetic, sets.holdout),
  trnHol: nearestDistancesBruteForce(sets.holdout, sets.training),
};

const distancesOf = ({ synTrn, synHol, trnHol }: NearestRecords) => ({
  synTrn: synTrn.distances,
  synHol: synHol?.distances,
  trnHol: trnHol?.distances,
});

async function trees() {
  const pacer = quietPacer();
  return {
    training: await buildTree(sets.training, pacer),
    holdout: await buildTree(sets.holdout, pacer),
    synthetic: await buildTree(sets.synthetic, pacer),
  };
}

const startSearch = () => startNodeThread<SearchApi>(new URL('../report-thread.ts', import.meta.url));
const here = (cores: number): ThreadSource<SearchApi> => ({
  cores,
  start: () => startHere(createSearcher()),
});

// One that comes up late is ended then.
afterEach(() => expect.poll(runningThreads).toBe(0));

describe('searchTrees', () => {
  it.each([1, 2, 4, 9])('finds the same on %i cores and counts every query once', async (cores) => {
    const seen: number[][] = [];
    const pacer = quietPacer(seen);
    expect(distancesOf(await searchTrees(await trees(), here(cores), pacer))).toEqual(EXPECTED);
    await pacer.yield();
    expect(seen.at(-1)![0]).toBe(1000 + 1000 + 650);
  });

  it('finds it in real threads', { timeout: 30_000 }, async () => {
    const threads = { cores: 2, start: startSearch };
    expect(distancesOf(await searchTrees(await trees(), threads, quietPacer()))).toEqual(EXPECTED);
  });

  it('does without threads that do not start or never answer', async () => {
    let started = 0;
    const start = async () => {
      if (++started === 1) throw new Error('no more threads');
      return started === 2 ? new Promise<never>(() => undefined) : startHere(createSearcher());
    };
    expect(distancesOf(await searchTrees(await trees(), { cores: 4, start }, quietPacer()))).toEqual(
      EXPECTED,
    );
    const none = () => Promise.reject(new Error('no threads here'));
    expect(distancesOf(await searchTrees(await trees(), { cores: 4, start: none }, quietPacer()))).toEqual(
      EXPECTED,
    );
  });

  it('stops when the report is cancelled', async () => {
    const controller = new AbortController();
    const many = cloud(20_000, 4, 12);
    const pacer = quietPacer([], controller.signal);
    const tree = await buildTree(many, pacer);
    const alone = { training: tree, synthetic: tree, holdout: null };
    const search = searchTrees(alone, { cores: 2, start: startSearch }, pacer);
    setTimeout(() => controller.abort(), 30);
    await expect(search).rejects.toMatchObject({ code: 'canceled' });
  });
});

it('a small table stays on the calling thread', async () => {
  const start = () => Promise.reject(new Error('was started'));
  const records = await nearestRecords(sets, quietPacer(), 1, { cores: 4, start });
  expect(records.synTrn.distances).toEqual(EXPECTED.synTrn);
});
