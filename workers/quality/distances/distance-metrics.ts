import type { Distances } from '../../../src/domain/metrics';
import type { DistanceCurve } from '../../../src/domain/reports';
import { roundTo } from '../accuracy/distribution';
import { percentile } from './quantile-encoding';

/** Distance to the closest record, per row: synthetic to training, synthetic to holdout, holdout to training. */
export interface NearestRecords {
  readonly synTrn: Float64Array;
  readonly synHol: Float64Array | null;
  readonly trnHol: Float64Array | null;
}

/** Records at most this far apart count as identical (docs/metrics.md, Distances). */
const IDENTICAL = 1e-6;

/** Identical-match shares, mean distances and the distance share, rounded (docs/metrics.md, Distances). */
export function distanceMetrics({ synTrn, synHol, trnHol }: NearestRecords): Distances {
  const share = synHol ? dcrShare(synTrn, synHol) : null;
  return {
    imsTraining: identicalShare(synTrn),
    imsHoldout: identicalShare(synHol),
    imsTrnHol: identicalShare(trnHol),
    dcrTraining: meanDistance(synTrn),
    dcrHoldout: meanDistance(synHol),
    dcrTrnHol: meanDistance(trnHol),
    dcrShare: share && roundTo(share.share, 3),
    dcrShareStandardError: share && roundTo(share.standardError, 4),
  };
}

/**
 * Share of synthetic rows closer to training than to holdout, ties counting half; ½ for rows that do not depend on the
 * training rows. The standard error assumes independent rows.
 */
export function dcrShare(
  toTraining: Float64Array,
  toHoldout: Float64Array,
): { share: number; standardError: number } {
  let closer = 0;
  let ties = 0;
  for (let i = 0; i < toTraining.length; i++) {
    if (toTraining[i]! < toHoldout[i]!) closer++;
    else if (toTraining[i] === toHoldout[i]) ties++;
  }
  const rows = toTraining.length;
  const share = (closer + ties / 2) / rows;
  const variance = Math.max(0, (closer + ties / 4) / rows - share * share);
  return { share, standardError: Math.sqrt(variance / rows) };
}

function identicalShare(distances: Float64Array | null): number | null {
  if (!distances || distances.length === 0) return null;
  return roundTo(distances.reduce((sum, d) => sum + (d <= IDENTICAL ? 1 : 0), 0) / distances.length, 3);
}

function meanDistance(distances: Float64Array | null): number | null {
  if (!distances || distances.length === 0) return null;
  return roundTo(distances.reduce((sum, d) => sum + d, 0) / distances.length, 3);
}

/**
 * Cumulative distribution by its quantiles at 1…99 %, to 3 decimals, from (0, 0). It ends at that of 99 %: the maximum is
 * the distance of a single row.
 */
export function distanceCurve(distances: Float64Array): DistanceCurve {
  const sorted = distances.slice().sort();
  const y = Array.from({ length: 99 }, (_, k) => (k + 1) / 100);
  const x = y.map((share) => roundTo(percentile(sorted, share), 3));
  return { x: [0, ...x, x.at(-1)!], y: [0, ...y, 1] };
}
