import { HIGHEST_SHARE } from '../../../../../src/domain/privacy-guard';
import type { DistanceShare } from '../../../privacy/distance-share';

/** Scores of all cross-fitted models after so many updates. */
export interface FitPoint {
  readonly updates: number;
  /** Mean loss of every row under the model that did not learn it, nats. */
  readonly loss: number;
  readonly share: DistanceShare;
}

/** Points without a better loss after which the search ends. */
const PATIENCE = 3;
/** Points above the highest share after which the search ends: it will not fall again. */
const TOO_CLOSE = 2;

/** Whether further updates could still be chosen. */
export function worthGoingOn(points: readonly FitPoint[]): boolean {
  if (points.length === 0) return true;
  if (!Number.isFinite(points.at(-1)!.loss)) return false;
  const best = points.reduce((at, { loss }, k) => (loss < points[at]!.loss ? k : at), 0);
  if (points.length - 1 - best >= PATIENCE) return false;
  const latest = points.slice(-TOO_CLOSE);
  return latest.length < TOO_CLOSE || latest.some(({ share }) => share.share <= HIGHEST_SHARE);
}

/**
 * The point with the best loss among those whose share is no higher than by chance; the first one if there are none.
 * Shares are fitted to rise with the updates: they fall only by noise.
 */
export function choosePoint(points: readonly FitPoint[]): {
  readonly point: FitPoint;
  readonly held: boolean;
} {
  const finite = points.filter(({ loss }) => Number.isFinite(loss));
  const shares = isotonic(finite.map(({ share }) => share.share));
  const fine = finite.filter((_, k) => shares[k]! <= HIGHEST_SHARE);
  const best = (from: readonly FitPoint[]) => from.reduce((a, b) => (b.loss < a.loss ? b : a));
  const point = fine.length > 0 ? best(fine) : finite[0]!;
  return {
    point: { ...point, share: { ...point.share, share: shares[finite.indexOf(point)]! } },
    held: point !== best(finite),
  };
}

/** Least-squares fit of a sequence that never falls: neighbours that fall are averaged. */
export function isotonic(values: readonly number[]): number[] {
  const blocks: { sum: number; count: number }[] = [];
  for (const value of values) {
    let block = { sum: value, count: 1 };
    for (
      let last = blocks.at(-1);
      last && last.sum / last.count >= block.sum / block.count;
      last = blocks.at(-1)
    ) {
      block = { sum: last.sum + block.sum, count: last.count + block.count };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
}
