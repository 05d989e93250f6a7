import { cpus } from 'node:os';
import { ModelEncodingType } from '../src/domain/columns';
import { SyntheticTableConfiguration } from '../src/domain/synthetic-datasets';
import { pause } from '../src/threads/pause';
import { CLASS_RULE } from '../workers/engine/encoding/category-classes';
import type { ClassRule } from '../workers/engine/encoding/contract';
import { generateDataset } from '../workers/engine/generate-dataset';
import { openBackend } from '../workers/engine/models/argn/testing/open-backend';
import { RECIPE, type Recipe } from '../workers/engine/models/argn/training/schedule';
import { prepareTable } from '../workers/engine/prepare-table';
import type { TrainRequest } from '../workers/engine/protocol';
import { MemoryDatabase } from '../workers/engine/testing/memory-database';
import { createModel, loadModel, trainPrepared } from '../workers/engine/train-model';
import { computeAccuracy } from '../workers/quality/accuracy/compute-accuracy';
import type { NamedColumn } from '../workers/quality/columns';
import { takeDataset, trainRequest } from './bench-training';
import { categoryScores } from './category-scores';
import { compareSteps } from './category-step';
import { itemsTable, missingNames, namesTable, zipsTable } from './category-tables';
import type { BenchTable } from './tables';

const HOOKS = { cancel: new AbortController().signal, pause };

/** The column of very many categories of each table. */
const COLUMN_OF: Readonly<Record<string, string>> = { names: 'first_name', items: 'item', zips: 'zip' };

/** Cardinalities of the shape whose training step is compared with PyTorch's. */
const CARDS = [2000, 500, 100, 50, 20, 10, 10, 5, 5, 2];

/**
 * A column of very many categories: one softmax over all against one over classes and one over the codes of a class.
 * Distances are total variations from the training rows, beside those of a real holdout.
 * `npm run bench -- high-cardinality [names|items|zips …] [--rows 60000] [--categories 2000] [--levels one,two]
 * [--seed 1] [--most 500] [--alone 100] [--type TABULAR_NUMERIC_DISCRETE] [--model {"maxEpochs":5}] [--recipe {…}]`
 * `npm run bench -- high-cardinality steps [--python python3] [--rounds 7] [--batches 256,512,2048]`: a training step
 * of columns of 2,000, 500, … categories against PyTorch's reference layout, one thread.
 */
export async function run(args: readonly string[]): Promise<void> {
  const value = (name: string, otherwise: string) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? otherwise : args[at + 1]!;
  };
  if (args.includes('steps')) {
    const batches = value('batches', '256,512,2048').split(',').map(Number);
    await steps(value('python', 'python3'), batches, Number(value('rounds', '7')));
    return;
  }
  const rows = Number(value('rows', '60000'));
  const named = args.filter((arg) => arg in COLUMN_OF);
  const levels = value('levels', 'one,two').split(',');
  const options: Options = {
    seed: Number(value('seed', '1')),
    model: JSON.parse(value('model', '{}')),
    recipe: { ...RECIPE, ...JSON.parse(value('recipe', '{}')) },
    type: ModelEncodingType.parse(value('type', 'TABULAR_CATEGORICAL')),
  };
  print(`High cardinality, ${rows} rows, one thread: ${cpus()[0]?.model}, Node ${process.versions.node}`);
  for (const name of named.length > 0 ? named : Object.keys(COLUMN_OF)) {
    const missing = name === 'names' ? missingNames() : null;
    if (missing) {
      print(`SKIPPED names: ${missing} is missing.`);
      continue;
    }
    const categories = Number(value('categories', name === 'zips' ? '3000' : '2000'));
    const table =
      name === 'names'
        ? namesTable(rows)
        : name === 'zips'
          ? zipsTable(categories, rows)
          : itemsTable(categories, rows);
    const column = COLUMN_OF[name]!;
    print(`\n${table.name}`);
    print(await scores(table, table.holdout, column, 'the holdout'));
    for (const level of levels) {
      const rule: ClassRule = {
        most: level === 'one' ? Number.POSITIVE_INFINITY : Number(value('most', String(CLASS_RULE.most))),
        alone: Number(value('alone', String(CLASS_RULE.alone))),
      };
      await measure(table, column, level, rule, options);
    }
  }
}

async function steps(python: string, batches: readonly number[], rounds: number): Promise<void> {
  print(`A training step in processor time, cards ${CARDS.join(' ')}, one thread: ${cpus()[0]?.model}`);
  for (const batch of batches) {
    for (const asTrained of [false, true]) {
      const result = await compareSteps(python, CARDS, batch, rounds, asTrained);
      print(
        `batch ${batch}, codes ${result.codes.slice(0, 4).join(' ')} …: ${result.milliseconds.toFixed(1)} ms, PyTorch's ` +
          `reference layout ${result.peerMilliseconds.toFixed(1)} ms: × ${result.ratio.toFixed(2)}`,
      );
    }
  }
}

interface Options {
  readonly seed: number;
  readonly model: Readonly<Record<string, unknown>>;
  readonly recipe: Recipe;
  /** Encoding of the column of very many categories. */
  readonly type: ModelEncodingType;
}

async function measure(
  table: BenchTable,
  column: string,
  level: string,
  rule: ClassRule,
  options: Options,
): Promise<void> {
  const database = new MemoryDatabase({ training: table.training });
  const request = typed(
    trainRequest(table.name, table.training, options.seed, options.model),
    column,
    options.type,
  );
  let started = performance.now();
  const prepared = await prepareTable(request, database, { ...HOOKS, onColumns: () => undefined }, rule);
  const encoded = performance.now() - started;
  const model = await createModel(prepared, request, pause);
  const backend = await openBackend('wasm');
  const hooks = {
    ...HOOKS,
    stop: HOOKS.cancel,
    onMessage: () => undefined,
    onProgress: () => undefined,
    onCheckpoint: async () => undefined,
  };
  const before = process.cpuUsage();
  const { artefact, summary } = await trainPrepared(backend, prepared, request, model, hooks, options.recipe);
  const used = process.cpuUsage(before);
  const cards = artefact.manifest.spec.subColumns.map(({ cardinality }) => cardinality);
  print(
    `${level}: codes ${cards.join(' ')}; ${summary.parameters.toLocaleString('en')} parameters, encoded in ` +
      `${(encoded / 1000).toFixed(1)} s; batch ${summary.batchSize}, ${summary.steps} steps, ${summary.epochs.toFixed(1)} ` +
      `epochs, loss ${summary.trainingLoss.toFixed(3)} / ${summary.validationLoss.toFixed(3)}, ` +
      `${summary.seconds.toFixed(0)} s, CPU ${((used.user + used.system) / 1e6).toFixed(0)} s, ` +
      `${Math.round(summary.batchSize / summary.secondsPerStep).toLocaleString('en')} rows/s in steps; ` +
      `guard's share ${summary.privacyGuard?.share.toFixed(3)}; ${mebibytes(process.memoryUsage().rss)} resident, ${mebibytes(backend.memory())} of them the backend's`,
  );
  await loadModel(backend, artefact);
  started = performance.now();
  const drawing = {
    modelId: 'bench',
    datasetId: 'drawn',
    fileName: 'drawn',
    rows:
      table.training[0]!.data.kind === 'text'
        ? table.training[0]!.data.codes.length
        : table.training[0]!.data.values.length,
    randomState: options.seed,
    configuration: SyntheticTableConfiguration.parse({}),
  };
  await generateDataset(artefact, backend, drawing, database, { ...HOOKS, onRows: () => undefined });
  const drawn = (performance.now() - started) / 1000;
  backend.dispose();
  print(await scores(table, takeDataset(database, 'drawn'), column, level));
  print(`  drawn at ${Math.round(drawing.rows / drawn).toLocaleString('en')} rows/s`);
}

/** The request with a chosen encoding for one column. */
function typed(request: TrainRequest, name: string, modelEncodingType: ModelEncodingType): TrainRequest {
  const columns = request.table.columns.map((column) =>
    column.name === name ? { ...column, modelEncodingType } : column,
  );
  return { ...request, table: { ...request.table, columns } };
}

async function scores(
  table: BenchTable,
  synthetic: readonly NamedColumn[],
  column: string,
  name: string,
): Promise<string> {
  const { marginal, pairs, byColumn, usual } = categoryScores(table.training, synthetic, column);
  const { summary, bivariate } = await computeAccuracy({ original: table.training, synthetic });
  const own = bivariate.filter(({ columns }) => columns.includes(column));
  const mean = own.reduce((sum, { accuracy }) => sum + accuracy, 0) / own.length;
  const parts = Object.entries(byColumn).map(([other, tv]) => `${other} ${tv.toFixed(4)}`);
  const agreeing = Object.entries(usual).map(([other, share]) => `${other} ${share.toFixed(4)}`);
  return (
    `  ${name}: TV of categories ${marginal.toFixed(4)}; with other columns, 200 most frequent ${pairs.toFixed(4)} ` +
    `(${parts.join(', ')}); uni ${summary.univariate!.toFixed(4)}, biv ${summary.bivariate!.toFixed(4)}, its pairs ` +
    `${mean.toFixed(4)}, tri ${summary.trivariate?.toFixed(4)}; usual values of the others: ${agreeing.join(', ')}`
  );
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MiB`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
