import { availableParallelism, cpus } from 'node:os';
import { SyntheticTableConfiguration } from '../src/domain/synthetic-datasets';
import { pause } from '../src/threads/pause';
import { generateDataset } from '../workers/engine/generate-dataset';
import { INPUT_LIMIT } from '../workers/engine/models/argn/inputs/choose-inputs';
import { openPool } from '../workers/engine/models/argn/shards/open-pool';
import { startShardThread } from '../workers/engine/models/argn/testing/open-backend';
import { RECIPE } from '../workers/engine/models/argn/training/schedule';
import { loadKernels } from '../workers/engine/models/argn/wasm/load-node';
import { prepareTable } from '../workers/engine/prepare-table';
import { MemoryDatabase } from '../workers/engine/testing/memory-database';
import { createModel, loadModel, trainPrepared } from '../workers/engine/train-model';
import { computeAccuracy } from '../workers/quality/accuracy/compute-accuracy';
import type { NamedColumn } from '../workers/quality/columns';
import { computeDistances } from '../workers/quality/distances/compute-distances';
import { takeDataset, trainRequest } from './bench-training';
import { wideTable } from './wide-table';

interface Options {
  readonly columns: number;
  readonly rows: number;
  /** Inputs kept per target; infinite = all. */
  readonly kept: readonly number[];
  readonly threads: number;
  readonly seed: number;
  readonly model: Readonly<Record<string, unknown>>;
  readonly recipe: typeof RECIPE;
  readonly generation: Readonly<Record<string, unknown>>;
  readonly shares: boolean;
  /** Amounts in place of numbers of 50 values. */
  readonly continuous: boolean;
}

const HOOKS = { cancel: new AbortController().signal, pause };

/**
 * A generated table of many columns of 50 values: time and memory of its training, and how the drawn rows compare,
 * for several numbers of inputs kept per target. `npm run bench -- wide [columns] [rows] [--kept 32,all]
 * [--threads 2] [--seed 1] [--model {"maxEpochs":2}] [--recipe {…}] [--generation {…}] [--shares]
 * [--continuous]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const options = parse(args);
  const { columns, rows, threads } = options;
  print(
    `${columns} columns of 50 values × ${rows} rows, ${threads} threads: ${cpus()[0]?.model}, ` +
      `${availableParallelism()} cores, Node ${process.versions.node}`,
  );
  const training = wideTable(columns, rows, 100, options.continuous);
  const holdout = wideTable(columns, rows, 200, options.continuous);
  const started = performance.now();
  print(`the holdout: ${scores(await computeAccuracy({ original: training, synthetic: holdout }))}`);
  print(`(accuracies took ${seconds(started)})`);
  for (const kept of options.kept) await measure(training, holdout, kept, options);
}

async function measure(
  training: readonly NamedColumn[],
  holdout: readonly NamedColumn[],
  kept: number,
  options: Options,
): Promise<void> {
  const memory = watchMemory();
  const database = new MemoryDatabase({ training });
  const request = trainRequest('wide', training, options.seed, options.model);
  let started = performance.now();
  const prepared = await prepareTable(request, database, { ...HOOKS, onColumns: () => undefined });
  const preparing = seconds(started);
  started = performance.now();
  const model = await createModel(prepared, request, pause, { share: 0, fewest: kept, most: kept });
  print(`\n${kept} inputs: encoded in ${preparing}, model made in ${seconds(started)}`);
  const backend = await openPool(await loadKernels(), options.threads, startShardThread);
  const cpuBefore = process.cpuUsage();
  const hooks = {
    ...HOOKS,
    stop: HOOKS.cancel,
    onMessage: () => undefined,
    onProgress: () => undefined,
    onCheckpoint: async () => undefined,
  };
  const { artefact, summary } = await trainPrepared(backend, prepared, request, model, hooks, options.recipe);
  const cpu = process.cpuUsage(cpuBefore);
  print(
    `  ${artefact.manifest.spec.subColumns.length} sub-columns, ${summary.parameters.toLocaleString('en')} parameters; ` +
      `training ${summary.seconds.toFixed(0)} s, CPU ${((cpu.user + cpu.system) / 1e6).toFixed(0)} s; batch ` +
      `${summary.batchSize}, ${summary.steps} steps of ${(1000 * summary.secondsPerStep).toFixed(0)} ms, ` +
      `${summary.epochs.toFixed(1)} epochs, best ${summary.bestEpoch.toFixed(1)}; loss ${summary.trainingLoss.toFixed(2)} / ` +
      `${summary.validationLoss.toFixed(2)} (${summary.stoppedBy})`,
  );
  print(
    `  backend ${mebibytes(backend.memory())}, process at most ${mebibytes(memory.peak())} above its start`,
  );
  await loadModel(backend, artefact);
  started = performance.now();
  const drawing = {
    modelId: 'bench',
    datasetId: 'drawn',
    fileName: 'drawn',
    rows: options.rows,
    randomState: options.seed,
    configuration: SyntheticTableConfiguration.parse(options.generation),
  };
  await generateDataset(artefact, backend, drawing, database, { ...HOOKS, onRows: () => undefined });
  const drawn = seconds(started);
  backend.dispose();
  const synthetic = takeDataset(database, 'drawn');
  print(`  ${scores(await computeAccuracy({ original: training, synthetic }))}; drawn in ${drawn}`);
  if (options.shares) {
    const { metrics } = await computeDistances({ training, holdout, synthetic });
    print(`  DCR share ${metrics.dcrShare}`);
  }
  memory.stop();
}

/** Highest resident size of the process, threads included, over that at the start. */
function watchMemory(): { peak(): number; stop(): void } {
  const before = process.memoryUsage.rss();
  let peak = before;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 100);
  return {
    peak: () => {
      look();
      return peak - before;
    },
    stop: () => clearInterval(timer),
  };
}

function scores({ summary }: Awaited<ReturnType<typeof computeAccuracy>>): string {
  const { univariate, bivariate, trivariate } = summary;
  const both = ((univariate ?? Number.NaN) + (bivariate ?? Number.NaN)) / 2;
  const named = { univariate, bivariate, '(u+b)/2': both, trivariate };
  return Object.entries(named)
    .map(([name, value]) => `${name} ${(value ?? Number.NaN).toFixed(4)}`)
    .join(', ');
}

function parse(args: readonly string[]): Options {
  const value = (name: string) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const numbers = args.slice(0, 2).filter((arg) => /^\d+$/.test(arg));
  return {
    columns: Number(numbers[0] ?? 200),
    rows: Number(numbers[1] ?? 20_000),
    kept: (value('kept') ?? String(INPUT_LIMIT.most))
      .split(',')
      .map((kept) => (kept === 'all' ? Number.POSITIVE_INFINITY : Number(kept))),
    threads: Number(value('threads') ?? 2),
    seed: Number(value('seed') ?? 1),
    model: JSON.parse(value('model') ?? '{}'),
    recipe: { ...RECIPE, ...JSON.parse(value('recipe') ?? '{}') },
    generation: JSON.parse(value('generation') ?? '{}'),
    shares: args.includes('--shares'),
    continuous: args.includes('--continuous'),
  };
}

function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MiB`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
