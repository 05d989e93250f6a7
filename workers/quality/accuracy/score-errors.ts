import type { ScoreErrors } from '../../../src/domain/reports';
import type { Pacer } from '../pacing';
import { chooseTriples } from './combinations';
import type { BinCodes } from './joint-scores';

/** Rows that tell a variance well enough, and pairs and triples whose mean stands for that of all. */
const MAX_ROWS = 20_000;
const MAX_SETS = 200;

/**
 * Standard errors of the mean accuracies over other synthetic rows of the same generator, the original as it is. An accuracy
 * is 1 − ½ Σ |p − q|, so a synthetic row moves it by ½ sign(p − q) of its cell over the number of rows: the error is that of a
 * mean of these (the delta method, as in Wasserman 2006, All of Nonparametric Statistics, 2.3), with whatever they have in
 * common over columns, pairs and triples.
 */
export async function scoreErrors(
  columns: readonly BinCodes[],
  seed: number,
  pacer: Pick<Pacer, 'advance' | 'yield'>,
): Promise<ScoreErrors> {
  const drawn = columns[0]?.synthetic.length ?? 0;
  const step = Math.max(1, Math.ceil(drawn / MAX_ROWS));
  const rows = Uint32Array.from({ length: Math.ceil(drawn / step) }, (_, i) => i * step);
  const influence = async (sets: readonly (readonly number[])[]) => {
    if (sets.length === 0) return null;
    const sums = new Float64Array(rows.length);
    for (const set of spread(sets)) {
      addSigns(
        sums,
        set.map((at) => columns[at]!),
        rows,
      );
      if (pacer.advance(0)) await pacer.yield();
    }
    const count = Math.min(sets.length, MAX_SETS);
    return sums.map((sum) => sum / (2 * count));
  };
  const positions = columns.map((_, at) => at);
  const triples = chooseTriples(columns.length, seed);
  const parts = [
    await influence(positions.map((at) => [at])),
    await influence(positions.flatMap((a) => positions.slice(a + 1).map((b) => [a, b]))),
    await influence(
      Array.from({ length: triples.length / 3 }, (_, i) => [...triples.slice(3 * i, 3 * i + 3)]),
    ),
  ] as const;
  const known = parts.filter((part) => part !== null);
  const overall = rows.length === 0 || known.length === 0 ? null : meanRow(known);
  const error = (part: Float64Array | null) => (part === null ? null : errorOfMean(part, drawn));
  return {
    overall: error(overall),
    univariate: error(parts[0]),
    bivariate: error(parts[1]),
    trivariate: error(parts[2]),
  };
}

/** Adds of each row the sign of p − q in its cell of the columns' joint distribution. */
function addSigns(sums: Float64Array, columns: readonly BinCodes[], rows: Uint32Array): void {
  const size = columns.reduce((product, column) => product * column.size, 1);
  const signs = new Float64Array(size);
  const cellOf = (set: 'original' | 'synthetic', row: number) => {
    let cell = 0;
    for (const column of columns) cell = cell * column.size + column[set][row]!;
    return cell;
  };
  const { original, synthetic } = columns[0]!;
  for (let row = 0; row < original.length; row++) signs[cellOf('original', row)]! += 1 / original.length;
  for (let row = 0; row < synthetic.length; row++) signs[cellOf('synthetic', row)]! -= 1 / synthetic.length;
  for (let i = 0; i < rows.length; i++) sums[i]! += Math.sign(signs[cellOf('synthetic', rows[i]!)]!);
}

function spread<T>(items: readonly T[]): T[] {
  if (items.length <= MAX_SETS) return [...items];
  return Array.from({ length: MAX_SETS }, (_, i) => items[Math.floor((i * items.length) / MAX_SETS)]!);
}

function meanRow(parts: readonly Float64Array[]): Float64Array {
  return parts[0]!.map((_, row) => parts.reduce((sum, part) => sum + part[row]!, 0) / parts.length);
}

function errorOfMean(values: Float64Array, rows: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return Math.sqrt(variance / rows);
}
