import type { Edge } from './choose-tree';
import { fitMargins, projectCounts, Weighted } from './noisy-counts';

/** Counts of the groups of a column given those of its parent. Plain JSON. */
export interface TreeNode {
  readonly column: number;
  /** −1 = the root of a tree. */
  readonly parent: number;
  /** [groups of the parent × own groups], of a root [own groups]. */
  readonly counts: readonly number[];
}

/** A pair of columns with noisy counts. */
export interface MeasuredPair extends Edge {
  /** [groups of a × groups of b] */
  readonly noisy: Float64Array;
  /** Deviation of the noise. */
  readonly sigma: number;
}

/** Noisy counts of a column's groups by themselves. */
export interface MeasuredColumn {
  readonly noisy: Float64Array;
  /** [groups] */
  readonly variance: Float64Array;
}

/**
 * Joint counts of a tree of columns: margins from all that was counted of a column, tables with these margins, and the
 * order to draw in. Tables that agree in their margins are the exact answer of a graphical model that is a tree.
 */
export function fitTree(
  columns: readonly MeasuredColumn[],
  pairs: readonly MeasuredPair[],
  total: number,
): { margins: Float64Array[]; nodes: TreeNode[] } {
  const margins = columns.map((own, column) => marginOf(own, column, pairs, columns, total));
  const nodes: TreeNode[] = [];
  const seen = new Set<number>();
  for (const root of columns.keys()) {
    if (seen.has(root)) continue;
    nodes.push({ column: root, parent: -1, counts: [...margins[root]!] });
    seen.add(root);
    const open = [root];
    while (open.length > 0) {
      const parent = open.shift()!;
      for (const pair of pairs) {
        if (pair.a !== parent && pair.b !== parent) continue;
        const column = pair.a === parent ? pair.b : pair.a;
        if (seen.has(column)) continue;
        seen.add(column);
        open.push(column);
        const [rows, cells] = [margins[pair.a]!, margins[pair.b]!];
        const table = denoise(pair, independentCounts(rows, cells, total), rows, cells, total);
        const m = margins[pair.b]!.length;
        const own = margins[column]!.length;
        const counts = new Array<number>(table.length);
        for (let k = 0; k < table.length; k++) {
          const [i, j] = [Math.floor(k / m), k % m];
          counts[pair.a === parent ? k : j * own + i] = table[k]!;
        }
        nodes.push({ column, parent, counts });
      }
    }
  }
  return { margins, nodes };
}

/** A column's counts from its own release and from the sums of its pairs. */
function marginOf(
  { noisy, variance }: MeasuredColumn,
  column: number,
  pairs: readonly MeasuredPair[],
  columns: readonly MeasuredColumn[],
  total: number,
): Float64Array {
  const estimates = Array.from(noisy, (count, i) => {
    const weighted = new Weighted();
    weighted.add(count, variance[i]!);
    return weighted;
  });
  for (const pair of pairs) {
    if (pair.a !== column && pair.b !== column) continue;
    const other = columns[pair.a === column ? pair.b : pair.a]!.noisy.length;
    const own = noisy.length;
    for (let i = 0; i < own; i++) {
      let sum = 0;
      for (let j = 0; j < other; j++) sum += pair.noisy[pair.a === column ? i * other + j : j * own + i]!;
      estimates[i]!.add(sum, other * pair.sigma ** 2);
    }
  }
  return projectCounts(
    estimates.map(({ value }) => value),
    total,
  );
}

/**
 * A noisy table as counts ≥ 0 with the margins of its columns.
 * @param expected what is known of the table without it
 */
export function denoise(
  { noisy, sigma }: Pick<MeasuredPair, 'noisy' | 'sigma'>,
  expected: Float64Array,
  rows: Float64Array,
  columns: Float64Array,
  total: number,
): Float64Array {
  const table = projectCounts(shrink(noisy, expected, sigma), total);
  fitMargins(table, rows, columns);
  return table;
}

/** The counts that two independent columns have together. */
function independentCounts(rows: Float64Array, columns: Float64Array, total: number): Float64Array {
  const n = columns.length;
  return Float64Array.from(
    { length: rows.length * n },
    (_, k) => (rows[Math.floor(k / n)]! * columns[k % n]!) / total,
  );
}

/**
 * Noisy cells moved towards expected ones as far as noise explains the difference (empirical Bayes: Efron & Morris
 * 1973). What cells differ by beyond noise is taken to grow with what is expected in them.
 */
function shrink(noisy: Float64Array, prior: Float64Array, sigma: number): Float64Array {
  let excess = 0;
  let scale = 0;
  for (let k = 0; k < noisy.length; k++) {
    const expected = prior[k]!;
    excess += expected * ((noisy[k]! - expected) ** 2 - sigma ** 2);
    scale += expected * expected;
  }
  const spread = Math.max(0, excess / scale);
  return Float64Array.from(noisy, (count, k) => {
    const expected = prior[k]!;
    const weight = (spread * expected) / (spread * expected + sigma ** 2);
    return expected + weight * (count - expected);
  });
}
