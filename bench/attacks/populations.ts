/** Where the rows of an attack come from, and how they are divided. */
import { columnLength, concatenate, type NamedColumn, RandomStream, takeRows } from '../engine';
import {
  BENCH_TABLES,
  type BenchTable,
  type BenchTableName,
  missingFile,
  readBenchTable,
  readHalves,
  withDates,
} from '../tables';
import { optionOf, print } from '../terminal';

/** Rows of one distribution. */
export interface Population {
  readonly name: string;
  /** Different seeds give different draws. */
  sample(seed: number, rows: SampleRows): Sample;
}

/** How many rows of each kind are wanted; there may be fewer. */
export interface SampleRows {
  /** Of each of the two halves. */
  readonly half: number;
  readonly reference: number;
  readonly fresh: number;
}

/** Rows of a population without overlap; training on `first` and then on `second` is a swapped pair. */
export interface Sample {
  readonly first: readonly NamedColumn[];
  readonly second: readonly NamedColumn[];
  /** What an attacker knows of the population. */
  readonly reference: readonly NamedColumn[];
  /** Rows that stand for an ideal synthetic table; none where the population has no more. */
  readonly fresh: readonly NamedColumn[];
  /** Rows of each half, from the first, that are attacked. The others of a half that is not trained on may be reference. */
  readonly targets: number;
}

/** The tables that the arguments name, and the files of `--csv`; Adult where they name none. */
export async function namedPopulations(args: readonly string[]): Promise<Population[]> {
  const named = BENCH_TABLES.filter((name) => args.includes(name));
  const files = optionOf(args, 'csv')?.split(',') ?? [];
  const populations: Population[] = [];
  for (const name of named.length + files.length > 0 ? named : (['adult'] as BenchTableName[])) {
    const missing = missingFile(name);
    if (missing) print(`SKIPPED ${name}: ${missing} is missing.`);
    else populations.push(tablePopulation(await readBenchTable(name)));
  }
  for (const file of files) populations.push(tablePopulation(await readHalves(file)));
  return populations;
}

/**
 * The rows of a table. If they do not suffice for a reference of at least a quarter of a half, the last half of each
 * half is the reference while the other one is trained on.
 */
export function tablePopulation({
  name,
  training,
  holdout,
}: Pick<BenchTable, 'name' | 'training' | 'holdout'>): Population {
  const table = training.map((column, c) => ({
    ...column,
    data: concatenate(column.data, holdout[c]!.data),
  }));
  const total = rowCount(table);
  return {
    name,
    sample(seed, { half, reference, fresh }) {
      const order = new RandomStream(seed, 'attacked rows').permutation(total);
      const size = Math.min(half, total >> 1);
      const left = total - 2 * size;
      const known =
        left >= size / 4
          ? Math.min(reference, left > 3 * size ? left - 2 * size : left > size ? left - (size >> 1) : left)
          : 0;
      const part = (from: number, to: number) => pickRows(table, order.subarray(from, Math.min(to, total)));
      return {
        first: part(0, size),
        second: part(size, 2 * size),
        reference: part(2 * size, 2 * size + known),
        fresh: part(2 * size + known, 2 * size + known + fresh),
        targets: known > 0 ? size : size >> 1,
      };
    },
  };
}

/** Rows that are made as they are wanted, so that a reference and a fresh sample never lack any. */
export function generatedPopulation(
  name: string,
  draw: (rows: number, seed: number) => NamedColumn[],
): Population {
  return {
    name,
    sample(seed, { half, reference, fresh }) {
      const table = draw(2 * half + reference + fresh, seed).map(withDates);
      const part = (from: number, count: number) => rowRange(table, from, from + count);
      return {
        first: part(0, half),
        second: part(half, half),
        reference: part(2 * half, reference),
        fresh: part(2 * half + reference, fresh),
        targets: half,
      };
    },
  };
}

/** Columns of independent standard normal numbers. */
export function normalColumns(columns: number): (rows: number, seed: number) => NamedColumn[] {
  return (rows, seed) =>
    Array.from({ length: columns }, (_, c) => {
      const stream = new RandomStream(seed, `normal column ${c}`);
      const values = Float64Array.from({ length: rows }, () => stream.normal());
      return { name: `x${c + 1}`, storageType: 'float', data: { kind: 'number', values, nulls: null } };
    });
}

export function rowCount(table: readonly NamedColumn[]): number {
  return table[0] ? columnLength(table[0].data) : 0;
}

export function pickRows(table: readonly NamedColumn[], rows: Uint32Array): NamedColumn[] {
  return table.map((column) => ({ ...column, data: takeRows(column.data, rows) }));
}

/** The rows from one number up to another, without it. */
export function rowRange(table: readonly NamedColumn[], from: number, to: number): NamedColumn[] {
  return pickRows(
    table,
    Uint32Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i),
  );
}

/** The rows of one table, then those of another with the same columns. */
export function appendRows(a: readonly NamedColumn[], b: readonly NamedColumn[]): NamedColumn[] {
  return a.map((column, c) => ({ ...column, data: concatenate(column.data, b[c]!.data) }));
}
