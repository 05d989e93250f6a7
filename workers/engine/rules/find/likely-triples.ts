import { RandomStream } from '../../../../src/domain/random';
import { lowerBound } from '../../encoding/sorted-values';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';

type Triple = readonly [SampledColumn, SampledColumn, SampledColumn];

/** Rows whose values are joined to one number per column. */
const ROWS = 10;
const MAX_TRIPLES = 5_000_000;

/**
 * Triples a, b, c that may keep a + b = c + constant, without trying all: each column becomes one random weighted sum of
 * its changes over a few rows, so that the sums of two columns have to meet that of a third.
 */
export async function likelyTriples(
  columns: readonly SampledColumn[],
  unitOf: (column: SampledColumn) => number,
  pacer: Pacer,
): Promise<Triple[]> {
  const rows = fullestRows(columns);
  const stream = new RandomStream(1, 'triples');
  const weights = rows.map(() => 0.5 + stream.uniform());
  const usable = columns.filter(({ numbers }) => rows.every((row) => !Number.isNaN(numbers![row]!)));
  const codes = usable
    .map((column) => ({
      column,
      code: weigh(column.numbers!, rows, weights),
      slack: 2 * rows.length * unitOf(column),
    }))
    .sort((a, b) => a.code - b.code);
  const sorted = Float64Array.from(codes, ({ code }) => code);
  const found: Triple[] = [];
  for (const [i, a] of codes.entries()) {
    for (const b of codes.slice(i + 1)) {
      const slack = Math.max(a.slack, b.slack) + 1e-9 * Math.abs(a.code + b.code);
      for (let k = lowerBound(sorted, a.code + b.code - slack); k < sorted.length; k++) {
        if (sorted[k]! > a.code + b.code + slack) break;
        const c = codes[k]!;
        if (c !== a && c !== b && agree(a.column, b.column, c.column, rows, slack))
          found.push([a.column, b.column, c.column]);
      }
    }
    if (found.length > MAX_TRIPLES) break;
    await pacer.tick();
  }
  return found;
}

/** True if the change of the sum from the first row to each other is that of the third column. */
function agree(
  a: SampledColumn,
  b: SampledColumn,
  c: SampledColumn,
  rows: readonly number[],
  slack: number,
): boolean {
  const [x, y, z] = [a.numbers!, b.numbers!, c.numbers!];
  const start = rows[0]!;
  const rest = x[start]! + y[start]! - z[start]!;
  return rows.every((row) => Math.abs(x[row]! + y[row]! - z[row]! - rest) * rows.length <= slack);
}

/** Rows of the first ones in which fewest columns are missing. */
function fullestRows(columns: readonly SampledColumn[]): number[] {
  const candidates = [...columns[0]!.codes.keys()].slice(0, 20 * ROWS);
  const missing = candidates.map(
    (row) => columns.filter(({ numbers }) => Number.isNaN(numbers![row]!)).length,
  );
  return candidates.sort((a, b) => missing[a]! - missing[b]! || a - b).slice(0, ROWS);
}

function weigh(numbers: Float64Array, rows: readonly number[], weights: readonly number[]): number {
  return rows.reduce(
    (sum, row, i) => sum + weights[i]! * (i % 2 === 0 ? 1 : -1) * (numbers[row]! - numbers[rows[0]!]!),
    0,
  );
}
