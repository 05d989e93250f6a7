import type { Tree } from './boosted-trees';

/** Tells how much more often rows of some codes occur among the training rows than among drawn ones. Plain JSON. */
export interface Discriminator {
  readonly trees: readonly Tree[];
  /** Share of drawn rows that are kept, about; above 0. */
  readonly keptShare: number;
}

/** Odds above this count as this: a drawn row is kept with odds / `MAX_ODDS`. */
export const MAX_ODDS = 2;

/** What training leaves of rows that are all told apart, with room: 120 trees take no more than 1 of 10,000 is kept. */
export const MIN_KEPT_SHARE = 1e-5;

/** Probability of keeping a row of these log-odds. */
export function keepProbability(logOdds: number): number {
  return Math.min(Math.exp(logOdds), MAX_ODDS) / MAX_ODDS;
}
