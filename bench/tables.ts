import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { columnLength, type NamedColumn, RandomStream, readCsv, takeRows } from './engine';

/** The published tables, next to the repository. */
export const DATA = fileURLToPath(new URL('../../shared/data/', import.meta.url));

export interface BenchTable {
  readonly name: string;
  readonly training: readonly NamedColumn[];
  /** As many rows. */
  readonly holdout: readonly NamedColumn[];
}

export const BENCH_TABLES = ['adult', 'beijing', 'airbnb'] as const;
export type BenchTableName = (typeof BENCH_TABLES)[number];

/** The file of a table, or its training and its holdout rows. */
const FILES: Readonly<Record<BenchTableName, readonly string[]>> = {
  adult: ['bench_adult/train.csv.gz', 'bench_adult/holdout.csv.gz'],
  beijing: ['beijing_pm25/pollution.csv'],
  airbnb: ['airbnb_nyc/airbnb.csv.gz'],
};

/** The first file of a table that is not there, or null. */
export function missingFile(name: BenchTableName): string | null {
  return FILES[name].map((file) => DATA + file).find((path) => !existsSync(path)) ?? null;
}

/** Training and holdout rows: Adult as published, the others halved at random. */
export async function readBenchTable(name: BenchTableName): Promise<BenchTable> {
  const [first, second] = FILES[name].map((file) => DATA + file);
  if (!second) return { ...(await readHalves(first!)), name };
  const training = (await readCsv(first!)).map(withDates);
  return { name, training, holdout: await readCsv(second, training) };
}

/** Any CSV file, halved at random. */
export async function readHalves(path: string): Promise<BenchTable> {
  const table = (await readCsv(path)).map(withDates);
  const rows = columnLength(table[0]!.data);
  const order = new RandomStream(0, 'halves').permutation(rows);
  const half = rows >> 1;
  return {
    name: basename(path),
    training: rowsOf(table, order.slice(0, half)),
    holdout: rowsOf(table, order.slice(half, 2 * half)),
  };
}

/**
 * A small sample of a table. Two seeds that follow each other, an odd one first, share a sample and exchange its
 * halves: what one half has in common with any rows cancels, so that chance is a DCR share of exactly ½.
 * @param rows of each half; a table of no more stays whole
 */
export function sampleOf(table: BenchTable, rows: number, seed: number): BenchTable {
  if (columnLength(table.training[0]!.data) <= rows) return table;
  const part = (columns: readonly NamedColumn[]) => {
    const stream = new RandomStream((seed + 1) >> 1, 'sample');
    return rowsOf(columns, stream.permutation(columnLength(columns[0]!.data)).slice(0, rows));
  };
  const [first, second] = [part(table.training), part(table.holdout)];
  const { name } = table;
  return seed % 2 === 1
    ? { name, training: first, holdout: second }
    : { name, training: second, holdout: first };
}

function rowsOf(table: readonly NamedColumn[], rows: Uint32Array): NamedColumn[] {
  const ascending = rows.sort();
  return table.map((column) => ({ ...column, data: takeRows(column.data, ascending) }));
}

/** A text column of ISO days or instants becomes one of dates, as the import would make it. */
export function withDates(column: NamedColumn): NamedColumn {
  const { data, name } = column;
  if (data.kind !== 'text' || data.dictionary.length === 0) return column;
  if (!data.dictionary.every((text) => /^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?$/.test(text))) return column;
  const timed = data.dictionary.some((text) => text.length > 10);
  const instants = data.dictionary.map((text) =>
    Date.parse(text.length > 10 ? `${text.replace(' ', 'T')}Z` : text),
  );
  const values = Float64Array.from(data.codes, (code) => (code < 0 ? 0 : instants[code]!));
  const nulls = data.codes.includes(-1) ? Uint8Array.from(data.codes, (code) => Number(code < 0)) : null;
  return { name, storageType: timed ? 'datetime' : 'date', data: { kind: 'number', values, nulls } };
}
