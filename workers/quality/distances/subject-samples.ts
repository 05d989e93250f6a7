import { RandomStream } from '../../../src/domain/random';
import type { DatabasePeerApi } from '../../database/protocol';
import type { EvaluateRequest } from '../protocol';

/** Rows of training and holdout that are of equally many subjects. */
export interface SubjectSamples {
  /** Row numbers within each set, ascending. */
  readonly training: Uint32Array;
  readonly holdout: Uint32Array;
  /** Subjects that each of them is of. */
  readonly subjects: number;
}

/**
 * The rows whose distances may be compared where subjects have several rows each: those of so many subjects of both sets,
 * at random, as the smaller one has. Equally many rows of more people would lie nearer to anything
 * (docs/metrics.md, Distances).
 * @returns null: every row is a subject of its own, or there is no holdout
 */
export async function sampleSubjects(
  { training, holdout, randomState }: EvaluateRequest,
  source: Pick<DatabasePeerApi, 'readSubjects'>,
): Promise<SubjectSamples | null> {
  const { subjectColumns } = training.rows;
  if (!subjectColumns || !holdout) return null;
  const [ofTraining] = await source.readSubjects(training.tableId, [training.rows]);
  const [ofHoldout] = await source.readSubjects(holdout.tableId, [{ ...holdout.rows, subjectColumns }]);
  const subjects = Math.min(new Set(ofTraining).size, new Set(ofHoldout).size);
  return {
    training: rowsOfSubjects(ofTraining!, subjects, randomState, 'training'),
    holdout: rowsOfSubjects(ofHoldout!, subjects, randomState, 'holdout'),
    subjects,
  };
}

/** Row numbers, ascending, of `count` random ones of the subjects that rows belong to. */
export function rowsOfSubjects(rows: Uint32Array, count: number, seed: number, set: string): Uint32Array {
  const present = [...new Set(rows)];
  const order = new RandomStream(seed, `subjects ${set}`).permutation(present.length);
  const chosen = new Set(Array.from(order.subarray(0, count), (i) => present[i]!));
  return Uint32Array.from(rows.keys()).filter((row) => chosen.has(rows[row]!));
}
