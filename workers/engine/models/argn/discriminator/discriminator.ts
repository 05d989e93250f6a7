import { addTree, type Tree } from './boosted-trees';

/** Tells how much more often rows of some codes occur among the training rows than among drawn ones. Plain JSON. */
export interface Discriminator {
  readonly trees: readonly Tree[];
}

/** Odds above this count as this: a drawn row is kept with odds / `MAX_ODDS`. */
export const MAX_ODDS = 2;

/** Share of drawn rows that are kept, about. */
export const KEPT_SHARE = 1 / MAX_ODDS;

/** Probabilities of keeping rows, [rows]. @param codes [sub-column][row] */
export function keepProbabilities({ trees }: Discriminator, codes: readonly Uint16Array[]): Float64Array {
  const sums = new Float64Array(codes[0]!.length);
  for (const tree of trees) addTree(tree, codes, sums);
  return sums.map((sum) => Math.min(Math.exp(sum), MAX_ODDS) / MAX_ODDS);
}
