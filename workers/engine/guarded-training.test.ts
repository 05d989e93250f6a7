import { afterEach, describe, expect, it } from 'vitest';
import { SourceTableConfig } from '../../src/domain/generators';
import { RandomStream } from '../../src/domain/random';
import type { Backend } from './models/argn/network/network-backend';
import { PoolBackend } from './models/argn/shards/pool-backend';
import { startInProcess } from './models/argn/shards/testing/start-node-worker';
import type { TrainingProgress } from './models/argn/training/training-setup';
import { loadKernels } from './models/argn/wasm/load-node';
import { WasmBackend } from './models/argn/wasm/wasm-backend';
import { prepareTable } from './prepare-table';
import type { TrainRequest } from './protocol';
import { type MemoryColumn, MemoryDatabase, profileOf } from './testing/memory-database';
import { createModel, trainPrepared } from './train-model';

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
  const module = await loadKernels();
  const shards = await Promise.all(Array.from({ length: workers }, () => startInProcess()));
  const backend = workers === 0 ? new WasmBackend(module) : new PoolBackend(module, shards);
  opened.push(backend);
  return backend;
}

async function train(rows: number, workers: number, pause: () => Promise<void> = async () => undefined) {
  const phases: TrainingProgress['phase'][] = [];
  const columns = table(rows);
  const request: TrainRequest = {
    modelId: 'model',
    table: SourceTableConfig.parse({
      name: 'table',
      sourceId: 'source',
      columns: columns.map(({ name }) => ({ name })),
      tabularModelConfiguration: { modelSize: 'S', maxEpochs: 12 },
    }),
    profiles: columns.map(profileOf),
    randomState: 3,
    rows: { part: 'training', seed: 3, validationShare: 0.2, maxValidation: null, maxSampleSize: null },
  };
  const cancel = new AbortController().signal;
  const source = new MemoryDatabase({ source: columns });
  const prepared = await prepareTable(request, source, { cancel, pause, onColumns: () => {} });
  const trained = await trainPrepared(
    await open(workers),
    prepared,
    request,
    await createModel(prepared, request, pause),
    {
      cancel,
      stop: cancel,
      pause,
      onMessage: () => {},
      onProgress: ({ phase }) => phases.push(phase),
      onCheckpoint: async () => undefined,
    },
  );
  return { ...trained, phases: [...new Set(phases)] };
}

/** Slows a training down unevenly, so that its steps are cut into other calls. */
function uneven(): () => Promise<void> {
  let calls = 0;
  return () => new Promise((resolve) => setTimeout(resolve, calls++ % 7 === 0 ? 3 : 0));
}

describe.each([
  ['a tiny table', 120, ['learning', 'finishing']],
  ['a table with validation rows', 1500, ['learning', 'finishing', 'guarding']],
])('training %s with the privacy guard', (_name, rows, phases) => {
  it('gives the same model with any number of threads and with pauses', async () => {
    const one = await train(rows, 0);
    expect(one.summary.privacyGuard).toMatchObject({ acceptable: true });
    expect(one.phases).toEqual(phases);
    for (const other of [await train(rows, 0, uneven()), await train(rows, 2)]) {
      expect(other.artefact.tensors.weights).toEqual(one.artefact.tensors.weights);
      const { seconds: _, ...guard } = other.summary.privacyGuard!;
      expect(one.summary.privacyGuard).toMatchObject(guard);
    }
  });
});
