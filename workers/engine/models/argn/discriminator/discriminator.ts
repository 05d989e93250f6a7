import type { Tree } from './boosted-trees';

/** Tells how much more often rows of some codes occur among the training rows than among drawn ones. Plain JSON. */
export interface Discriminator {
  readonly trees: readonly Tree[];
  /** Share of drawn rows that are kept, about; above 0. */
  readonly keptShare: number;
}

/** Odds above this count as this: a drawn row is kept with odds / `MAX_ODDS`. */
export const MAX_ODDS = 2;

/** Probability of keeping a row of these log-odds. */
export function keepProbability(logOdds: number): number {
  return Math.min(Math.exp(logOdds), MAX_ODDS) / MAX_ODDS;
}
