import type { PrivacyBudget } from '../../privacy/dp/privacy-budget';
import { countPairs } from './noisy-counts';

/** Two columns whose pairs of groups are counted. */
export interface Edge {
  readonly a: number;
  readonly b: number;
}

/** Columns in groups. */
export interface GroupedColumns {
  /** [column][row] */
  readonly groups: readonly Uint16Array[];
  /** Number of groups. */
  readonly sizes: readonly number[];
  /** [column][group] noisy counts, ≥ 0, of equal totals. */
  readonly counts: readonly Float64Array[];
  readonly total: number;
}

/** Of a pair: by how many rows its counts differ from those of independent columns, and its number of cells. */
export interface PairDistance extends Edge {
  readonly distance: number;
  readonly cells: number;
}

/**
 * The distance of every pair to independence. One row moves it by 1 at most: the noisy counts do not move.
 * @param pause is told how many pairs are done
 */
export async function pairDistances(
  { groups, sizes, counts, total }: GroupedColumns,
  pause: (done: number) => Promise<void>,
): Promise<PairDistance[]> {
  const distances: PairDistance[] = [];
  for (let a = 0; a < groups.length; a++) {
    for (let b = a + 1; b < groups.length; b++) {
      const [m, n] = [sizes[a]!, sizes[b]!];
      const pairs = countPairs(groups[a]!, groups[b]!, m, n);
      let distance = 0;
      for (let i = 0; i < m; i++)
        for (let j = 0; j < n; j++)
          distance += Math.abs(pairs[i * n + j]! - (counts[a]![i]! * counts[b]![j]!) / total);
      distances.push({ a, b, distance, cells: m * n });
    }
    await pause(distances.length);
  }
  return distances;
}

/**
 * A spanning tree of nearly the largest distances to independence, each edge chosen by the exponential mechanism
 * (McKenna, Miklau & Sheldon 2021, https://arxiv.org/abs/2108.04978, section 4). The noise that counting a pair would
 * bring is taken off its score, as in AIM (https://arxiv.org/abs/2201.12677): it is known beforehand.
 * @param share of the budget for all choices
 */
export function chooseTree(
  columns: number,
  pairs: readonly PairDistance[],
  budget: PrivacyBudget,
  share: number,
  sigma: number,
): Edge[] {
  const tree = Uint32Array.from({ length: columns }, (_, column) => column);
  const edges: Edge[] = [];
  while (edges.length < columns - 1) {
    const open = pairs.filter(({ a, b }) => tree[a] !== tree[b]);
    const scores = open.map(({ distance, cells }) => distance - expectedNoise(cells, sigma));
    const chosen = open[budget.choose('pairs: choice', scores, share / (columns - 1))]!;
    edges.push({ a: chosen.a, b: chosen.b });
    const [kept, joined] = [tree[chosen.a]!, tree[chosen.b]!];
    for (let column = 0; column < columns; column++) if (tree[column] === joined) tree[column] = kept;
  }
  return edges;
}

/** What Gaussian noise adds to a sum of absolute counts: √(2/π) σ a cell. */
export function expectedNoise(cells: number, sigma: number): number {
  return Math.sqrt(2 / Math.PI) * sigma * cells;
}
