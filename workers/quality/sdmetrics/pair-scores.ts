import type { ColumnData, NamedColumn, NumberColumn, TextColumn } from '../../../src/domain/column-data';
import type { SdPair } from '../../../src/domain/likeness';
import type { Pacer } from '../pacing';

/** Pairs that are weaker in the original do not count (SDMetrics from 0.27 on). */
const MIN_CORRELATION = 0.5;
const MIN_ASSOCIATION = 0.3;
/** Bins of a number beside a category. */
const BINS = 10;
/** More cells than this are not counted: a pair of columns of which each has a value of its own in most rows. */
const MAX_CELLS = 4e6;

/** A column of both sets: numbers, and the codes of its categories or bins. */
interface Sides {
  readonly name: string;
  readonly numbers: readonly [NumberColumn, NumberColumn] | null;
  /** Of rows, original and synthetic; 0 = no value. */
  readonly codes: readonly [Uint16Array | Uint32Array, Uint16Array | Uint32Array];
  readonly size: number;
}

/** Scores of the pairs that are strong enough in the original, and how many are not. */
export async function sdPairs(
  real: readonly NamedColumn[],
  synthetic: readonly NamedColumn[],
  pacer: Pacer,
): Promise<{ readonly pairs: SdPair[]; readonly weakPairs: number }> {
  const sides: Sides[] = [];
  for (const [i, column] of real.entries()) {
    sides.push(sidesOf(column, synthetic[i]!.data));
    if (pacer.advance(0)) await pacer.yield();
  }
  const pairs: SdPair[] = [];
  let weakPairs = 0;
  for (const [i, a] of sides.entries()) {
    for (const b of sides.slice(i + 1)) {
      const metric = a.numbers && b.numbers ? 'CorrelationSimilarity' : 'ContingencySimilarity';
      const score =
        a.numbers && b.numbers ? correlationSimilarity(a.numbers, b.numbers) : contingencySimilarity(a, b);
      if (score === null) weakPairs++;
      else pairs.push({ column1: a.name, column2: b.name, metric, score });
      if (pacer.advance(0)) await pacer.yield();
    }
  }
  return { pairs: pairs.sort((a, b) => a.score - b.score), weakPairs };
}

function sidesOf({ name, data }: NamedColumn, synthetic: ColumnData): Sides {
  if (data.kind === 'number') {
    const other = synthetic as NumberColumn;
    // As in SDMetrics, each set is cut between its own ends.
    return { name, numbers: [data, other], codes: [equalWidths(data), equalWidths(other)], size: BINS + 2 };
  }
  const known = new Map<string, number>();
  const codeOf = (text: string) => {
    const code = known.get(text) ?? known.size + 1;
    known.set(text, code);
    return code;
  };
  const codes = [data, synthetic as TextColumn].map(({ codes: own, dictionary }) => {
    const byCode = dictionary.map(codeOf);
    return Uint32Array.from(own, (code) => (code < 0 ? 0 : byCode[code]!));
  });
  return { name, numbers: null, codes: [codes[0]!, codes[1]!], size: known.size + 1 };
}

/** Bins of equal width, each with its lower end, and one of the highest value alone: as in SDMetrics. */
function equalWidths({ values, nulls }: NumberColumn): Uint16Array {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < values.length; row++) {
    if (nulls?.[row] === 1) continue;
    if (values[row]! < low) low = values[row]!;
    if (values[row]! > high) high = values[row]!;
  }
  const edges = Float64Array.from({ length: BINS - 1 }, (_, k) => low + ((high - low) * (k + 1)) / BINS);
  return Uint16Array.from(values, (value, row) => {
    if (nulls?.[row] === 1) return 0;
    let bin = 1;
    while (bin < BINS && value >= edges[bin - 1]!) bin++;
    return value >= high ? BINS + 1 : bin;
  });
}

/** 1 − ½ |ρ − ρ′|; null where |ρ| ≤ ½. */
function correlationSimilarity(
  [a, otherA]: readonly [NumberColumn, NumberColumn],
  [b, otherB]: readonly [NumberColumn, NumberColumn],
): number | null {
  const real = pearson(a, b);
  if (real === null || Math.abs(real) <= MIN_CORRELATION) return null;
  const synthetic = pearson(otherA, otherB);
  return synthetic === null ? null : 1 - Math.abs(real - synthetic) / 2;
}

/** Pearson's correlation of the rows that have both values; null where one is constant. */
export function pearson(a: NumberColumn, b: NumberColumn): number | null {
  let [n, ma, mb, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < a.values.length; row++) {
    if (a.nulls?.[row] === 1 || b.nulls?.[row] === 1) continue;
    n++;
    const [da, db] = [a.values[row]! - ma, b.values[row]! - mb];
    ma += da / n;
    mb += db / n;
    aa += da * (a.values[row]! - ma);
    bb += db * (b.values[row]! - mb);
    ab += da * (b.values[row]! - mb);
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null;
}

/** 1 − ½ Σ|p − q| over the cells; null where Cramér's V of the original ≤ 0.3. */
function contingencySimilarity(a: Sides, b: Sides): number | null {
  if (a.size * b.size > MAX_CELLS) return null;
  const [real, synthetic] = [0, 1].map((side) => countCells(a.codes[side]!, b.codes[side]!, a.size, b.size));
  if (cramersV(real!, a.size, b.size) <= MIN_ASSOCIATION) return null;
  const [n, m] = [a.codes[0].length, a.codes[1].length];
  let distance = 0;
  for (let cell = 0; cell < real!.length; cell++)
    distance += Math.abs(real![cell]! / n - synthetic![cell]! / m);
  return Math.max(0, 1 - distance / 2);
}

function countCells(a: ArrayLike<number>, b: ArrayLike<number>, rows: number, columns: number): Uint32Array {
  const counts = new Uint32Array(rows * columns);
  for (let row = 0; row < a.length; row++) counts[a[row]! * columns + b[row]!]!++;
  return counts;
}

/** Cramér's V (1946) without a correction; 0 where a row or column is all there is. */
function cramersV(counts: Uint32Array, rows: number, columns: number): number {
  const rowSums = new Float64Array(rows);
  const columnSums = new Float64Array(columns);
  let total = 0;
  for (let r = 0, cell = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, cell++) {
      rowSums[r]! += counts[cell]!;
      columnSums[c]! += counts[cell]!;
      total += counts[cell]!;
    }
  }
  let ratio = 0;
  for (let r = 0, cell = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, cell++) {
      if (counts[cell]! > 0) ratio += counts[cell]! ** 2 / (rowSums[r]! * columnSums[c]!);
    }
  }
  const least =
    Math.min(rowSums.filter((sum) => sum > 0).length, columnSums.filter((sum) => sum > 0).length) - 1;
  return total === 0 || least < 1 ? 0 : Math.sqrt(Math.max(0, ratio - 1) / least);
}
