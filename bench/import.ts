import { openAsBlob } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ColumnData, columnLength } from '../src/domain/column-data';
import { onlyTable } from '../src/domain/only-table';
import { RandomStream } from '../src/domain/random';
import { ALL_ROWS } from '../src/domain/split';
import { Database } from '../workers/database/database';
import { openNodeEngine } from '../workers/database/duckdb/node-engine';
import { MemoryBackend } from '../workers/storage/backend';
import { FileStore } from '../workers/storage/file-store';

/**
 * Import to Parquet on a generated table of 15 columns (5 categories, 4 small integers, 2 large ones, 2 floats, a date,
 * a float with nulls). Runs the worker's own modules with DuckDB's `eh` build in Node; in a browser DuckDB has a
 * thread of its own, so that reading and loading overlap.
 *
 * @param args `--rows N` (default 1,000,000)
 */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { rows: { type: 'string', default: '1000000' } },
  });
  const rows = Number(values.rows);
  const folder = await mkdtemp(join(tmpdir(), 'doppelgrid-bench-'));
  const results: { step: string; seconds: number; note: string }[] = [];
  try {
    const path = join(folder, 'generated.csv');
    await generateCsv(path, rows);
    const blob = await openAsBlob(path);
    const database = new Database(
      await openNodeEngine(),
      new FileStore(async () => new MemoryBackend()),
      () => {},
    );
    const timed = async <T>(
      step: string,
      work: () => Promise<T>,
      note: (result: T) => string,
    ): Promise<T> => {
      const started = performance.now();
      const result = await work();
      results.push({ step, seconds: (performance.now() - started) / 1000, note: note(result) });
      return result;
    };
    const file = new File([blob], 'generated.csv');
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
    const source = await timed(
      'import and profile',
      () => database.importSource('bench', { sourceId: 'file', tableId: 'source' }, file, {}),
      (imported) => `${megabytes(imported.byteSize)}, ${onlyTable(imported).rowCount} rows`,
    );
    const columns = onlyTable(source).columns;
    const data = await timed(
      'read every column',
      async () => {
        const read: ColumnData[] = [];
        for (const { name } of columns) read.push(await database.peer.readColumn('source', name, ALL_ROWS));
        return read;
      },
      (read) => `${read.length} × ${columnLength(read[0]!)}`,
    );
    await timed(
      'write Parquet',
      async () => {
        await database.peer.beginDataset({
          tableId: 'copy',
          fileName: 'copy.parquet',
          columns: columns.map(({ name, originalName, storageType }) => ({
            name,
            originalName,
            storageType,
          })),
          expectedRows: rows,
        });
        for (let from = 0; from < rows; from += 10_000) {
          await database.peer.appendRows(
            'copy',
            data.map((column) => block(column, from, from + 10_000)),
          );
        }
        return database.peer.finishDataset('copy');
      },
      ({ parquetBytes }) => megabytes(parquetBytes),
    );
    await timed(
      'export CSV',
      () => database.download('csv', 'copy', 'csv', { neutraliseFormulas: false }),
      (csv) => megabytes(csv.size),
    );
    printTable(results);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function printTable(results: readonly { step: string; seconds: number; note: string }[]): void {
  for (const { step, seconds, note } of results) {
    process.stdout.write(`${step.padEnd(20)} ${seconds.toFixed(2).padStart(8)} s  ${note}\n`);
  }
  const peak = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${'peak memory'.padEnd(20)} ${peak.toFixed(0).padStart(8)} MB (whole process)\n`);
}

function block(column: ColumnData, from: number, to: number): ColumnData {
  if (column.kind === 'text') {
    return { kind: 'text', codes: column.codes.slice(from, to), dictionary: column.dictionary };
  }
  return {
    kind: 'number',
    values: column.values.slice(from, to),
    nulls: column.nulls?.slice(from, to) ?? null,
  };
}

const CATEGORIES = [
  'Private',
  'Self-emp-not-inc',
  'Local-gov',
  '?',
  'United-States',
  'Some-college',
  'Married-civ-spouse',
];

async function generateCsv(path: string, rows: number): Promise<void> {
  const random = new RandomStream(1, 'bench');
  const file = await open(path, 'w');
  const names = Array.from({ length: 15 }, (_, i) => `column ${i}`);
  let text = `${names.join(',')}\n`;
  for (let row = 0; row < rows; row++) {
    const cells: (string | number)[] = [];
    for (let i = 0; i < 5; i++) cells.push(CATEGORIES[random.below(CATEGORIES.length)]!);
    for (let i = 0; i < 4; i++) cells.push(random.below(100));
    for (let i = 0; i < 2; i++) cells.push(random.below(1_000_000));
    for (let i = 0; i < 2; i++) cells.push((random.uniform() * 1000).toFixed(4));
    cells.push(new Date(1.4e12 + random.uniform() * 1e11).toISOString().slice(0, 10));
    cells.push(random.uniform() < 0.1 ? '' : (random.normal() * 100).toFixed(2));
    text += `${cells.join(',')}\n`;
    if (text.length > 4_000_000) {
      await file.write(text);
      text = '';
    }
  }
  await file.write(text);
  await file.close();
}
