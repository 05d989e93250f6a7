import { cpus } from 'node:os';
import { SyntheticTableConfiguration } from '../src/domain/synthetic-datasets';
import { generateDataset } from '../workers/engine/generate-dataset';
import type { ArgnArtefact } from '../workers/engine/models/argn/artefact';
import { backendChooser } from '../workers/engine/models/argn/backends/choose-backend';
import type { BackendChoice } from '../workers/engine/models/argn/family';
import type { Backend } from '../workers/engine/models/argn/network/network-backend';
import { RECIPE, type Recipe } from '../workers/engine/models/argn/training/schedule';
import { loadKernels } from '../workers/engine/models/argn/wasm/load-node';
import { prepareTable } from '../workers/engine/prepare-table';
import type { TrainRequest } from '../workers/engine/protocol';
import { MemoryDatabase } from '../workers/engine/testing/memory-database';
import { createModel, loadModel, trainPrepared } from '../workers/engine/train-model';
import { computeAccuracy } from '../workers/quality/accuracy/compute-accuracy';
import type { NamedColumn } from '../workers/quality/columns';
import { computeDistances } from '../workers/quality/distances/compute-distances';
import { takeDataset, trainRequest } from './bench-training';
import { NUMERIC_TABLES, type NumericTableName, numericTable } from './numeric-tables';
import {
  BENCH_TABLES,
  type BenchTable,
  type BenchTableName,
  missingFile,
  readBenchTable,
  readCsvHalves,
} from './tables';

interface Options {
  readonly tables: readonly BenchTableName[];
  readonly generated: readonly NumericTableName[];
  readonly files: readonly string[];
  /** Training rows of a file at most, of a generated table. */
  readonly most: number;
  readonly seeds: readonly number[];
  readonly modes: readonly Mode[];
  readonly backend: BackendChoice;
  readonly model: Readonly<Record<string, unknown>>;
  readonly recipe: Recipe;
}

type Mode = 'rotated' | 'independent' | 'natural' | 'random';

const GENERATION: Readonly<Record<Mode, Partial<SyntheticTableConfiguration>>> = {
  rotated: {},
  independent: { sampling: 'independent' },
  natural: { generationOrder: 'natural' },
  random: { generationOrder: 'random' },
};

/** One line of the table: scores against the training rows alone, share against the holdout over all rows. */
interface Score {
  readonly univariate: number;
  readonly bivariate: number;
  readonly trivariate: number;
  readonly share: number | null;
  readonly shareError: number | null;
  readonly cpuSeconds: number;
  readonly rowsPerSecond: number;
}

/** Other rows than these tell nothing of the share that chance gives. */
const FEWEST_FRESH = 1000;

const HOOKS = { cancel: new AbortController().signal, pause: async () => undefined };

/**
 * Trains on each table and scores what comes out, one line per table, kind of generation and seed, and the mean.
 * Arguments: tables (`adult beijing airbnb`, generated `claims stones delays`), `--csv FILE,FILE`, `--rows 20000`
 * training rows of those two kinds, `--seeds 1,2,3`, `--modes rotated,independent,natural,random`,
 * `--backend wasm`, `--model {"modelSize":"S"}`, `--recipe {"patience":3}`.
 */
export async function run(args: readonly string[]): Promise<void> {
  const options = parse(args);
  print(`Quality, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}, one thread`);
  for (const name of options.tables) {
    const missing = missingFile(name);
    if (missing) print(`SKIPPED ${name}: ${missing} is missing.`);
    else await measure(readBenchTable(name), options);
  }
  for (const name of options.generated)
    await measure(generate(name, Math.min(20_000, options.most)), options);
  for (const file of options.files) await measure(readCsvHalves(file, options.most), options);
}

function generate(name: NumericTableName, rows: number): BenchTable {
  const [training, holdout, fresh] = [1, 2, 3].map((seed) => numericTable(name, rows, seed));
  return { name, training: training!, holdout: holdout!, fresh: fresh! };
}

async function measure(table: BenchTable, options: Options): Promise<void> {
  print(`\n${table.name}: ${rowsOf(table.training)} training rows × ${table.training.length} columns`);
  print(row(['generation', 'seed', 'uni', 'biv', '(u+b)/2', 'tri', 'share', '± s.e.', 'CPU s', 'rows/s']));
  print(line('the holdout', '', await score(table, table.holdout, false)));
  if (table.fresh && rowsOf(table.fresh) >= FEWEST_FRESH)
    print(line('other rows', '', await score(table, table.fresh, true)));
  const scores = new Map<Mode, Score[]>(options.modes.map((mode) => [mode, []]));
  for (const seed of options.seeds) {
    for await (const [mode, result] of runSeed(table, seed, options)) {
      scores.get(mode)!.push(result);
      print(line(mode, String(seed), result));
    }
  }
  for (const [mode, results] of scores) {
    if (results.length > 1) print(line(mode, 'mean', mean(results)));
  }
}

async function* runSeed(table: BenchTable, seed: number, options: Options): AsyncGenerator<[Mode, Score]> {
  const database = new MemoryDatabase({ training: table.training });
  const backend = await backendChooser(loadKernels)(options.backend);
  const { artefact, cpuSeconds } = await train(
    trainRequest(table.name, table.training, seed, options.model),
    database,
    backend,
    options,
  );
  await loadModel(backend, artefact);
  for (const mode of options.modes) {
    const request = {
      modelId: 'bench',
      datasetId: mode,
      fileName: mode,
      rows: rowsOf(table.training),
      randomState: seed,
      configuration: SyntheticTableConfiguration.parse(GENERATION[mode]),
    };
    const summary = await generateDataset(artefact, backend, request, database, {
      ...HOOKS,
      onRows: () => {},
    });
    const scored = await score(table, takeDataset(database, mode), true);
    yield [mode, { ...scored, cpuSeconds, rowsPerSecond: summary.rows / summary.samplingSeconds }];
  }
  backend.dispose();
}

async function train(
  request: TrainRequest,
  database: MemoryDatabase,
  backend: Backend,
  options: Options,
): Promise<{ artefact: ArgnArtefact; cpuSeconds: number }> {
  const prepared = await prepareTable(request, database, { ...HOOKS, onColumns: () => {} });
  const before = process.cpuUsage();
  const model = await createModel(prepared, request, HOOKS.pause);
  const hooks = {
    ...HOOKS,
    stop: HOOKS.cancel,
    onMessage: () => {},
    onProgress: () => {},
    onCheckpoint: async () => undefined,
  };
  const { artefact, summary } = await trainPrepared(backend, prepared, request, model, hooks, options.recipe);
  const used = process.cpuUsage(before);
  print(
    `  seed ${request.randomState}: ${summary.parameters} parameters, batch ${summary.batchSize}, ${summary.steps} updates, ` +
      `${summary.epochs.toFixed(1)} epochs, loss ${summary.trainingLoss.toFixed(3)} / ` +
      `${summary.validationLoss.toFixed(3)}, ${(1000 * summary.secondsPerStep).toFixed(2)} ms a step`,
  );
  return { artefact, cpuSeconds: (used.user + used.system) / 1e6 };
}

async function score(
  table: BenchTable,
  synthetic: readonly NamedColumn[],
  withShare: boolean,
): Promise<Score> {
  const names = new Set(synthetic.map(({ name }) => name));
  const training = table.training.filter(({ name }) => names.has(name));
  const { summary } = await computeAccuracy({ original: training, synthetic });
  const distances = withShare
    ? (await computeDistances({ training, holdout: table.holdout, synthetic })).metrics
    : null;
  return {
    univariate: summary.univariate ?? Number.NaN,
    bivariate: summary.bivariate ?? Number.NaN,
    trivariate: summary.trivariate ?? Number.NaN,
    share: distances?.dcrShare ?? null,
    shareError: distances?.dcrShareStandardError ?? null,
    cpuSeconds: 0,
    rowsPerSecond: 0,
  };
}

function mean(results: readonly Score[]): Score {
  const of = (pick: (score: Score) => number | null) =>
    results.reduce((sum, score) => sum + (pick(score) ?? Number.NaN), 0) / results.length;
  return {
    univariate: of((s) => s.univariate),
    bivariate: of((s) => s.bivariate),
    trivariate: of((s) => s.trivariate),
    share: of((s) => s.share),
    shareError: of((s) => s.shareError) / Math.sqrt(results.length),
    cpuSeconds: of((s) => s.cpuSeconds),
    rowsPerSecond: of((s) => s.rowsPerSecond),
  };
}

function line(mode: string, seed: string, score: Score): string {
  return row([
    mode,
    seed,
    score.univariate.toFixed(4),
    score.bivariate.toFixed(4),
    ((score.univariate + score.bivariate) / 2).toFixed(4),
    score.trivariate.toFixed(4),
    score.share?.toFixed(4) ?? '',
    score.shareError?.toFixed(4) ?? '',
    score.cpuSeconds ? score.cpuSeconds.toFixed(1) : '',
    score.rowsPerSecond ? Math.round(score.rowsPerSecond).toLocaleString('en-US') : '',
  ]);
}

function row(cells: readonly string[]): string {
  return `  ${cells.map((cell, i) => (i === 0 ? cell.padEnd(14) : cell.padStart(9))).join('')}`;
}

function parse(args: readonly string[]): Options {
  const value = (name: string) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const named = args.filter((arg): arg is BenchTableName => BENCH_TABLES.some((name) => name === arg));
  const generated = NUMERIC_TABLES.filter((name) => args.includes(name));
  const files = value('csv')?.split(',') ?? [];
  return {
    tables: named.length + generated.length + files.length > 0 ? named : BENCH_TABLES,
    generated,
    files,
    most: Number(value('rows') ?? Number.POSITIVE_INFINITY),
    seeds: (value('seeds') ?? '1,2,3').split(',').map(Number),
    modes: (value('modes') ?? 'rotated,independent,natural,random').split(',') as Mode[],
    backend: (value('backend') ?? 'auto') as BackendChoice,
    model: JSON.parse(value('model') ?? '{}'),
    recipe: { ...RECIPE, ...JSON.parse(value('recipe') ?? '{}') },
  };
}

function rowsOf(columns: readonly NamedColumn[]): number {
  const data = columns[0]!.data;
  return data.kind === 'text' ? data.codes.length : data.values.length;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
