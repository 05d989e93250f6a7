import { HIGHEST_COPIED } from '../../../../../src/domain/privacy-guard';
import type { CopiedShare } from '../../../privacy/copied-share';

/** Scores of all cross-fitted models after so many updates. */
export interface FitPoint {
  readonly updates: number;
  /** Mean loss of every row under the model that did not learn it, nats. */
  readonly loss: number;
  readonly found: CopiedShare;
  /** Rows drawn per model: how much `found` counts. */
  readonly samples: number;
}

/** Points without a better loss after which the search ends. */
const PATIENCE = 3;
/** Points that clearly copy too much after which the search ends: it will not get better again. */
const TOO_CLOSE = 2;

/** Whether further updates could still be chosen. */
export function worthGoingOn(points: readonly FitPoint[]): boolean {
  if (points.length === 0) return true;
  if (!Number.isFinite(points.at(-1)!.loss)) return false;
  const best = points.reduce((at, { loss }, k) => (loss < points[at]!.loss ? k : at), 0);
  if (points.length - 1 - best >= PATIENCE) return false;
  const latest = points.slice(-TOO_CLOSE);
  return (
    latest.length < TOO_CLOSE ||
    latest.some(({ found }) => found.copied - found.standardError <= HIGHEST_COPIED)
  );
}

/**
 * The point with the best loss among those that copy no more than acceptable; the first one if there are none.
 * Shares of copies are fitted to rise with the updates: they fall only by noise.
 */
export function choosePoint(points: readonly FitPoint[]): {
  readonly point: FitPoint;
  readonly held: boolean;
} {
  const finite = points.filter(({ loss }) => Number.isFinite(loss));
  const shares = isotonic(
    finite.map(({ found }) => found.copied),
    finite.map(({ samples }) => samples),
  );
  const fine = finite.filter((_, k) => shares[k]! <= HIGHEST_COPIED);
  const best = (from: readonly FitPoint[]) => from.reduce((a, b) => (b.loss < a.loss ? b : a));
  const point = fine.length > 0 ? best(fine) : finite[0]!;
  return {
    point: { ...point, found: { ...point.found, copied: shares[finite.indexOf(point)]! } },
    held: point !== best(finite),
  };
}

/** Weighted least-squares fit of a sequence that never falls: neighbours that fall are averaged. */
export function isotonic(values: readonly number[], weights: readonly number[]): number[] {
  const blocks: { sum: number; weight: number; count: number }[] = [];
  values.forEach((value, i) => {
    let block = { sum: value * weights[i]!, weight: weights[i]!, count: 1 };
    for (
      let last = blocks.at(-1);
      last && last.sum / last.weight >= block.sum / block.weight;
      last = blocks.at(-1)
    ) {
      block = {
        sum: last.sum + block.sum,
        weight: last.weight + block.weight,
        count: last.count + block.count,
      };
      blocks.pop();
    }
    blocks.push(block);
  });
  return blocks.flatMap(({ sum, weight, count }) => Array.from({ length: count }, () => sum / weight));
}
