import { availableParallelism } from 'node:os';
import { SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { generateDataset } from '../../workers/engine/generate-dataset';
import { automaticThreads, openPool } from '../../workers/engine/models/argn/shards/open-pool';
import { startShardThread } from '../../workers/engine/models/argn/testing/open-backend';
import { loadKernels } from '../../workers/engine/models/argn/wasm/load-node';
import { prepareTable } from '../../workers/engine/prepare-table';
import { MemoryDatabase } from '../../workers/engine/testing/memory-database';
import { createModel, loadModel, trainPrepared } from '../../workers/engine/train-model';
import { computeAccuracy } from '../../workers/quality/accuracy/compute-accuracy';
import { takeDataset, trainRequest } from '../bench-training';
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
  const prepared = await prepareTable(trainRequest(table.name, table.training, 1), database, {
    ...HOOKS,
    onColumns: () => {},
  });
  const untrained = await createModel(prepared, trainRequest(table.name, table.training, 1), HOOKS.pause);
  const threads = automaticThreads(availableParallelism(), untrained.artefact.manifest.spec);
  const backend = await openPool(await loadKernels(), threads, startShardThread);
  let { artefact } = untrained;
  return {
    threads,
    async train(seed) {
      const request = trainRequest(table.name, table.training, seed);
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
      const synthetic = takeDataset(database, 'bench');
      const { summary } = await computeAccuracy({ original: table.training, synthetic });
      return ((summary.univariate ?? Number.NaN) + (summary.bivariate ?? Number.NaN)) / 2;
    },
    dispose: () => backend.dispose(),
  };
}
