import { basename } from 'node:path';
import { columnLength } from '../src/domain/column-data';
import { RandomStream } from '../src/domain/random';
import type { NamedColumn } from '../workers/quality/columns';
import { readCsvTable } from '../workers/quality/testing/csv-table';
import { type BenchTable, type BenchTableName, readBenchTable, rowsOf, withDates } from './tables';

/** Rows of neither part that the holdout's own share is judged by, at most. */
const MOST_FRESH = 4000;

/** Where tiny samples are cut from. */
export interface SampleSource {
  readonly name: string;
  /** Samples that `rows` allows; fewer than wanted where the table has no more rows. */
  samples(rows: number, wanted: number): TinySample[];
}

export interface TinySample extends BenchTable {
  readonly fresh: readonly NamedColumn[];
}

/** Disjoint samples of the training rows of a table of the bench, each with as many of its holdout rows. */
export function samplesOf(name: BenchTableName): SampleSource {
  const table = readBenchTable(name);
  const shuffled = (columns: readonly NamedColumn[]) =>
    new RandomStream(0, 'tiny').permutation(columnLength(columns[0]!.data));
  const training = shuffled(table.training);
  const holdout = shuffled(table.holdout);
  return {
    name,
    samples: (rows, wanted) =>
      Array.from({ length: wanted }, (_, k) => ({
        name,
        training: part(table.training, training.slice(k * rows, (k + 1) * rows)),
        holdout: part(table.holdout, holdout.slice(k * rows, (k + 1) * rows)),
        fresh: part(table.training, training.slice(wanted * rows, wanted * rows + MOST_FRESH)),
      })),
  };
}

/**
 * Samples of a CSV file: disjoint where it has rows enough, else each a random cut of its own. A sample and its holdout
 * are always disjoint.
 */
export function samplesOfCsv(path: string): SampleSource {
  const table = readCsvTable(path).map(withDates);
  const total = columnLength(table[0]!.data);
  const cut = (order: Uint32Array, rows: number, at: number, fresh: number): TinySample => ({
    name: basename(path),
    training: part(table, order.slice(at, at + rows)),
    holdout: part(table, order.slice(at + rows, at + 2 * rows)),
    fresh: part(table, order.slice(fresh, fresh + MOST_FRESH)),
  });
  return {
    name: basename(path),
    samples(rows, wanted) {
      if (2 * rows > total) return [];
      const disjoint = 2 * rows * wanted <= total;
      return Array.from({ length: wanted }, (_, k) => {
        const order = new RandomStream(disjoint ? 0 : k, 'tiny').permutation(total);
        return disjoint ? cut(order, rows, 2 * rows * k, 2 * rows * wanted) : cut(order, rows, 0, 2 * rows);
      });
    },
  };
}

function part(table: readonly NamedColumn[], rows: Uint32Array): NamedColumn[] {
  return rowsOf(table, rows.sort());
}
