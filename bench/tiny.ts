import { columnLength } from '../src/domain/column-data';
import { type PrivacyGuardSummary, SourceTableConfig } from '../src/domain/generators';
import { TINY_ROWS } from '../src/domain/small-tables';
import { SyntheticTableConfiguration } from '../src/domain/synthetic-datasets';
import { generateDataset } from '../workers/engine/generate-dataset';
import { backendChooser } from '../workers/engine/models/argn/backends/choose-backend';
import type { InputLimit } from '../workers/engine/models/argn/inputs/choose-inputs';
import { RECIPE, type Recipe } from '../workers/engine/models/argn/training/schedule';
import { loadKernels } from '../workers/engine/models/argn/wasm/load-node';
import { prepareTable } from '../workers/engine/prepare-table';
import { MemoryDatabase, profileOf } from '../workers/engine/testing/memory-database';
import { createModel, loadModel, trainPrepared } from '../workers/engine/train-model';
import { computeAccuracy } from '../workers/quality/accuracy/compute-accuracy';
import type { NamedColumn } from '../workers/quality/columns';
import { computeDistances } from '../workers/quality/distances/compute-distances';
import { takeDataset } from './bench-training';
import { BENCH_TABLES, type BenchTable, type BenchTableName, missingFile } from './tables';
import { type SampleSource, samplesOf, samplesOfCsv } from './tiny-samples';

const SIZES = '100,300,500,1000,2000';
/** Rows drawn per model, at least: tiny outputs are noisy. */
const DRAWN_ROWS = 4000;
const MOST_DRAWS = 4;
const HOOKS = { cancel: new AbortController().signal, pause: async () => undefined };

interface Options {
  readonly tables: readonly BenchTableName[];
  readonly files: readonly string[];
  readonly sizes: readonly number[];
  readonly pairs: number;
  readonly variants: readonly Variant[];
  readonly recipe: Recipe;
  /** Inputs that a target keeps, if not as shipped. */
  readonly inputs: InputLimit | null;
  readonly model: Readonly<Record<string, unknown>>;
}

type Variant = 'plain' | 'guarded';

interface Score {
  readonly bivariate: number;
  readonly trivariate: number;
  readonly share: number;
  readonly cpuSeconds: number;
  readonly updates: number;
  /** What the guard found. */
  readonly guard: PrivacyGuardSummary | null;
}

/**
 * Tiny tables: pairs of samples, each learned and judged against the other. “plain” is the model without the privacy
 * guard, trained and stopped as a large table is, with a fifth of the rows held back for it. The standard error is
 * that of the share over the pairs.
 * Arguments: tables (`adult beijing airbnb`), `--csv FILE,FILE`, `--rows 100,300`, `--pairs 3`,
 * `--variants plain,guarded`, `--recipe {…}`, `--model {…}`,
 * `--inputs {"share":0.85,"fewest":10,"most":32}`.
 */
export async function run(args: readonly string[]): Promise<void> {
  const options = parse(args);
  for (const name of options.tables) {
    const missing = missingFile(name);
    if (missing) print(`SKIPPED ${name}: ${missing} is missing.`);
    else await measure(samplesOf(name), options);
  }
  for (const file of options.files) await measure(samplesOfCsv(file), options);
}

async function measure(source: SampleSource, options: Options): Promise<void> {
  print(`\n${source.name}, mean of ${options.pairs} pairs of samples`);
  print(row(['rows', 'variant', '(u+b)/2', 'tri', 'share', '± s.e.', 'CPU s', 'guard']));
  for (const rows of options.sizes) {
    const samples = source.samples(rows, options.pairs);
    if (samples.length === 0) continue;
    const ideal: Score[] = [];
    for (const sample of samples) ideal.push(await idealOf(sample));
    print(line(rows, 'holdout', ideal));
    for (const variant of options.variants) {
      const scores: Score[] = [];
      for (const [k, sample] of samples.entries())
        scores.push(await trainAndScore(sample, k + 1, variant, options));
      print(line(rows, variant, scores));
    }
  }
}

/** What as many other real rows score. */
async function idealOf(sample: BenchTable): Promise<Score> {
  const accuracy = await accuracyOf(sample, sample.holdout);
  return { ...accuracy, share: Number.NaN, cpuSeconds: Number.NaN, updates: 0, guard: null };
}

async function trainAndScore(
  table: BenchTable,
  seed: number,
  variant: Variant,
  options: Options,
): Promise<Score> {
  const database = new MemoryDatabase({ training: table.training });
  const backend = await backendChooser(loadKernels)('wasm');
  const guarded = variant === 'guarded';
  const rows = columnLength(table.training[0]!.data);
  const request = {
    modelId: 'bench',
    table: SourceTableConfig.parse({
      name: table.name,
      sourceId: 'training',
      columns: table.training.map(({ name }) => ({ name })),
      tabularModelConfiguration: { ...options.model, privacyGuard: guarded },
    }),
    profiles: table.training.map(profileOf),
    randomState: seed,
    rows: {
      part: 'training' as const,
      seed,
      validationShare: guarded && rows <= TINY_ROWS ? 0 : 0.2,
      maxValidation: 5000,
      maxSampleSize: null,
    },
  };
  const prepared = await prepareTable(request, database, { ...HOOKS, onColumns: () => {} });
  const before = process.cpuUsage();
  const model = await createModel(prepared, request, HOOKS.pause, options.inputs ?? undefined);
  const quiet = {
    stop: HOOKS.cancel,
    onMessage: () => {},
    onProgress: () => {},
    onCheckpoint: async () => undefined,
  };
  const { artefact, summary } = await trainPrepared(
    backend,
    prepared,
    request,
    model,
    { ...HOOKS, ...quiet },
    options.recipe,
  );
  const used = process.cpuUsage(before);
  await loadModel(backend, artefact);
  const scores: Score[] = [];
  const draws = Math.min(MOST_DRAWS, Math.ceil(DRAWN_ROWS / rows));
  for (let draw = 0; draw < draws; draw++) {
    await generateDataset(
      artefact,
      backend,
      {
        modelId: 'bench',
        datasetId: 'draw',
        fileName: 'draw',
        rows,
        randomState: 100 * seed + draw,
        configuration: SyntheticTableConfiguration.parse({}),
      },
      database,
      { ...HOOKS, onRows: () => {} },
    );
    const synthetic = takeDataset(database, 'draw');
    const names = new Set(synthetic.map(({ name }) => name));
    const training = table.training.filter(({ name }) => names.has(name));
    const { metrics } = await computeDistances({ training, holdout: table.holdout, synthetic });
    const accuracy = await accuracyOf({ ...table, training }, synthetic);
    scores.push({
      ...accuracy,
      share: metrics.dcrShare!,
      cpuSeconds: (used.user + used.system) / 1e6,
      updates: summary.steps,
      guard: summary.privacyGuard,
    });
  }
  backend.dispose();
  return mean(scores);
}

async function accuracyOf(
  table: BenchTable,
  synthetic: readonly NamedColumn[],
): Promise<Pick<Score, 'bivariate' | 'trivariate'>> {
  const { summary } = await computeAccuracy({ original: table.training, synthetic });
  return { bivariate: (summary.univariate! + summary.bivariate!) / 2, trivariate: summary.trivariate! };
}

function mean(scores: readonly Score[]): Score {
  const of = (pick: (score: Score) => number) => scores.reduce((sum, s) => sum + pick(s), 0) / scores.length;
  return {
    bivariate: of((s) => s.bivariate),
    trivariate: of((s) => s.trivariate),
    share: of((s) => s.share),
    cpuSeconds: of((s) => s.cpuSeconds),
    updates: of((s) => s.updates),
    guard: scores[0]!.guard,
  };
}

function line(rows: number, variant: string, scores: readonly Score[]): string {
  const { bivariate, trivariate, share, cpuSeconds } = mean(scores);
  const number = (value: number, digits: number) => (Number.isNaN(value) ? '' : value.toFixed(digits));
  return row([
    String(rows),
    variant,
    bivariate.toFixed(4),
    trivariate.toFixed(4),
    number(share, 3),
    number(errorOfPairs(scores.map((score) => score.share)), 3),
    number(cpuSeconds, 2),
    guardText(scores),
  ]);
}

/** Standard error of the mean of values that come in pairs. */
function errorOfPairs(values: readonly number[]): number {
  const means = values.flatMap((value, i) => (i % 2 === 1 ? [(value + values[i - 1]!) / 2] : []));
  const mean = means.reduce((a, b) => a + b, 0) / means.length;
  const squares = means.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (means.length - 1) / means.length);
}

/** How many trainings the guard ended, the mean share on the codes, mean updates. */
function guardText(scores: readonly Score[]): string {
  const guards = scores.flatMap(({ guard }) => (guard ? [guard] : []));
  if (guards.length === 0) return '';
  const held = guards.filter(({ outcome }) => outcome !== 'kept').length;
  const share = guards.reduce((sum, guard) => sum + guard.share, 0) / guards.length;
  const updates = scores.reduce((sum, score) => sum + score.updates, 0) / scores.length;
  return `held ${held} of ${guards.length}, ${share.toFixed(3)} on codes, ${Math.round(updates)} updates`;
}

function row(cells: readonly string[]): string {
  return `  ${cells.map((cell) => cell.padStart(10)).join(' ')}`;
}

function parse(args: readonly string[]): Options {
  const value = (name: string) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const named = BENCH_TABLES.filter((name) => args.includes(name));
  const files = value('csv')?.split(',') ?? [];
  return {
    tables: named.length + files.length > 0 ? named : ['adult', 'beijing'],
    files,
    pairs: Number(value('pairs') ?? 3),
    sizes: (value('rows') ?? SIZES).split(',').map(Number),
    variants: (value('variants') ?? 'plain,guarded').split(',') as Variant[],
    recipe: { ...RECIPE, ...JSON.parse(value('recipe') ?? '{}') },
    model: JSON.parse(value('model') ?? '{}'),
    inputs: JSON.parse(value('inputs') ?? 'null'),
  };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
