import type { Pacer } from '../pacing';
import { type BoostSettings, boost, importanceOf, type Loss, predict } from './boosting';
import type { Feature } from './features';

/** Trees to learn, and rows to predict with them. */
export interface TreesAsked {
  readonly features: readonly Feature[];
  /** [learned row]; 0 or 1 of the logistic loss */
  readonly target: Float64Array;
  readonly loss: Loss;
  readonly settings: BoostSettings;
  /** Of the rows to predict, in the codes of those that were learned. */
  readonly asked: readonly Feature[];
  /** Rows to predict. */
  readonly rows: number;
}

export interface TreesLearned {
  /** Of each predicted row: log-odds, or a number. */
  readonly sums: Float64Array;
  /** Share of what all splits gained, by feature. */
  readonly importance: readonly number[];
}

/** Learns boosted trees and predicts with them. */
export async function learnTrees(
  { features, target, loss, settings, asked, rows }: TreesAsked,
  pacer: Pacer,
): Promise<TreesLearned> {
  const boosted = await boost(features, target, loss, settings, pacer);
  return { sums: predict(boosted, asked, rows), importance: importanceOf(boosted, features.length) };
}
