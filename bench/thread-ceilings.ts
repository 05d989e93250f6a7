import type { ModelSpec } from '../workers/engine/models/argn/network/network-backend';
import { buildSpec, costOf } from '../workers/engine/models/argn/network/network-spec';
import { shareOut, speedCeiling } from '../workers/engine/models/argn/shards/shares';
import { specOf } from '../workers/engine/models/argn/testing/samples';
import { chooseBatchSize } from '../workers/engine/models/argn/training/schedule';
import { prepareTable } from '../workers/engine/prepare-table';
import { MemoryDatabase } from '../workers/engine/testing/memory-database';
import { createModel } from '../workers/engine/train-model';
import { print } from './adult-shape';
import { trainRequest } from './bench-training';
import { BENCH_TABLES, type BenchTableName, missingFile, readBenchTable } from './tables';

const THREADS = [2, 3, 4, 7, 8, 16] as const;
const LONG_BATCH = 2048;

/**
 * How many times as fast as one thread several can be at most, by the model of the work (`compute/work.ts`): what is
 * left of the ideal is columns that cannot be cut, work that every sharer does, and the exchange of gradients. No
 * machine of many cores is asked for.
 */
export async function printCeilings(): Promise<void> {
  print('ceiling of a training step by the model of the work; + where columns are shared by rows');
  print(`${'threads'.padEnd(42)}${THREADS.map((threads) => String(threads).padStart(8)).join('')}`);
  for (const name of BENCH_TABLES) await printTable(name);
  const wide = wideSpec(200);
  printLine('200 columns of 50, 24 inputs each', wide, 256);
  for (const largest of [900, 2000]) {
    const spec = dominated(largest);
    for (const batch of [256, 512, LONG_BATCH])
      printLine(`columns of ${largest}, 10, 10, 5, 5, 2`, spec, batch);
  }
}

/** One column has nearly all the work; no classes. */
export function dominated(largest: number): ModelSpec {
  return specOf(
    [largest, 10, 10, 5, 5, 2].map((cardinality, column) => [
      cardinality,
      Math.min(cardinality, Math.max(10, 3 * Math.ceil(cardinality ** 0.25))),
      16 * Math.round(Math.log(Math.max(cardinality, Math.E))),
      column,
    ]),
  );
}

async function printTable(name: BenchTableName): Promise<void> {
  const missing = missingFile(name);
  if (missing) return print(`${name}: SKIPPED, there is no ${missing}`);
  const { training } = readBenchTable(name);
  const request = trainRequest('bench', training, 1);
  const pause = async () => undefined;
  const hooks = { cancel: new AbortController().signal, pause, onColumns: () => undefined };
  const prepared = await prepareTable(request, new MemoryDatabase({ training }), hooks);
  const { spec } = (await createModel(prepared, request, pause)).artefact.manifest;
  for (const batch of new Set([chooseBatchSize(prepared.trainingRows, costOf(spec)), LONG_BATCH]))
    printLine(name, spec, batch);
}

/** Every column sees the 24 before it, in a circle. */
function wideSpec(columns: number): ModelSpec {
  const part = { name: 'code', cardinality: 50, ordinal: false };
  const spec = buildSpec(
    Array.from({ length: columns }, () => [part]),
    'M',
  );
  const subColumns = spec.subColumns.map((target, j) => {
    const inputs = [...spec.subColumns.keys()].filter((i) => i !== j && (j - i + columns) % columns <= 24);
    return { ...target, inputs };
  });
  return { ...spec, subColumns };
}

function printLine(name: string, spec: ModelSpec, batch: number): void {
  const cells = THREADS.map((threads) => {
    const isShared = shareOut(spec, threads, batch).reduce((sum, { owned }) => sum + owned.length, 0);
    const mark = isShared > spec.subColumns.length ? '+' : ' ';
    return `${speedCeiling(spec, threads, batch).toFixed(2)}${mark}`.padStart(8);
  });
  print(`${`${name}, batch ${batch}`.padEnd(42)}${cells.join('')}`);
}
