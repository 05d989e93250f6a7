import type { RandomStream } from '../../../../src/domain/random';
import type { Edge } from './choose-tree';
import { countPairs } from './noisy-counts';

/** A pair of columns and the factor that each pair of its groups has. */
export interface PairFactors extends Edge {
  /** [groups of a × groups of b] */
  readonly factors: Float64Array;
}

/** A pair of columns and the counts that rows should have. */
export interface PairTarget extends Edge {
  readonly counts: Float64Array;
}

/** Golden section: multiples of it modulo 1 are spread evenly, wherever one starts. */
const STRIDE = 2;
const MAX_SHARE = 20;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * One pass over all columns: each row's group is drawn anew given the row's other groups, in proportion to the product of
 * factors (Gibbs sampling: Geman & Geman 1984). Rows are visited in the order of the groups that count, with evenly
 * spread draws, so that like rows share groups out as the probabilities say and not only on average.
 * Each group is drawn about as often as its margin says.
 * @param groups [column][row]; changed
 * @param margins [column][group] shares of the rows, in any unit
 */
export async function sweep(
  groups: readonly Uint16Array[],
  sizes: readonly number[],
  pairs: readonly PairFactors[],
  margins: readonly ArrayLike<number>[],
  stream: RandomStream,
  pause: () => Promise<void>,
): Promise<void> {
  const rows = groups[0]!.length;
  const links = sizes.map((_, column) => pairs.filter(({ a, b }) => a === column || b === column));
  for (const column of stream.permutation(sizes.length)) {
    const own = links[column]!;
    if (own.length === 0) continue;
    const size = sizes[column]!;
    const others = own.map(({ a, b }) => groups[a === column ? b : a]!);
    const tables = own.map((pair) => (pair.b === column ? pair.factors : transposed(pair, sizes)));
    const order = sortedBy(
      others,
      own.map(({ a, b }) => sizes[a === column ? b : a]!),
      rows,
      stream,
    );
    const factorsOf = weigher(tables, others, size);
    const shares = sharesFor(margins[column]!, factorsOf, rows);
    const target = groups[column]!;
    let draw = stream.uniform();
    for (let i = 0; i < rows; i++) {
      const row = order[i]!;
      const weights = factorsOf(row);
      let sum = 0;
      for (let k = 0; k < size; k++) {
        weights[k]! *= shares[k]!;
        sum += weights[k]!;
      }
      draw += GOLDEN;
      if (draw >= 1) draw--;
      let left = draw * sum;
      let code = 0;
      while (code + 1 < size && left >= weights[code]!) left -= weights[code++]!;
      if (sum > 0) target[row] = code;
    }
    await pause();
  }
}

/** Of a row, the product of factors for each group; the array is the same for all rows. */
function weigher(
  tables: readonly Float64Array[],
  others: readonly Uint16Array[],
  size: number,
): (row: number) => Float64Array {
  const weights = new Float64Array(size);
  return (row) => {
    weights.fill(1);
    for (let t = 0; t < tables.length; t++) {
      const table = tables[t]!;
      const base = others[t]![row]! * size;
      for (let k = 0; k < size; k++) weights[k]! *= table[base + k]!;
    }
    return weights;
  };
}

/** What to multiply the groups' weights by so that about the right number of rows gets each, by every `STRIDE`th row. */
function sharesFor(
  margin: ArrayLike<number>,
  factorsOf: (row: number) => Float64Array,
  rows: number,
): Float64Array {
  const size = margin.length;
  const expected = new Float64Array(size);
  let total = 0;
  let wanted = 0;
  for (let row = 0; row < rows; row += STRIDE) {
    const weights = factorsOf(row);
    let sum = 0;
    for (let k = 0; k < size; k++) sum += weights[k]!;
    if (sum === 0) continue;
    for (let k = 0; k < size; k++) expected[k]! += weights[k]! / sum;
    total++;
  }
  for (let k = 0; k < size; k++) wanted += margin[k]!;
  return expected.map((count, k) =>
    count > 0 ? Math.min(MAX_SHARE, ((margin[k]! / wanted) * total) / count) : 1,
  );
}

/**
 * Factors with which rows have given counts of pairs: the most even distribution that has them (maximum entropy), as a
 * graphical model fitted to marginals (McKenna, Sheldon & Miklau 2019, https://arxiv.org/abs/1901.09136), but with rows
 * that are drawn on and on instead of exact inference (persistent chains: Tieleman 2008), so that pairs may form loops.
 * @param groups rows to begin with, [column][row]; changed
 * @param pairs factors to begin with; changed
 * @param targets of the same pairs, in the same order, of any total
 */
export async function fitFactors(
  groups: readonly Uint16Array[],
  sizes: readonly number[],
  pairs: readonly PairFactors[],
  targets: readonly PairTarget[],
  margins: readonly ArrayLike<number>[],
  { passes, stream, pause, onPass }: FitSteps,
): Promise<void> {
  const rows = groups[0]!.length;
  for (let pass = 0; pass < passes; pass++) {
    await sweep(groups, sizes, pairs, margins, stream, pause);
    // Steps get smaller so that the chance of single passes averages out.
    const power = 0.6 / (1 + (4 * pass) / passes);
    for (const [p, { a, b, factors }] of pairs.entries()) {
      const wanted = targets[p]!.counts;
      const total = wanted.reduce((sum, count) => sum + count, 0);
      const drawn = countPairs(groups[a]!, groups[b]!, sizes[a]!, sizes[b]!);
      const scale = rows / total;
      for (let k = 0; k < factors.length; k++) {
        const ratio = (wanted[k]! * scale + FLOOR) / (drawn[k]! + FLOOR);
        factors[k] = Math.min(MAX_FACTOR, factors[k]! * ratio ** power);
      }
    }
    onPass(pass + 1, passes);
  }
}

interface FitSteps {
  readonly passes: number;
  readonly stream: RandomStream;
  pause(): Promise<void>;
  onPass(done: number, total: number): void;
}

/** Rows added to both sides of a ratio, so that cells of few rows move little. */
const FLOOR = 2;
const MAX_FACTOR = 1e6;

function transposed({ a, b, factors }: PairFactors, sizes: readonly number[]): Float64Array {
  const [m, n] = [sizes[a]!, sizes[b]!];
  const result = new Float64Array(factors.length);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) result[j * m + i] = factors[i * n + j]!;
  return result;
}

/** Rows ordered by the first column of groups, then the second, and so on; among equals at random (radix sort). */
function sortedBy(
  columns: readonly Uint16Array[],
  sizes: readonly number[],
  rows: number,
  stream: RandomStream,
): Uint32Array {
  const first = stream.below(rows);
  let order = Uint32Array.from({ length: rows }, (_, i) => (i + first) % rows);
  for (let c = columns.length - 1; c >= 0; c--) {
    const column = columns[c]!;
    const starts = new Uint32Array(sizes[c]! + 1);
    for (let row = 0; row < rows; row++) starts[column[row]! + 1]!++;
    for (let k = 0; k < sizes[c]!; k++) starts[k + 1]! += starts[k]!;
    const sorted = new Uint32Array(rows);
    for (const row of order) sorted[starts[column[row]!]!++] = row;
    order = sorted;
  }
  return order;
}
