import { columnLength } from '../src/domain/column-data';
import { hash, RandomStream } from '../src/domain/random';
import { type GenerationOrder, SyntheticTableConfiguration } from '../src/domain/synthetic-datasets';
import { generateDataset } from '../workers/engine/generate-dataset';
import { backendChooser } from '../workers/engine/models/argn/backends/choose-backend';
import { INPUT_LIMIT } from '../workers/engine/models/argn/inputs/choose-inputs';
import type { Backend, TrainingState } from '../workers/engine/models/argn/network/network-backend';
import { tinyRate } from '../workers/engine/models/argn/training/cross-fitting';
import { Learner } from '../workers/engine/models/argn/training/learner';
import { Pace } from '../workers/engine/models/argn/training/pace';
import { ADAM, RECIPE, weightDecayOf } from '../workers/engine/models/argn/training/schedule';
import { loadKernels } from '../workers/engine/models/argn/wasm/load-node';
import { prepareTable } from '../workers/engine/prepare-table';
import { MemoryDatabase } from '../workers/engine/testing/memory-database';
import { createModel } from '../workers/engine/train-model';
import { computeAccuracy } from '../workers/quality/accuracy/compute-accuracy';
import { concatenate, type NamedColumn } from '../workers/quality/columns';
import { computeDistances } from '../workers/quality/distances/compute-distances';
import { takeDataset, trainRequest } from './bench-training';
import { BENCH_TABLES, type BenchTable } from './tables';
import { samplesOf, samplesOfCsv } from './tiny-samples';

const BATCH = 32;
const ORDERS = { natural: 0.2, rotated: 0.3 };
/** Rows drawn for one share, at least. */
const DRAWN_ROWS = 1800;
const HOOKS = { cancel: new AbortController().signal, pause: async () => undefined };

/** A way to train a tiny table for so many updates, without a guard. */
interface Variant {
  readonly name: string;
  /** Share of the inputs kept; absent = as many as of a large table. */
  readonly inputs?: number;
  readonly decay?: number;
  readonly dropout?: number;
  /** Models, each without its part of the rows. */
  readonly models?: number;
  /** What becomes of several models: weights averaged, or each draws its part of the rows. */
  readonly joined?: 'averaged' | 'mixed';
  readonly order?: GenerationOrder;
  readonly temperature?: number;
}

type Score = readonly [accuracy: number, trivariate: number, share: number];

/**
 * Accuracy against the distance share after fixed numbers of updates: what moves along the frontier, and what moves
 * the frontier. Arguments: tables or `--csv FILE`, `--rows 300`, `--pairs 10`, `--updates 90,200,450`,
 * `--variants [{"name":"half of the inputs","inputs":0.5}]`.
 */
export async function run(args: readonly string[]): Promise<void> {
  const value = (name: string) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const files = value('csv')?.split(',') ?? [];
  const named = BENCH_TABLES.filter((name) => args.includes(name));
  const variants: Variant[] = JSON.parse(value('variants') ?? '[{"name":"as a large table"}]');
  const updates = (value('updates') ?? '90,200,450').split(',').map(Number);
  for (const source of [...named.map(samplesOf), ...files.map(samplesOfCsv)]) {
    const samples = source.samples(Number(value('rows') ?? 300), Number(value('pairs') ?? 10));
    process.stdout.write(
      `\n${source.name}, ${samples.length / 2} pairs: updates, (u+b)/2, tri, share ± s.e.\n`,
    );
    for (const variant of variants) {
      const paths: Score[][] = [];
      for (const [k, sample] of samples.entries()) paths.push(await pathOf(sample, k + 1, variant, updates));
      updates.forEach((count, p) => {
        print(
          variant.name,
          count,
          paths.map((path) => path[p]!),
        );
      });
    }
  }
}

function print(name: string, updates: number, scores: readonly Score[]): void {
  const mean = (at: 0 | 1 | 2) => scores.reduce((sum, score) => sum + score[at], 0) / scores.length;
  const pairs = scores.flatMap((score, i) => (i % 2 === 1 ? [(score[2] + scores[i - 1]![2]) / 2] : []));
  const squares = pairs.reduce((sum, share) => sum + (share - mean(2)) ** 2, 0);
  const error = Math.sqrt(squares / Math.max(1, pairs.length - 1) / pairs.length);
  const figures = [mean(0).toFixed(4), mean(1).toFixed(4), `${mean(2).toFixed(4)} ± ${error.toFixed(4)}`];
  process.stdout.write(`  ${name.padEnd(24)} ${String(updates).padStart(6)}  ${figures.join('  ')}\n`);
}

async function pathOf(
  sample: BenchTable,
  seed: number,
  variant: Variant,
  updates: readonly number[],
): Promise<Score[]> {
  const database = new MemoryDatabase({ training: sample.training });
  const backend = await backendChooser(loadKernels)('wasm');
  const plain = trainRequest(sample.name, sample.training, seed);
  const request = { ...plain, rows: { ...plain.rows, validationShare: 0 } };
  const prepared = await prepareTable(request, database, { ...HOOKS, onColumns: () => {} });
  const limit = variant.inputs ? { share: variant.inputs, fewest: 2, most: INPUT_LIMIT.most } : INPUT_LIMIT;
  const { artefact, initial } = await createModel(prepared, request, HOOKS.pause, limit);
  const { spec } = artefact.manifest;
  const rows = columnLength(sample.training[0]!.data);
  const weightDecay = variant.decay ?? weightDecayOf(RECIPE, rows);
  await backend.init(spec, prepared.codes, rows, { ...ADAM, weightDecay });
  const models = modelsOf(backend, rows, spec.columnCount, seed, variant, initial);
  const path: Score[] = [];
  for (const count of updates) {
    for (const model of models) await advance(backend, model, count, variant);
    const averages = models.map(({ state }) => state.average);
    const weights = variant.joined === 'mixed' ? averages : [meanOf(averages)];
    const drawn: NamedColumn[][] = [];
    for (let d = 0; d < Math.ceil(DRAWN_ROWS / rows); d++) {
      const parts: NamedColumn[][] = [];
      for (const [m, average] of weights.entries()) {
        const zeros = new Float32Array(average.length);
        await backend.setState({ parameters: average, average, firstMoment: zeros, secondMoment: zeros });
        const from = Math.floor((m * rows) / weights.length);
        const to = Math.floor(((m + 1) * rows) / weights.length);
        const configuration = SyntheticTableConfiguration.parse({
          samplingTemperature: variant.temperature ?? 1,
          ...(variant.order ? { generationOrder: variant.order } : {}),
        });
        const draw = { modelId: 'bench', datasetId: 'draw', fileName: 'draw', configuration };
        const randomState = hash(seed, d, m);
        await generateDataset(artefact, backend, { ...draw, rows: to - from, randomState }, database, {
          ...HOOKS,
          onRows: () => {},
        });
        parts.push(takeDataset(database, 'draw'));
      }
      drawn.push(parts.reduce(append));
    }
    path.push(await scoreOf(sample, drawn));
  }
  backend.dispose();
  return path;
}

interface Model {
  readonly learner: Learner;
  readonly seed: number;
  state: TrainingState;
}

function modelsOf(
  backend: Backend,
  rows: number,
  columnCount: number,
  seed: number,
  { models = 1 }: Variant,
  state: TrainingState,
): Model[] {
  const order = new RandomStream(seed, 'folds').permutation(rows);
  return Array.from({ length: models }, (_, f) => {
    const learned = models === 1 ? order : order.filter((_, i) => i % models !== f);
    const own = hash(seed, f);
    const options = { rows: learned, columnCount, orders: ORDERS, seed: own };
    return { learner: new Learner(backend, { ...options, batchSize: BATCH }, new Pace()), seed: own, state };
  });
}

async function advance(
  backend: Backend,
  model: Model,
  updates: number,
  { dropout = RECIPE.dropout }: Variant,
): Promise<void> {
  const { learner, seed } = model;
  await backend.setState(model.state);
  const course = { rate: (step: number) => tinyRate(step, BATCH), dropout, seed };
  while (learner.steps < updates) await learner.train(updates - learner.steps, course);
  const { parameters, firstMoment, secondMoment, average } = await backend.getState();
  model.state = {
    parameters: parameters.slice(),
    firstMoment: firstMoment.slice(),
    secondMoment: secondMoment.slice(),
    average: average.slice(),
  };
}

async function scoreOf(sample: BenchTable, drawn: readonly NamedColumn[][]): Promise<Score> {
  const names = new Set(drawn[0]!.map(({ name }) => name));
  const training = sample.training.filter(({ name }) => names.has(name));
  const { summary } = await computeAccuracy({ original: training, synthetic: drawn[0]! });
  const synthetic = drawn.reduce(append);
  const { metrics } = await computeDistances({ training, holdout: sample.holdout, synthetic });
  return [(summary.univariate! + summary.bivariate!) / 2, summary.trivariate!, metrics.dcrShare!];
}

function append(above: readonly NamedColumn[], below: readonly NamedColumn[]): NamedColumn[] {
  return above.map((column, i) => ({ ...column, data: concatenate(column.data, below[i]!.data) }));
}

function meanOf(all: readonly Float32Array[]): Float32Array {
  return all[0]!.map((_, i) => all.reduce((sum, weights) => sum + weights[i]!, 0) / all.length);
}
