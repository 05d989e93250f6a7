import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { killThread, mortal, runningThreads } from '../../../../../src/threads/testing/node-threads';
import { WorkerPool } from '../../../../../src/threads/worker-pool';
import type { Backend, GenerationRequest, ModelSpec, TrainingState } from '../network/network-backend';
import { startShardHere, startShardThread } from '../testing/open-backend';
import { randomSpecs } from '../testing/random-specs';
import { HYPER, prepare, randomPlan, randomState, request, specOf } from '../testing/samples';
import { loadKernels } from '../wasm/load-node';
import { WasmBackend } from '../wasm/wasm-backend';
import { openPool } from './open-pool';
import { PoolBackend } from './pool-backend';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadKernels();
});

const opened: Backend[] = [];
afterEach(() => {
  for (const backend of opened.splice(0)) backend.dispose();
  expect(runningThreads()).toBe(0);
});

/** The single backend for 0. */
async function open(workers: number, start = startShardHere): Promise<Backend> {
  const shards = new WorkerPool({ threads: workers, start });
  const backend = workers === 0 ? new WasmBackend(module) : new PoolBackend(module, await shards.open());
  opened.push(backend);
  return backend;
}

const SHAPES = randomSpecs({ cardinality: 90, dimension: 11, hidden: 32, subColumns: 9 });

const EVEN = specOf([
  [20, 5, 16, 0],
  [18, 6, 16, 1],
  [22, 5, 16, 1],
  [19, 5, 16, 2],
  [21, 7, 16, 3],
  [20, 5, 16, 4],
]);
/** One sub-column has nearly all the work. */
const LOPSIDED = specOf([
  [4, 3, 8, 0],
  [3, 2, 8, 1],
  [1500, 12, 64, 2],
  [5, 3, 8, 3],
]);

/** One sub-column has most of the work. */
const DOMINANT = specOf([
  [40, 6, 32, 0],
  [420, 12, 64, 1],
  [30, 5, 32, 2],
]);

/** Columns of very many codes, with and without classes. */
const MANY: ModelSpec = {
  columnCount: 4,
  subColumns: [
    { cardinality: 3000, dimension: 6, hidden: 64, column: 0, classes: classesOf(3000, 300) },
    { cardinality: 7, dimension: 5, hidden: 16, column: 1 },
    { cardinality: 900, dimension: 7, hidden: 8, column: 2, classes: classesOf(900, 5) },
    { cardinality: 700, dimension: 4, hidden: 16, column: 3 },
  ],
};

/** So many codes alone, the others in classes of 20. */
function classesOf(codes: number, alone: number): number[] {
  const starts = Array.from({ length: alone }, (_, code) => code);
  for (let code = alone; code < codes; code += 20) starts.push(code);
  return starts;
}

function sha256(...arrays: readonly ArrayBufferView[]): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of arrays)
    hash.update(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
  return hash.digest('hex');
}

const hashOf = ({ parameters, firstMoment, secondMoment, average }: TrainingState) =>
  sha256(parameters, firstMoment, secondMoment, average);

/** All a backend can do, as hashes: losses, state, evaluated and drawn rows between and after trainings. */
async function everything(backend: Backend, spec: ModelSpec, seed: number): Promise<Record<string, string>> {
  const options = { batchSize: 37, tableRows: 600, seed, dropout: 0.1 };
  await prepare(backend, spec, 600, seed);
  const first = await backend.train(randomPlan(spec, { ...options, steps: 3 }));
  const plan = randomPlan(spec, { ...options, batchSize: 590, steps: 1, firstStep: 3 });
  const evaluate = (weights: 'current' | 'average') => {
    const { rows, orders, orderOf } = plan;
    return backend.evaluate({ rows, orders, orderOf, weights });
  };
  const evaluated = await evaluate('average');
  const drawn = await backend.generate(request(spec, { rows: 301, seed, weights: 'average' }));
  const second = await backend.train(plan);
  const balanced: Partial<GenerationRequest> = { rows: 333, seed, sampling: 'balanced', weights: 'average' };
  const last = spec.subColumns.length - 1;
  const fixed = spec.subColumns.map((_, j) => (j === last ? new Uint16Array(333) : null));
  return {
    losses: sha256(first, second),
    state: hashOf(await backend.getState()),
    evaluated: sha256(evaluated, await evaluate('average'), await evaluate('current')),
    independent: sha256(drawn),
    balanced: sha256(await backend.generate(request(spec, balanced))),
    conditional: sha256(await backend.generate(request(spec, { ...balanced, fixed, weights: 'current' }))),
  };
}

describe('PoolBackend', () => {
  it('has the bits of one thread with 1 to 4 workers on random shapes', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(SHAPES, fc.nat(1e6), async (spec, seed) => {
        const single = await everything(await open(0), spec, seed);
        for (const workers of [1, 2, 3, 4]) {
          expect(await everything(await open(workers), spec, seed)).toEqual(single);
        }
        for (const backend of opened.splice(0)) backend.dispose();
      }),
      { numRuns: 8 },
    );
  });

  it.each([
    ['even', EVEN],
    ['lopsided', LOPSIDED],
    ['dominant', DOMINANT],
    ['many codes', MANY],
  ] as const)('has them on the %s shape in real threads', { timeout: 60_000 }, async (_, spec) => {
    const single = await everything(await open(0), spec, 3);
    for (const workers of [1, 2, 3, 4]) {
      expect(await everything(await open(workers, startShardThread), spec, 3)).toEqual(single);
    }
  });

  it('repeats the draws of any cut into blocks', async () => {
    const backend = await open(3);
    await prepare(backend, EVEN, 50, 5);
    const whole = await backend.generate(request(EVEN, { rows: 500, seed: 2 }));
    const piece = await backend.generate(request(EVEN, { rows: 77, row0: 211, seed: 2 }));
    EVEN.subColumns.forEach((_, j) => {
      expect(piece.slice(77 * j, 77 * (j + 1))).toEqual(whole.slice(500 * j + 211, 500 * j + 288));
    });
  });

  it('keeps simultaneous calls apart', async () => {
    const backend = await open(2);
    expect(backend.concurrency).toBe(2);
    await prepare(backend, EVEN, 50, 5);
    const balanced = (seed: number) => request(EVEN, { rows: 200, seed, sampling: 'balanced' });
    const plan = randomPlan(EVEN, { steps: 5, batchSize: 16, tableRows: 50, seed: 1 });
    const evaluate = () => backend.evaluate({ ...plan, weights: 'average' });
    const alone = [
      await backend.generate(balanced(1)),
      await backend.generate(balanced(2)),
      await evaluate(),
    ];
    // The weights of a call are those of the time it was made.
    const calls = [
      backend.generate(balanced(1)),
      backend.generate(balanced(2)),
      evaluate(),
      evaluate(),
      backend.train(plan),
    ] as const;
    const [first, second, third, fourth] = await Promise.all(calls);
    expect([first, second, third]).toEqual(alone);
    expect(fourth).toEqual(third);
    expect(await backend.generate(balanced(1))).not.toEqual(alone[0]);
    expect(await evaluate()).not.toEqual(third);
  });

  it('reports its threads and the sum of their memory', async () => {
    const backend = await open(3);
    expect(backend.adapter).toBe('WASM SIMD, 3 threads');
    expect(backend.memory()).toBe(0);
    await prepare(backend, EVEN, 50, 5);
    const single = await open(0);
    await prepare(single, EVEN, 50, 5);
    expect(backend.memory()).toBeGreaterThan(2 * single.memory());
    const before = backend.memory();
    await backend.train(randomPlan(EVEN, { steps: 20, batchSize: 16, tableRows: 50, seed: 1 }));
    expect(backend.memory()).toBe(before);
  });

  it('refuses what one thread refuses, and goes on', async () => {
    const backend = await open(2);
    await expect(backend.getState()).rejects.toThrow(/before init/);
    await backend.init(EVEN, new Uint16Array(6), 1, HYPER);
    await expect(backend.setState(randomState(LOPSIDED, 1))).rejects.toThrow(/Train the model again/);
    await backend.setState(randomState(EVEN, 1));
    await expect(backend.generate(request(EVEN, { temperature: -1 }))).rejects.toThrow(/temperature/);
    expect(await backend.generate(request(EVEN, { rows: 10 }))).toHaveLength(60);
  });
});

describe('the workers of a pool', () => {
  it('are fewer when some do not start', async () => {
    let started = 0;
    const start = async () => {
      if (++started === 2) throw new Error('no more threads');
      return startShardHere();
    };
    const backend = await openPool(module, 3, start);
    opened.push(backend);
    expect(backend.adapter).toBe('WASM SIMD, 2 threads');
    expect(await everything(backend, EVEN, 9)).toEqual(await everything(await open(0), EVEN, 9));
  });

  it('are none when one thread is left or none starts', async () => {
    const one = await openPool(module, 1, startShardHere);
    const none = await openPool(module, 4, () => Promise.reject(new Error('no threads here')));
    expect([one.adapter, none.adapter]).toEqual(['WASM SIMD, 1 thread', 'WASM SIMD, 1 thread']);
    expect(runningThreads()).toBe(0);
  });

  it('fail the call under way when one of them dies, and all later ones', { timeout: 20_000 }, async () => {
    const { threads, start } = mortal(startShardHere);
    const backend = await open(2, start);
    await prepare(backend, EVEN, 50, 5);
    const training = backend.train(randomPlan(EVEN, { steps: 50, batchSize: 16, tableRows: 50, seed: 1 }));
    killThread(threads[1]!);
    await expect(training).rejects.toThrow('gone');
    await expect(backend.getState()).rejects.toThrow('gone');
  });

  it('fail the call under way on dispose', async () => {
    const backend = await open(2, startShardThread);
    await prepare(backend, EVEN, 50, 5);
    const call = backend.train(randomPlan(EVEN, { steps: 400, batchSize: 16, tableRows: 50, seed: 1 }));
    await Promise.resolve();
    backend.dispose();
    await expect(call).rejects.toThrow(/after dispose/);
  });
});
