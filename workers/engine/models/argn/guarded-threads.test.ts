import { afterEach, describe, expect, it } from 'vitest';
import type { StepPhase } from '../../../../src/domain/job';
import { RandomStream } from '../../../../src/domain/random';
import type { MemoryColumn } from '../../testing/memory-database';
import type { Backend } from './network/network-backend';
import { openPool } from './shards/open-pool';
import { startShardHere } from './testing/open-backend';
import { trainColumns } from './testing/train-columns';
import { loadKernels } from './wasm/load-node';

const opened: Backend[] = [];
afterEach(() => {
  for (const backend of opened.splice(0)) backend.dispose();
});

/** Three columns that depend on each other and a number. */
function table(rows: number): MemoryColumn[] {
  const stream = new RandomStream(5, 'table');
  const a = Int32Array.from({ length: rows }, () => stream.below(6));
  const text = (name: string, codes: Int32Array): MemoryColumn => ({
    name,
    storageType: 'text',
    data: { kind: 'text', codes, dictionary: ['u', 'v', 'w', 'x', 'y', 'z'] },
  });
  return [
    text('a', a),
    text(
      'b',
      a.map((code) => (stream.uniform() < 0.7 ? code : stream.below(6))),
    ),
    text(
      'c',
      a.map((code) => (code * stream.below(3)) % 6),
    ),
    {
      name: 'n',
      storageType: 'integer',
      data: {
        kind: 'number',
        values: Float64Array.from(a, (code) => 9 * code + stream.below(20)),
        nulls: null,
      },
    },
  ];
}

async function open(workers: number): Promise<Backend> {
  const backend = await openPool(await loadKernels(), workers, startShardHere);
  opened.push(backend);
  return backend;
}

async function train(rows: number, workers: number, pause: () => Promise<void> = async () => undefined) {
  const phases: (StepPhase | null)[] = [];
  const overrides = {
    configuration: { modelSize: 'S', maxEpochs: 12 },
    randomState: 3,
    rows: { validationShare: 0.2, maxValidation: null },
  };
  const trained = await trainColumns(await open(workers), table(rows), overrides, {
    hooks: { yield: pause, enter: (phase) => phases.push(phase) },
  });
  return { ...trained, phases: [...new Set(phases)] };
}

/** Slows a training down unevenly, so that its steps are cut into other calls. */
function uneven(): () => Promise<void> {
  let calls = 0;
  return () => new Promise((resolve) => setTimeout(resolve, calls++ % 7 === 0 ? 3 : 0));
}

describe.each([
  ['a tiny table', 120, [null, 'FINISH_TRAINING']],
  ['a table with validation rows', 1500, [null, 'CHECK_PRIVACY']],
])('training %s with the privacy guard', (_name, rows, phases) => {
  it('gives the same model with any number of threads and with pauses', async () => {
    const one = await train(rows, 0);
    expect(one.summary.privacyGuard).toMatchObject({ acceptable: true });
    expect(one.phases).toEqual(phases);
    for (const other of [await train(rows, 0, uneven()), await train(rows, 2)]) {
      expect(other.learned.tensors.weights).toEqual(one.learned.tensors.weights);
      const { seconds: _, ...guard } = other.summary.privacyGuard!;
      expect(one.summary.privacyGuard).toMatchObject(guard);
    }
  });
});
