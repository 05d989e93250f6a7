import type { Similarity } from '../../../src/domain/metrics';
import type { ReportLimits } from '../../../src/domain/report-limits';
import { roundTo } from '../accuracy/distribution';
import type { PointSet } from '../distances/encode';
import type { PointSets } from '../distances/nearest-records';
import type { Parts } from '../parts/parts';
import { discriminatorAuc } from './discriminator';

/** Cosines of centroids and AUCs of the discriminator (docs/metrics.md, Similarity). */
export async function similarityOf(
  points: PointSets,
  seed: number,
  limits: ReportLimits,
  parts: Parts,
): Promise<Similarity> {
  const { training, holdout, synthetic } = points;
  const [ofSynthetic, ofHoldout] = await Promise.all([
    discriminatorAuc(training, synthetic, seed, limits, parts),
    holdout && discriminatorAuc(training, holdout, seed, limits, parts),
  ]);
  return {
    cosineSimilarityTrainingSynthetic: centroidCosine(training, synthetic),
    cosineSimilarityTrainingHoldout: holdout && centroidCosine(training, holdout),
    discriminatorAucTrainingSynthetic: ofSynthetic,
    discriminatorAucTrainingHoldout: ofHoldout,
  };
}

/** Cosine of the mean points, 0 where they point apart; null of none. */
export function centroidCosine(first: PointSet, second: PointSet): number | null {
  if (first.rows === 0 || second.rows === 0) return null;
  const [a, b] = [centroid(first), centroid(second)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let d = 0; d < a.length; d++) {
    ab += a[d]! * b[d]!;
    aa += a[d]! * a[d]!;
    bb += b[d]! * b[d]!;
  }
  const norm = Math.sqrt(aa * bb);
  return norm === 0 ? 0 : roundTo(Math.min(1, Math.max(0, ab / norm)), 7);
}

function centroid({ rows, dims, data }: PointSet): Float64Array {
  const mean = new Float64Array(dims);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let d = 0; d < dims; d++, at++) mean[d]! += data[at]! / rows;
  }
  return mean;
}
