import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { columnLength, takeRows } from '../src/domain/column-data';
import { RandomStream } from '../src/domain/random';
import type { NamedColumn } from '../workers/quality/columns';
import { readCsvTable } from '../workers/quality/testing/csv-table';

const DATA = fileURLToPath(new URL('../../shared/data/', import.meta.url));

export interface BenchTable {
  readonly name: string;
  readonly training: readonly NamedColumn[];
  readonly holdout: readonly NamedColumn[];
  /** Rows of neither, if any. */
  readonly fresh?: readonly NamedColumn[];
}

export const BENCH_TABLES = ['adult', 'beijing', 'airbnb'] as const;
export type BenchTableName = (typeof BENCH_TABLES)[number];

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
export function readBenchTable(name: BenchTableName): BenchTable {
  const [first, second] = FILES[name].map((file) => DATA + file);
  const table = readCsvTable(first!).map(withDates);
  if (second) return { name, training: table, holdout: readCsvTable(second, table) };
  return { name, ...halves(table) };
}

/**
 * Any CSV file, at random: training and holdout rows, equally many, and what is left over.
 * @param most training rows at most; without it, half of the file
 */
export function readCsvHalves(path: string, most = Number.POSITIVE_INFINITY): BenchTable {
  return { name: basename(path), ...halves(readCsvTable(path).map(withDates), most) };
}

function halves(table: readonly NamedColumn[], most = Number.POSITIVE_INFINITY): Omit<BenchTable, 'name'> {
  const rows = columnLength(table[0]!.data);
  const order = new RandomStream(0, 'halves').permutation(rows);
  const half = Math.min(rows >> 1, most);
  return {
    training: rowsOf(table, order.slice(0, half).sort()),
    holdout: rowsOf(table, order.slice(half, 2 * half).sort()),
    fresh: rowsOf(table, order.slice(2 * half).sort()),
  };
}

export function rowsOf(table: readonly NamedColumn[], rows: Uint32Array): NamedColumn[] {
  return table.map((column) => ({ ...column, data: takeRows(column.data, rows) }));
}

/** A text column of ISO days becomes a date column, as the import would make it. */
export function withDates(column: NamedColumn): NamedColumn {
  const { data } = column;
  if (data.kind !== 'text' || !data.dictionary.every((text) => /^\d{4}-\d\d-\d\d$/.test(text))) return column;
  const instants = data.dictionary.map((text) => Date.parse(text));
  return {
    name: column.name,
    storageType: 'date',
    data: {
      kind: 'number',
      values: Float64Array.from(data.codes, (code) => (code < 0 ? 0 : instants[code]!)),
      nulls: data.codes.includes(-1) ? Uint8Array.from(data.codes, (code) => Number(code < 0)) : null,
    },
  };
}
