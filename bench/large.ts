import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HeadlessApp } from '../scripts/lib/headless-app';
import {
  createGenerator,
  exportFile,
  generate,
  getReport,
  importFile,
  proposeDataset,
  proposeGenerator,
  train,
} from '../scripts/synthesize/job';
import { onlyTable } from './engine';
import { longCsv, wideCsv } from './large-csv';
import { StepMeter } from './step-meter';
import { mebibytes, print } from './terminal';

/** A table too large for a bench in Node, and how much of the job is measured on it. */
interface Shape {
  readonly rows: number;
  readonly csv: ((rows: number) => Iterable<string>) | null;
  /** One epoch and no report tell all that grows with the rows. */
  readonly whole: boolean;
}

const SHAPES: Readonly<Record<'long' | 'wide', Shape>> = {
  long: { rows: 1_000_000, csv: longCsv, whole: false },
  wide: { rows: 20_000, csv: wideCsv, whole: true },
};

interface Limits {
  readonly minutes: number;
  /** Rows to generate. */
  readonly generated: number;
  readonly whole: boolean;
}

/**
 * A large table through the app in a headless browser: import, analyse, encode, train, generate, Parquet written. `long`
 * is 1,000,000 × 15 and trained for one epoch, `wide` 20,000 × 200, trained to its end and reported on. Seconds of each
 * step, the page's highest memory in it, workers included, and processor seconds.
 * `npm run bench -- large [long | wide | FILE.csv] [rows] [minutes of training at most] [rows to generate]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const name = args.find((arg) => Number.isNaN(Number(arg))) ?? 'long';
  const shape: Shape =
    name === 'long' || name === 'wide' ? SHAPES[name] : { rows: Number.NaN, csv: null, whole: false };
  const numbers = args.filter((arg) => arg !== name).map(Number);
  const rows = numbers[0] ?? shape.rows;
  const limits = { minutes: numbers[1] ?? Number.NaN, generated: numbers[2] ?? rows, whole: shape.whole };
  const folder = mkdtempSync(join(tmpdir(), 'bench-large-'));
  const meter = new StepMeter();
  const app = await HeadlessApp.open((progress) => meter.update(progress));
  try {
    const table = shape.csv ? join(folder, 'large.csv') : name;
    if (shape.csv) await pipeline(shape.csv(rows), createWriteStream(table));
    print(`${name}, ${mebibytes(statSync(table).size)}, ${cpus().length} × ${cpus()[0]?.model.trim()}`);
    meter.watch(app);
    await work(app, meter, table, join(folder, 'synthetic.parquet'), limits);
    for (const line of meter.lines()) print(line);
    print(`Parquet file ${mebibytes(statSync(join(folder, 'synthetic.parquet')).size)}`);
  } finally {
    meter.stop();
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function work(
  app: HeadlessApp,
  meter: StepMeter,
  table: string,
  target: string,
  { minutes, generated, whole }: Limits,
): Promise<void> {
  await app.give('table', table);
  const source = await importFile(app.page, 'table');
  const { rowCount, columns } = onlyTable(source);
  print(`${rowCount} × ${columns.length}`);
  const config = await proposeGenerator(app.page, source.id);
  Object.assign(config.tables[0]!.tabularModelConfiguration, {
    ...(!whole && { maxEpochs: 1 }),
    ...(!Number.isNaN(minutes) && { maxTrainingTime: minutes }),
  });
  const untrained = await createGenerator(app.page, config);
  const generator = await train(app.page, untrained.id);
  const { passes, stoppedBy, adapter } = generator.summary!;
  const passed = passes ? ` for ${passes.epochs.toFixed(2)} epochs in batches of ${passes.batchSize}` : '';
  print(`trained${passed} by ${adapter} (${stoppedBy})`);
  const dataset = await proposeDataset(app.page, generator.id);
  Object.assign(dataset.tables[0]!.configuration, {
    sampleSize: Number.isNaN(generated) ? rowCount : generated,
    enableDataReport: whole,
  });
  const { id, reportId } = await generate(app.page, dataset);
  if (reportId) {
    const { univariate, bivariate, trivariate } = (await getReport(app.page, reportId)).metrics.accuracy;
    print(`accuracies of columns, pairs, triples: ${univariate}, ${bivariate}, ${trivariate}`);
  }
  await meter.measure('file_saved', async () => {
    await exportFile(app.page, id, 'parquet', 'large.parquet', { csvForm: undefined, sorted: false });
    await app.save('large.parquet', target);
  });
}
