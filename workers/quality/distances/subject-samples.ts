import { RandomStream } from '../../../src/domain/random';
import type { SetSubjects } from '../read-subjects';

/** Rows of training and holdout that are of equally many subjects. */
export interface SubjectSamples {
  /** Row numbers within each set, ascending. */
  readonly training: Uint32Array;
  readonly holdout: Uint32Array;
  /** Subjects that each of them is of. */
  readonly subjects: number;
  /** Numbers of the subjects of all rows of each set. */
  readonly owners: { readonly training: Uint32Array; readonly holdout: Uint32Array };
}

/**
 * The rows whose distances may be compared where subjects have several rows each: those of so many subjects of both sets,
 * at random, as the smaller one has. Equally many rows of more people would lie nearer to anything
 * (docs/metrics.md, Distances).
 * @returns null: every row is a subject of its own, or there is no holdout
 */
export function sampleSubjects(sets: SetSubjects | null, seed: number): SubjectSamples | null {
  if (!sets?.holdout) return null;
  const { training, holdout } = sets;
  const subjects = Math.min(new Set(training).size, new Set(holdout).size);
  return {
    training: rowsOfSubjects(training, subjects, seed, 'training'),
    holdout: rowsOfSubjects(holdout, subjects, seed, 'holdout'),
    subjects,
    owners: { training, holdout },
  };
}

/** Row numbers, ascending, of `count` random ones of the subjects that rows belong to. */
export function rowsOfSubjects(rows: Uint32Array, count: number, seed: number, set: string): Uint32Array {
  const present = [...new Set(rows)];
  const order = new RandomStream(seed, `subjects ${set}`).permutation(present.length);
  const chosen = new Set(Array.from(order.subarray(0, count), (i) => present[i]!));
  return Uint32Array.from(rows.keys()).filter((row) => chosen.has(rows[row]!));
}
