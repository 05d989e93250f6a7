import { cpus } from 'node:os';
import { ALL_ROWS } from '../src/domain/split';
import { computeAccuracy } from '../workers/quality/accuracy/compute-accuracy';
import { evaluate } from '../workers/quality/evaluate';
import { memorySource } from '../workers/quality/testing/memory-source';
import { wideTable } from './wide-table';

/**
 * The report on a generated table of many columns of 50 values against fresh rows of the same: seconds, and bytes of
 * what it hands on. `npm run bench -- wide-report [columns] [rows]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const columns = Number(args[0] ?? 200);
  const rows = Number(args[1] ?? 20_000);
  print(`The report on ${columns} columns × ${rows} rows: ${cpus()[0]?.model}, one thread`);
  const training = wideTable(columns, rows, 100);
  const holdout = wideTable(columns, rows, 200);
  const synthetic = wideTable(columns, rows, 300);
  let started = process.cpuUsage();
  await computeAccuracy({ original: training, synthetic });
  print(`accuracies against the training rows alone: CPU ${seconds(started)}`);
  started = process.cpuUsage();
  const report = await evaluate(
    {
      reportId: 'report',
      syntheticDatasetId: 'dataset',
      syntheticTableId: 'synthetic',
      columns: training.map(({ name }) => name),
      training: { tableId: 'training', rows: ALL_ROWS },
      holdout: { tableId: 'holdout', rows: ALL_ROWS, origin: 'file' },
      randomState: 1,
      original: 'training+holdout',
    },
    memorySource({ training, holdout, synthetic }),
  );
  print(
    `whole report: CPU ${seconds(started)}; ${report.bivariateScores.length} pairs, ${report.trivariateScores.length} triples, ` +
      `${report.bivariate.length} maps, distances of ${report.distanceRows} rows, ` +
      `${(JSON.stringify(report).length / 2 ** 20).toFixed(1)} MiB`,
  );
}

function seconds(started: NodeJS.CpuUsage): string {
  const { user, system } = process.cpuUsage(started);
  return `${((user + system) / 1e6).toFixed(1)} s`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
