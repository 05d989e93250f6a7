import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HeadlessApp } from '../scripts/lib/headless-app';
import {
  exportFile,
  generate,
  importFile,
  proposeDataset,
  proposeGenerator,
  train,
} from '../scripts/synthesize/job';
import { largeCsv } from './large-table';
import { StepMeter } from './step-meter';

const ROWS = 1_000_000;

/**
 * 1,000,000 × 15 rows through the app in a headless browser: import, analyse, encode, one epoch, generate as many,
 * Parquet written. Seconds of each step, the page's highest memory in it, workers included, and the processor seconds of
 * its busiest threads.
 *
 * @param args number of rows, 1,000,000 by default; most minutes of training, as long as one epoch takes by default;
 *   rows to generate, as many as there are by default; a CSV file to use instead of a generated one
 */
export async function run(args: readonly string[]): Promise<void> {
  const rows = Number(args[0] ?? ROWS);
  const minutes = Number(args[1] ?? Number.POSITIVE_INFINITY);
  const generated = Number(args[2] ?? rows);
  const folder = mkdtempSync(join(tmpdir(), 'bench-large-'));
  const meter = new StepMeter();
  const app = await HeadlessApp.open((progress) => meter.update(progress));
  try {
    const table = args[3] ?? join(folder, 'large.csv');
    if (args[3] === undefined) await pipeline(largeCsv(rows), createWriteStream(table));
    print(`${rows} × 15, ${mebibytes(statSync(table).size)}, ${cpus().length} × ${cpus()[0]?.model.trim()}`);
    meter.watch(app);
    await work(app, meter, table, join(folder, 'synthetic.parquet'), { minutes, generated });
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
  { minutes, generated }: { readonly minutes: number; readonly generated: number },
): Promise<void> {
  await app.give('table', table);
  const source = await importFile(app.page, 'table');
  const config = await proposeGenerator(app.page, source.id);
  const limits = { maxEpochs: 1, ...(Number.isFinite(minutes) && { maxTrainingTime: minutes }) };
  Object.assign(config.tables[0]!.tabularModelConfiguration, limits);
  const generator = await train(app.page, config);
  const { epochs, batchSize, stoppedBy } = generator.summary!;
  print(`trained ${epochs.toFixed(2)} epochs in batches of ${batchSize} (${stoppedBy})`);
  const dataset = await proposeDataset(app.page, generator.id);
  Object.assign(dataset.tables[0]!.configuration, { sampleSize: generated, enableDataReport: false });
  const { id } = await generate(app.page, dataset);
  await meter.measure('file_saved', async () => {
    await exportFile(app.page, id, 'parquet', 'large.parquet');
    await app.save('large.parquet', target);
  });
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
