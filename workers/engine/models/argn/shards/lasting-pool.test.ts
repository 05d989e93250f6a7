import { createHash } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../../../src/domain/errors';
import { RandomStream } from '../../../../../src/domain/random';
import {
  killThread,
  mortal,
  runningThreads,
  startHere,
} from '../../../../../src/threads/testing/node-threads';
import type { Thread, ThreadStarter } from '../../../../../src/threads/thread';
import { openLasting } from '../backends/failover-backend';
import type { Backend, StepPlan } from '../network/network-backend';
import { workLasting } from '../testing/lasting-work';
import { startShardHere, startShardThread } from '../testing/open-backend';
import { prepare, randomPlan, request, specOf } from '../testing/samples';
import { loadKernels } from '../wasm/load-node';
import { WasmBackend } from '../wasm/wasm-backend';
import { openPools } from './open-pool';
import type { ShardApi } from './protocol';
import { Shard } from './shard';

const SPEC = specOf([
  [20, 5, 16, 0],
  [18, 6, 16, 1],
  [22, 5, 16, 1],
  [19, 5, 16, 2],
]);
const ROWS = 300;
const PLANS = Array.from({ length: 40 }, (_, call) =>
  randomPlan(SPEC, { steps: 6, batchSize: 64, tableRows: ROWS, seed: 3, firstStep: 6 * call, dropout: 0.1 }),
);

let module: WebAssembly.Module;
let undisturbed: string;
beforeAll(async () => {
  module = await loadKernels();
  const backend = new WasmBackend(module);
  undisturbed = await trainAll(backend, () => undefined);
  backend.dispose();
});
afterEach(() => expect(runningThreads()).toBe(0));

/** Hash of losses, state and rows drawn at the end of all plans. */
async function trainAll(backend: Backend, during: (call: number) => void): Promise<string> {
  return workLasting(backend, async (own, train) => {
    await prepare(own, SPEC, ROWS, 3);
    const hash = createHash('sha256');
    for (const [call, plan] of PLANS.entries()) {
      const losses = train(plan);
      during(call);
      hash.update(new Uint8Array((await losses).buffer));
    }
    const { parameters, firstMoment, secondMoment, average } = await own.getState();
    for (const array of [parameters, firstMoment, secondMoment, average])
      hash.update(new Uint8Array(array.buffer));
    hash.update(
      new Uint8Array((await own.generate(request(SPEC, { rows: 100, weights: 'average' }))).buffer),
    );
    return hash.digest('hex');
  });
}

function open(
  threads: number,
  start: ThreadStarter<ShardApi>,
  onMove?: (sentence: string, adapter: string) => void,
): Promise<Backend> {
  return openLasting(openPools(module, threads, start), onMove);
}

const bits = ({ buffer }: ArrayBufferView) =>
  createHash('sha256')
    .update(new Uint8Array(buffer as ArrayBuffer))
    .digest('hex');

describe('openPools', () => {
  it('ends with the same weights when threads die at 8 random steps', { timeout: 120_000 }, async () => {
    const stream = new RandomStream(11, 'deaths');
    for (let death = 0; death < 8; death++) {
      const { threads, start } = mortal(death % 4 === 0 ? startShardThread : startShardHere);
      const sentences: string[] = [];
      const backend = await open(2, start, (sentence) => sentences.push(sentence));
      const [at, who, delay] = [stream.below(30), stream.below(2), stream.below(6)];
      const hash = await trainAll(backend, (call) => {
        if (call === at) setTimeout(() => killThread(threads[who]!), delay);
      });
      expect(hash).toBe(undisturbed);
      expect(sentences).toEqual([
        'A compute thread stopped unexpectedly, most likely for want of memory. The job goes on with WASM SIMD, 2 threads.',
      ]);
      backend.dispose();
    }
  });

  it('takes fewer threads each time and ends on the calling one', { timeout: 60_000 }, async () => {
    const { threads, start } = mortal(startShardThread);
    const adapters: string[] = [];
    const backend = await open(4, start, (_, adapter) => adapters.push(adapter));
    const hash = await trainAll(backend, (call) => {
      if (call % 8 === 3) killThread(threads.at(-1)!);
    });
    expect(hash).toBe(undisturbed);
    expect(adapters).toEqual(
      [4, 2].map((count) => `WASM SIMD, ${count} threads`).concat('WASM SIMD, 1 thread'),
    );
    expect(backend.adapter).toBe('WASM SIMD, 1 thread');
    backend.dispose();
  });

  it('draws side by side, and again what was under way when a thread died', { timeout: 60_000 }, async () => {
    const { threads, start } = mortal(startShardThread);
    const backend = await open(2, start);
    expect(backend.concurrency).toBe(2);
    await prepare(backend, SPEC, ROWS, 3);
    const draw = (seed: number) =>
      backend.generate(request(SPEC, { rows: 20_000, seed, sampling: 'balanced', weights: 'average' }));
    const seeds = [1, 2, 3, 4];
    const evaluate = () => backend.evaluate({ ...PLANS[1]!, weights: 'average' });
    const calm = [...(await Promise.all(seeds.map(draw))), await evaluate()];
    const disturbed = [...seeds.map(draw), evaluate()];
    setTimeout(() => killThread(threads[0]!), 5);
    expect((await Promise.all(disturbed)).map(bits)).toEqual(calm.map(bits));
    backend.dispose();
  });

  it('goes on with fewer threads where there is no room for all, and says what does not fit', async () => {
    let count = 0;
    const start = async (): Promise<Thread<ShardApi>> => {
      const shard = new Shard();
      if (++count === 2) {
        shard.open = () =>
          Promise.reject(
            new UserError('engine/unavailable', 'No room. Exclude columns.', {
              details: { advice: 'Exclude columns.' },
            }),
          );
      }
      return startHere<ShardApi>(shard);
    };
    const sentences: string[] = [];
    const backend = await open(3, start, (sentence) => sentences.push(sentence));
    expect(await trainAll(backend, () => undefined)).toBe(undisturbed);
    expect(sentences).toEqual(['No room. The job goes on with WASM SIMD, 3 threads.']);
    backend.dispose();
  });

  it('keeps no threads for a job that was given up while they started', { timeout: 60_000 }, async () => {
    let giveUp: () => void = () => undefined;
    const { threads, start } = mortal(() => {
      if (threads.length >= 2) giveUp();
      return startShardThread();
    });
    const backend = await open(2, start);
    giveUp = () => backend.dispose();
    await prepare(backend, SPEC, ROWS, 3);
    const training = backend.train({ ...PLANS[0]! } satisfies StepPlan);
    killThread(threads[0]!);
    await expect(training).rejects.toThrow(/stopped unexpectedly/);
    expect(threads).toHaveLength(4);
  });
});
