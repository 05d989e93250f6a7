import { afterEach, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { runningThreads, startHere, startNodeThread } from '../../../src/threads/testing/node-threads';
import { quietJob } from '../../../src/threads/testing/quiet-job';
import type { ThreadSource } from '../../../src/threads/thread';
import { Pacer } from '../pacing';
import type { PointSet } from './encode';
import { buildTree, nearestDistancesBruteForce } from './nearest';
import { nearestRecords } from './nearest-records';
import { searchTogether } from './parallel-search';
import { createSearcher, type SearchApi } from './search-task';

function cloud(rows: number, seed: number, dims = 6): PointSet {
  const random = new RandomStream(seed, 'cloud');
  return { rows, dims, data: Float64Array.from({ length: rows * dims }, () => random.normal()) };
}

const sets = { training: cloud(700, 1), holdout: cloud(650, 2), synthetic: cloud(1000, 3) };
const SEARCHES = [
  { queries: 'synthetic', tree: 'training' },
  { queries: 'synthetic', tree: 'holdout' },
  { queries: 'holdout', tree: 'training' },
] as const;
const EXPECTED = [
  nearestDistancesBruteForce(sets.synthetic, sets.training),
  nearestDistancesBruteForce(sets.synthetic, sets.holdout),
  nearestDistancesBruteForce(sets.holdout, sets.training),
];

async function trees() {
  const pacer = new Pacer();
  return {
    training: await buildTree(sets.training, pacer),
    holdout: await buildTree(sets.holdout, pacer),
    synthetic: await buildTree(sets.synthetic, pacer),
  };
}

const startSearch = () => startNodeThread<SearchApi>(new URL('./search-worker.ts', import.meta.url));
const here = (cores: number): ThreadSource<SearchApi> => ({
  cores,
  start: () => startHere(createSearcher()),
});

// One that comes up late is ended then.
afterEach(() => expect.poll(runningThreads).toBe(0));

describe('searchTogether', () => {
  it.each([1, 2, 4, 9])('finds the same on %i cores and counts every query once', async (cores) => {
    const seen: number[] = [];
    const pacer = new Pacer({ onProgress: (done) => seen.push(done) });
    expect(await searchTogether(await trees(), SEARCHES, here(cores), pacer)).toEqual(EXPECTED);
    await pacer.rest();
    expect(seen.at(-1)).toBe(1000 + 1000 + 650);
  });

  it('finds it in real threads', { timeout: 30_000 }, async () => {
    const threads = { cores: 2, start: startSearch };
    expect(await searchTogether(await trees(), SEARCHES, threads, new Pacer())).toEqual(EXPECTED);
  });

  it('does without threads that do not start or never answer', async () => {
    let started = 0;
    const start = async () => {
      if (++started === 1) throw new Error('no more threads');
      return started === 2 ? new Promise<never>(() => undefined) : startHere(createSearcher());
    };
    expect(await searchTogether(await trees(), SEARCHES, { cores: 4, start }, new Pacer())).toEqual(EXPECTED);
    const none = () => Promise.reject(new Error('no threads here'));
    expect(await searchTogether(await trees(), SEARCHES, { cores: 4, start: none }, new Pacer())).toEqual(
      EXPECTED,
    );
  });

  it('stops when the report is cancelled', async () => {
    const controller = new AbortController();
    const many = cloud(20_000, 4, 12);
    const pacer = new Pacer({ job: quietJob(controller.signal) });
    const tree = await buildTree(many, pacer);
    const search = searchTogether(
      { training: tree, synthetic: tree, holdout: null },
      [{ queries: 'synthetic', tree: 'training' }],
      { cores: 2, start: startSearch },
      pacer,
    );
    setTimeout(() => controller.abort(), 30);
    await expect(search).rejects.toMatchObject({ code: 'canceled' });
  });
});

it('a small table stays on the calling thread', async () => {
  const start = () => Promise.reject(new Error('was started'));
  const records = await nearestRecords(sets, new Pacer(), 1, { searchers: { cores: 4, start } });
  expect(records.synTrn).toEqual(EXPECTED[0]);
});
