import { RandomStream } from '../../../src/domain/random';
import type { Pacer } from '../pacing';
import type { Feature } from './features';
import { addTree, GrowBuffers, type GrowSettings, growTree, type Tree } from './grow-tree';

export interface BoostSettings extends GrowSettings {
  readonly trees: number;
  /** Share of the features that each tree may use. */
  readonly featureShare: number;
  /** Stop when so many trees in a row do not lower the loss of a tenth of the rows that is held back; null = never. */
  readonly patience: number | null;
  readonly seed: number;
}

/** scikit-learn's defaults, without early stopping. */
export const DEFAULT_BOOSTING: BoostSettings = {
  ...{ trees: 100, maxLeaves: 31, maxDepth: Number.POSITIVE_INFINITY, minRows: 20, learningRate: 0.1 },
  ...{ featureShare: 1, patience: null, seed: 0 },
};

/** Trees that were learned. */
export interface Boosted {
  /** Where sums begin. */
  readonly start: number;
  readonly trees: readonly Tree[];
}

/** Smallest fall of the loss that counts, as in scikit-learn. */
const TOLERANCE = 1e-7;
const HELD_BACK = 0.1;

/** What is learned: yes or no by the logistic loss (sums are log-odds), or a number by squares. */
export type Loss = 'logistic' | 'squares';

/**
 * Gradient boosting (Friedman 2001, "Greedy function approximation: a gradient boosting machine"), as scikit-learn's
 * HistGradientBoosting does it.
 * @param target [row]; 0 or 1 of the logistic loss
 */
export async function boost(
  features: readonly Feature[],
  target: Float64Array,
  loss: Loss,
  settings: BoostSettings,
  pacer: Pacer,
): Promise<Boosted> {
  const { seed, patience, featureShare } = settings;
  const random = new RandomStream(seed, 'boosted trees');
  const order = random.permutation(target.length);
  const held =
    patience === null ? order.subarray(0, 0) : order.subarray(0, Math.ceil(HELD_BACK * order.length));
  const rows = order.slice(held.length).sort();
  const mean = rows.reduce((sum, row) => sum + target[row]!, 0) / Math.max(1, rows.length);
  const start = loss === 'squares' ? mean : logOdds(mean);
  const sums = new Float64Array(target.length).fill(start);
  const gradient = new Float64Array(target.length);
  const curvature = new Float64Array(target.length).fill(1);
  const trees: Tree[] = [];
  const buffers = new GrowBuffers(features, rows.length);
  const heldFeatures = features.map((feature) => ({
    ...feature,
    codes: Uint8Array.from(held, (row) => feature.codes[row]!),
  }));
  const heldSums = new Float64Array(held.length).fill(start);
  const useful = [...features.keys()].filter((f) => features[f]!.bins > 1);
  const share = Math.max(1, Math.round(featureShare * useful.length));
  let best = Number.POSITIVE_INFINITY;
  let since = 0;
  for (let t = 0; t < settings.trees && useful.length > 0; t++) {
    derive(loss, target, sums, rows, gradient, curvature);
    const used =
      share < useful.length
        ? Array.from(random.permutation(useful.length).subarray(0, share), (i) => useful[i]!).sort(
            (a, b) => a - b,
          )
        : useful;
    const tree = growTree(features, gradient, curvature, rows, used, settings, sums, buffers);
    trees.push(tree);
    if (pacer.advance(0)) await pacer.yield();
    if (patience === null) continue;
    addTree(tree, heldFeatures, heldSums);
    const now = lossOf(loss, target, held, heldSums);
    if (now < best - TOLERANCE) [best, since] = [now, 0];
    else if (++since >= patience) break;
  }
  return { start, trees };
}

function logOdds(share: number): number {
  const safe = Math.min(1 - 1e-6, Math.max(1e-6, share));
  return Math.log(safe / (1 - safe));
}

function derive(
  loss: Loss,
  target: Float64Array,
  sums: Float64Array,
  rows: Uint32Array,
  gradient: Float64Array,
  curvature: Float64Array,
): void {
  if (loss === 'squares') {
    for (const row of rows) gradient[row] = sums[row]! - target[row]!;
    return;
  }
  for (const row of rows) {
    const p = 1 / (1 + Math.exp(-sums[row]!));
    gradient[row] = p - target[row]!;
    curvature[row] = p * (1 - p);
  }
}

function lossOf(loss: Loss, target: Float64Array, rows: Uint32Array, sums: Float64Array): number {
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const [y, f] = [target[rows[i]!]!, sums[i]!];
    total +=
      loss === 'squares' ? (f - y) ** 2 / 2 : Math.log1p(Math.exp(-Math.abs(f))) + Math.max(f, 0) - y * f;
  }
  return total / Math.max(1, rows.length);
}

/** Sums of rows: log-odds, or numbers. @param features in the codes of those that were learned */
export function predict({ start, trees }: Boosted, features: readonly Feature[], rows: number): Float64Array {
  const sums = new Float64Array(rows).fill(start);
  for (const tree of trees) addTree(tree, features, sums);
  return sums;
}

/** Shares of what all splits gained, by feature; all 0 without a split. */
export function importanceOf({ trees }: Boosted, features: number): number[] {
  const gains = new Array<number>(features).fill(0);
  for (const { feature, gain } of trees) {
    feature.forEach((f, node) => {
      if (f >= 0) gains[f]! += gain[node]!;
    });
  }
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  return gains.map((gain) => (total > 0 ? gain / total : 0));
}
