import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { Pacer } from '../pacing';
import { startSearcher, startSearchThread } from '../testing/start-node-searcher';
import type { PointSet } from './encode';
import { buildTree, nearestDistancesBruteForce } from './nearest';
import { nearestRecords } from './nearest-records';
import { searchTogether } from './parallel-search';
import type { SearchSupply } from './search-protocol';

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

const here = (threads: number): SearchSupply => ({ threads, start: async () => startSearcher().helper });

describe('searchTogether', () => {
  it.each([1, 2, 3, 8])('finds the same with %i workers', async (threads) => {
    expect(await searchTogether(await trees(), SEARCHES, here(threads), new Pacer())).toEqual(EXPECTED);
  });

  it('finds it in real threads', { timeout: 30_000 }, async () => {
    const supply = { threads: 2, start: startSearchThread };
    expect(await searchTogether(await trees(), SEARCHES, supply, new Pacer())).toEqual(EXPECTED);
  });

  it('does without workers that die, do not start or never answer', async () => {
    let started = 0;
    const start: SearchSupply['start'] = async () => {
      if (++started === 1) throw new Error('no more threads');
      if (started === 2) return new Promise(() => undefined);
      const { helper, die } = startSearcher();
      if (started === 3) setTimeout(die, 2);
      return helper;
    };
    expect(await searchTogether(await trees(), SEARCHES, { threads: 4, start }, new Pacer())).toEqual(
      EXPECTED,
    );
    const none = () => Promise.reject(new Error('no threads here'));
    expect(await searchTogether(await trees(), SEARCHES, { threads: 4, start: none }, new Pacer())).toEqual(
      EXPECTED,
    );
  });

  it('counts every query once and ends its workers', async () => {
    const ended: number[] = [];
    let started = 0;
    const start: SearchSupply['start'] = async () => {
      const { helper } = startSearcher();
      const number = started++;
      return { ...helper, terminate: () => ended.push(number) };
    };
    const seen: number[] = [];
    const pacer = new Pacer({ onProgress: (done) => seen.push(done) });
    await searchTogether(await trees(), SEARCHES, { threads: 2, start }, pacer);
    await pacer.rest();
    expect(seen.at(-1)).toBe(1000 + 1000 + 650);
    expect(ended.sort()).toEqual([0, 1]);
  });

  it('stops when the report is cancelled', async () => {
    const controller = new AbortController();
    const many = cloud(20_000, 4, 12);
    const pacer = new Pacer({ signal: controller.signal });
    const tree = await buildTree(many, pacer);
    const search = searchTogether(
      { training: tree, synthetic: tree, holdout: null },
      [{ queries: 'synthetic', tree: 'training' }],
      { threads: 2, start: startSearchThread },
      pacer,
    );
    setTimeout(() => controller.abort(), 30);
    await expect(search).rejects.toMatchObject({ code: 'canceled' });
  });
});

it('a small table stays on the calling thread', async () => {
  const start = () => Promise.reject(new Error('was started'));
  const records = await nearestRecords(sets, new Pacer(), 1, { supply: { threads: 4, start } });
  expect(records.synTrn).toEqual(EXPECTED[0]);
});
