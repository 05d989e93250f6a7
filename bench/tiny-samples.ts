import { basename } from 'node:path';
import { columnLength } from '../src/domain/column-data';
import { RandomStream } from '../src/domain/random';
import type { NamedColumn } from '../workers/quality/columns';
import { readCsvTable } from '../workers/quality/testing/csv-table';
import { type BenchTable, type BenchTableName, readBenchTable, rowsOf, withDates } from './tables';

/** Where tiny samples are cut from. */
export interface SampleSource {
  readonly name: string;
  /**
   * So many pairs of disjoint samples, each in both roles: first one learned and the other held out, then the other
   * way round. What one of them has in common with any output cancels, so that chance is a share of exactly ½.
   * None where the table has too few rows.
   */
  samples(rows: number, pairs: number): BenchTable[];
}

/** Samples of a table of the bench: the pairs are disjoint. */
export function samplesOf(name: BenchTableName): SampleSource {
  const table = readBenchTable(name);
  const shuffled = (columns: readonly NamedColumn[]) =>
    new RandomStream(0, 'tiny').permutation(columnLength(columns[0]!.data));
  const training = shuffled(table.training);
  const holdout = shuffled(table.holdout);
  return {
    name,
    samples: (rows, pairs) =>
      bothWays(pairs, (k) => ({
        name,
        training: part(table.training, training.slice(k * rows, (k + 1) * rows)),
        holdout: part(table.holdout, holdout.slice(k * rows, (k + 1) * rows)),
      })),
  };
}

/** Samples of a CSV file: disjoint pairs where it has rows enough, else each pair a random cut of its own. */
export function samplesOfCsv(path: string): SampleSource {
  const table = readCsvTable(path).map(withDates);
  const total = columnLength(table[0]!.data);
  const name = basename(path);
  return {
    name,
    samples(rows, pairs) {
      if (2 * rows > total) return [];
      const disjoint = 2 * rows * pairs <= total;
      return bothWays(pairs, (k) => {
        const order = new RandomStream(disjoint ? 0 : k, 'tiny').permutation(total);
        const at = disjoint ? 2 * rows * k : 0;
        return {
          name,
          training: part(table, order.slice(at, at + rows)),
          holdout: part(table, order.slice(at + rows, at + 2 * rows)),
        };
      });
    },
  };
}

function bothWays(pairs: number, pairOf: (k: number) => BenchTable): BenchTable[] {
  return Array.from({ length: pairs }, (_, k) => pairOf(k)).flatMap((pair) => [
    pair,
    { ...pair, training: pair.holdout, holdout: pair.training },
  ]);
}

function part(table: readonly NamedColumn[], rows: Uint32Array): NamedColumn[] {
  return rowsOf(table, rows.sort());
}
