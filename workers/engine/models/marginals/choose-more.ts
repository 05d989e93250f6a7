import type { PrivacyBudget } from '../../privacy/dp/privacy-budget';
import type { Edge } from './choose-tree';

/** A pair beyond the tree. */
export interface Candidate extends Edge {
  /** What the tree says of it, [groups of a × groups of b]. */
  readonly expected: Float64Array;
  /** How many rows the tree has wrong, less what noise would. */
  readonly score: number;
}

/** Pairs beyond the tree for each column. */
const MORE = 1;

/** How many pairs are counted: follows from the number of columns alone. */
export function countsOfPairs(columns: number): { treePairs: number; morePairs: number } {
  const treePairs = columns - 1;
  const all = (columns * treePairs) / 2;
  return { treePairs, morePairs: Math.min(all - treePairs, Math.round(MORE * columns)) };
}

/** Pairs that the tree has most wrong, one after the other by the exponential mechanism. */
export function chooseMore(
  candidates: readonly Candidate[],
  count: number,
  budget: PrivacyBudget,
  share: number,
): Candidate[] {
  const open = [...candidates];
  const chosen: Candidate[] = [];
  while (chosen.length < count && open.length > 0) {
    const scores = open.map(({ score }) => score);
    chosen.push(...open.splice(budget.choose('pairs: choice', scores, share), 1));
  }
  return chosen;
}

/** Sum of absolute differences. */
export function distanceBetween(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += Math.abs(a[k]! - b[k]!);
  return sum;
}
