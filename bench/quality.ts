import {
  columnLength,
  type NamedColumn,
  openEngine,
  reportOn,
  type Settings,
  type TrainingSummary,
} from './engine';
import {
  BENCH_TABLES,
  type BenchTable,
  type BenchTableName,
  missingFile,
  readBenchTable,
  readHalves,
  sampleOf,
} from './tables';
import { describeProcess, optionOf, print } from './terminal';

interface Options {
  readonly tables: readonly BenchTableName[];
  readonly files: readonly string[];
  /** Training rows at most. */
  readonly rows: number;
  readonly seeds: readonly number[];
  readonly modes: readonly Mode[];
  readonly settings: Settings;
}

type Mode = 'rotated' | 'independent' | 'natural' | 'random';

const GENERATION: Readonly<Record<Mode, Settings>> = {
  rotated: {},
  independent: { sampling: 'independent' },
  natural: { generationOrder: 'natural' },
  random: { generationOrder: 'random' },
};

/** What a line of the table says. Accuracies are against the training rows alone; the share is over all rows. */
interface Score {
  readonly univariate: number;
  readonly bivariate: number;
  readonly trivariate: number;
  readonly share: number | null;
  readonly shareError: number | null;
  readonly cpuSeconds: number;
  readonly rowsPerSecond: number;
}

/**
 * Trains on each table and scores what comes out, one line per table, kind of generation and seed, and the mean.
 * Arguments: tables (`adult beijing airbnb`), `--csv FILE,FILE`, `--seeds 1,2,3`, `--modes
 * rotated,independent,natural,random`, `--model {"modelSize":"S"}` settings of the model, `--rows 300` training rows at
 * most, as many held out: seeds 1 and 2 exchange the two halves of one sample, 3 and 4 those of another.
 */
export async function run(args: readonly string[]): Promise<void> {
  const options = parse(args);
  print(`Quality, ${describeProcess()}, one thread`);
  for (const name of options.tables) {
    const missing = missingFile(name);
    if (missing) print(`SKIPPED ${name}: ${missing} is missing.`);
    else await measure(await readBenchTable(name), options);
  }
  for (const file of options.files) await measure(await readHalves(file), options);
}

async function measure(table: BenchTable, options: Options): Promise<void> {
  const rows = Math.min(options.rows, columnLength(table.training[0]!.data));
  print(`\n${table.name}: ${rows} training rows × ${table.training.length} columns`);
  print(row(['generation', 'seed', 'uni', 'biv', '(u+b)/2', 'tri', 'share', '± s.e.', 'CPU s', 'rows/s']));
  const scores = new Map<string, Score[]>();
  const add = (name: string, seed: number, result: Score) => {
    scores.set(name, [...(scores.get(name) ?? []), result]);
    print(line(name, String(seed), result));
  };
  for (const seed of options.seeds) {
    const sample = sampleOf(table, options.rows, seed);
    if (sample !== table || seed === options.seeds[0])
      add('the holdout', seed, await score(sample, sample.holdout, false));
    for await (const [mode, result] of runSeed(sample, seed, options)) add(mode, seed, result);
  }
  for (const [name, results] of scores) {
    if (results.length > 1) print(line(name, 'mean', mean(results)));
  }
}

async function* runSeed(table: BenchTable, seed: number, options: Options): AsyncGenerator<[Mode, Score]> {
  const rows = columnLength(table.training[0]!.data);
  const engine = await openEngine(
    table.training,
    1,
    undefined,
    options.settings['model'] as string | undefined,
  );
  const { summary, cpuSeconds } = await engine.train(seed, options.settings);
  print(`  seed ${seed}: ${summarise(summary)}`);
  for (const mode of options.modes) {
    const { columns, rowsPerSecond } = await engine.generate(rows, seed, GENERATION[mode]);
    yield [mode, { ...(await score(table, columns, true)), cpuSeconds, rowsPerSecond }];
  }
  await engine.close();
}

function summarise({ parameters, passes, privacyGuard: guard }: TrainingSummary): string {
  const parts = [`${parameters} parameters`];
  if (passes)
    parts.push(
      `batch ${passes.batchSize}, ${passes.steps} updates, ${passes.epochs.toFixed(1)} epochs`,
      `loss ${passes.trainingLoss?.toFixed(3)} / ${passes.validationLoss?.toFixed(3)}`,
      `${(1000 * passes.secondsPerStep).toFixed(2)} ms a step`,
    );
  parts.push(guard ? `guard ${guard.outcome} at ${guard.copied.toFixed(3)}` : 'no guard');
  return parts.join(', ');
}

async function score(
  { training, holdout }: BenchTable,
  synthetic: readonly NamedColumn[],
  withShare: boolean,
): Promise<Score> {
  const names = new Set(synthetic.map(({ name }) => name));
  const modelled = training.filter(({ name }) => names.has(name));
  const tables = { training: modelled, synthetic, ...(withShare && { holdout }) };
  const { accuracy, distances } = (await reportOn(tables, { original: 'training' })).metrics;
  return {
    univariate: accuracy.univariate ?? Number.NaN,
    bivariate: accuracy.bivariate ?? Number.NaN,
    trivariate: accuracy.trivariate ?? Number.NaN,
    share: distances.dcrShare,
    shareError: distances.dcrShareStandardError,
    cpuSeconds: 0,
    rowsPerSecond: 0,
  };
}

function mean(results: readonly Score[]): Score {
  const of = (key: keyof Score) =>
    results.reduce((sum, score) => sum + (score[key] ?? Number.NaN), 0) / results.length;
  const known = (value: number) => (Number.isNaN(value) ? null : value);
  return {
    univariate: of('univariate'),
    bivariate: of('bivariate'),
    trivariate: of('trivariate'),
    share: known(of('share')),
    shareError: known(of('shareError') / Math.sqrt(results.length)),
    cpuSeconds: of('cpuSeconds'),
    rowsPerSecond: of('rowsPerSecond'),
  };
}

function line(name: string, seed: string, score: Score): string {
  const { univariate, bivariate, trivariate, share, shareError, cpuSeconds, rowsPerSecond } = score;
  return row([
    name,
    seed,
    ...[univariate, bivariate, (univariate + bivariate) / 2, trivariate, share, shareError].map(
      (value) => value?.toFixed(4) ?? '',
    ),
    cpuSeconds ? cpuSeconds.toFixed(1) : '',
    rowsPerSecond ? Math.round(rowsPerSecond).toLocaleString('en') : '',
  ]);
}

function row(cells: readonly string[]): string {
  return `  ${cells.map((cell, i) => (i === 0 ? cell.padEnd(14) : cell.padStart(9))).join('')}`;
}

function parse(args: readonly string[]): Options {
  const named = BENCH_TABLES.filter((name) => args.includes(name));
  const files = optionOf(args, 'csv')?.split(',') ?? [];
  return {
    tables: named.length + files.length > 0 ? named : BENCH_TABLES,
    files,
    rows: Number(optionOf(args, 'rows') ?? Number.POSITIVE_INFINITY),
    seeds: (optionOf(args, 'seeds') ?? '1,2,3').split(',').map(Number),
    modes: (optionOf(args, 'modes') ?? Object.keys(GENERATION).join()).split(',') as Mode[],
    settings: JSON.parse(optionOf(args, 'model') ?? '{}'),
  };
}
