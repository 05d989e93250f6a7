import { availableParallelism } from 'node:os';
import { SourceTableConfig } from '../../src/domain/generators';
import { SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { openPool } from '../../workers/engine/compute/pool/open-pool';
import { startThread } from '../../workers/engine/compute/pool/testing/start-node-worker';
import { automaticThreads } from '../../workers/engine/compute/pool/thread-count';
import { loadKernels } from '../../workers/engine/compute/wasm/load-node';
import { generateDataset } from '../../workers/engine/generate-dataset';
import { prepareTable } from '../../workers/engine/prepare-table';
import type { TrainRequest } from '../../workers/engine/protocol';
import { MemoryDatabase, profileOf } from '../../workers/engine/testing/memory-database';
import { createModel, loadModel, trainPrepared } from '../../workers/engine/train-model';
import { computeAccuracy } from '../../workers/quality/accuracy/compute-accuracy';
import { concatenate } from '../../workers/quality/columns';
import type { BenchTable } from '../tables';

const HOOKS = { cancel: new AbortController().signal, pause: async () => undefined };

/** What a training took, both in seconds. */
export interface Cost {
  readonly wall: number;
  /** Of all threads. */
  readonly cpu: number;
}

export interface OwnTraining {
  readonly threads: number;
  /** Trains from the prepared codes to the chosen weights, with the seed given. */
  train(seed: number): Promise<Cost>;
  /** (Univariate + bivariate)/2 of as many rows of the last training against the training rows. */
  accuracy(): Promise<number>;
  dispose(): void;
}

/** Default training of a table on as many threads as the app would take here. */
export async function openOwnTraining(table: BenchTable): Promise<OwnTraining> {
  const database = new MemoryDatabase({ training: table.training });
  const prepared = await prepareTable(requestOf(table, 1), database, { ...HOOKS, onColumns: () => {} });
  const untrained = await createModel(prepared, requestOf(table, 1), HOOKS.pause);
  const threads = automaticThreads(availableParallelism(), untrained.artefact.manifest.spec);
  const backend = await openPool(await loadKernels(), threads, startThread);
  let { artefact } = untrained;
  return {
    threads,
    async train(seed) {
      const request = requestOf(table, seed);
      const model = await createModel(prepared, request, HOOKS.pause);
      const wall = performance.now();
      const cpu = process.cpuUsage();
      const trained = await trainPrepared(backend, prepared, request, model, {
        ...HOOKS,
        stop: HOOKS.cancel,
        onMessage: () => {},
        onProgress: () => {},
        onCheckpoint: async () => undefined,
      });
      const { user, system } = process.cpuUsage(cpu);
      artefact = trained.artefact;
      return { wall: (performance.now() - wall) / 1000, cpu: (user + system) / 1e6 };
    },
    async accuracy() {
      await loadModel(backend, artefact);
      const request = {
        modelId: 'bench',
        datasetId: 'bench',
        fileName: 'bench',
        rows: prepared.trainingRows + prepared.validationRows,
        randomState: 1,
        configuration: SyntheticTableConfiguration.parse({}),
      };
      await generateDataset(artefact, backend, request, database, { ...HOOKS, onRows: () => {} });
      const { columns, blocks } = database.datasets.get('bench')!;
      const synthetic = columns.map((schema, i) => ({
        ...schema,
        data: blocks.map((block) => block[i]!).reduce((all, block) => concatenate(all, block)),
      }));
      const { summary } = await computeAccuracy({ original: table.training, synthetic });
      return ((summary.univariate ?? Number.NaN) + (summary.bivariate ?? Number.NaN)) / 2;
    },
    dispose: () => backend.dispose(),
  };
}

function requestOf({ name, training }: BenchTable, seed: number): TrainRequest {
  return {
    modelId: 'bench',
    table: SourceTableConfig.parse({
      name,
      sourceId: 'training',
      columns: training.map((column) => ({ name: column.name })),
    }),
    profiles: training.map(profileOf),
    randomState: seed,
    rows: { part: 'training', seed, validationShare: 0.1, maxValidation: 5000, maxSampleSize: null },
  };
}
