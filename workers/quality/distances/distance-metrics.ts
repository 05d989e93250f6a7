import type { Distances } from '../../../src/domain/metrics';
import type { DistanceCurve, WholeReport } from '../../../src/domain/reports';
import { roundTo } from '../accuracy/distribution';
import type { NearestPoints } from './nearest';
import { percentile } from './quantile-encoding';

/** The closest record of each row: of synthetic rows in training, in holdout, of holdout rows in training. */
export interface NearestRecords {
  readonly synTrn: NearestPoints;
  readonly synHol: NearestPoints | null;
  readonly trnHol: NearestPoints | null;
}

/** Whose the compared rows of training and holdout are: equally many subjects' of each. */
export interface ComparedSubjects {
  /** Numbers of the subjects of the rows. */
  readonly training: Uint32Array;
  readonly holdout: Uint32Array;
  /** Of each set. */
  readonly subjects: number;
}

/** Records at most this far apart count as identical (docs/metrics.md, Distances). */
const IDENTICAL = 1e-6;

/**
 * Identical-match shares, mean distances and the distance share, rounded (docs/metrics.md, Distances).
 * @param people null = every row is a subject of its own
 */
export function distanceMetrics(
  { synTrn, synHol, trnHol }: NearestRecords,
  people: ComparedSubjects | null,
): Distances {
  const share = synHol ? dcrShare(synTrn, synHol, people) : null;
  return {
    imsTraining: identicalShare(synTrn),
    imsHoldout: identicalShare(synHol),
    imsTrnHol: identicalShare(trnHol),
    dcrTraining: meanDistance(synTrn),
    dcrHoldout: meanDistance(synHol),
    dcrTrnHol: meanDistance(trnHol),
    dcrShare: share && roundTo(share.share, 3),
    dcrShareStandardError: share && roundTo(share.standardError, 4),
    nndrTraining: lowRatio(synTrn),
    nndrHoldout: lowRatio(synHol),
    nndrTrnHol: lowRatio(trnHol),
  };
}

/** Which of the smallest ratios is told, and what keeps them finite: as in the reference. */
const RATIO_RANK = 10;
const RATIO_SHIFT = 1e-8;

/** The tenth smallest ratio of nearest and second nearest distance (NNDR): small where rows lie strikingly near to one record. */
function lowRatio(nearest: NearestPoints | null): number | null {
  if (!nearest) return null;
  const { distances, second } = nearest;
  const ratios = distances.map((distance, i) =>
    second[i] === Number.POSITIVE_INFINITY ? 1 : (distance + RATIO_SHIFT) / (second[i]! + RATIO_SHIFT),
  );
  const ranked = ratios.sort()[RATIO_RANK - 1];
  return ranked === undefined ? null : roundTo(ranked, 12);
}

/**
 * Share of synthetic rows closer to training than to holdout, ties counting half; ½ for rows that do not depend on the
 * training rows. The standard error takes rows as independent, or, with several rows of each, subjects: see `errorBySubjects`.
 */
export function dcrShare(
  toTraining: NearestPoints,
  toHoldout: NearestPoints,
  people: ComparedSubjects | null,
): { share: number; standardError: number } {
  let closer = 0;
  let ties = 0;
  const rows = toTraining.distances.length;
  for (let i = 0; i < rows; i++) {
    if (toTraining.distances[i]! < toHoldout.distances[i]!) closer++;
    else if (toTraining.distances[i] === toHoldout.distances[i]) ties++;
  }
  const share = (closer + ties / 2) / rows;
  if (people) return { share, standardError: errorBySubjects(toTraining, toHoldout, people) };
  const variance = Math.max(0, (closer + ties / 4) / rows - share * share);
  return { share, standardError: Math.sqrt(variance / rows) };
}

/**
 * Standard deviation of the share if it were chance which half of the compared subjects is training: with a_g synthetic
 * rows closest to subject g, of S subjects, and n rows in all, Var = S/(4(S − 1)) · Σ(a_g − ā)² / n², that of a sum
 * drawn without replacement. Ties count half either way.
 */
function errorBySubjects(
  toTraining: NearestPoints,
  toHoldout: NearestPoints,
  { training, holdout, subjects }: ComparedSubjects,
): number {
  const known = new Map<number, number>();
  const unseen = new Map<number, number>();
  const add = (counts: Map<number, number>, subject: number) =>
    counts.set(subject, (counts.get(subject) ?? 0) + 1);
  const rows = toTraining.distances.length;
  let decided = 0;
  for (let i = 0; i < rows; i++) {
    const ahead = toHoldout.distances[i]! - toTraining.distances[i]!;
    if (ahead > 0) add(known, training[toTraining.rows[i]!]!);
    else if (ahead < 0) add(unseen, holdout[toHoldout.rows[i]!]!);
    if (ahead !== 0) decided++;
  }
  const all = 2 * subjects;
  let squares = 0;
  for (const counts of [known, unseen]) for (const count of counts.values()) squares += count ** 2;
  const variation = Math.max(0, squares - decided ** 2 / all);
  return Math.sqrt((variation * all) / (4 * (all - 1))) / rows;
}

function identicalShare(nearest: NearestPoints | null): number | null {
  if (!nearest || nearest.distances.length === 0) return null;
  const { distances } = nearest;
  return roundTo(distances.reduce((sum, d) => sum + (d <= IDENTICAL ? 1 : 0), 0) / distances.length, 3);
}

function meanDistance(nearest: NearestPoints | null): number | null {
  if (!nearest || nearest.distances.length === 0) return null;
  const { distances } = nearest;
  return roundTo(distances.reduce((sum, d) => sum + d, 0) / distances.length, 3);
}

/**
 * Cumulative distribution by its quantiles at 1…99 %, to 3 decimals, from (0, 0). It ends at that of 99 %: the maximum is
 * the distance of a single row.
 */
export function distanceCurve({ distances }: NearestPoints): DistanceCurve {
  const sorted = distances.slice().sort();
  const y = Array.from({ length: 99 }, (_, k) => (k + 1) / 100);
  const x = y.map((share) => roundTo(percentile(sorted, share), 3));
  return { x: [0, ...x, x.at(-1)!], y: [0, ...y, 1] };
}

/** Those of all searches. */
export function distanceCurves({ synTrn, synHol, trnHol }: NearestRecords): WholeReport['distances'] {
  return {
    synTrn: distanceCurve(synTrn),
    synHol: synHol && distanceCurve(synHol),
    trnHol: trnHol && distanceCurve(trnHol),
  };
}
