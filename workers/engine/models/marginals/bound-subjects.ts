import { RandomStream } from '../../../../src/domain/random';

/**
 * Rows of which no subject has more than so many, chosen at random, ascending: which of a subject's rows are left out
 * depends on no other subject.
 * @param subjects [rows] number of the subject
 * @param seed unknown to others
 */
export function boundSubjects(subjects: Uint32Array, rowsEach: number, seed: number): Uint32Array {
  const kept = new Map<number, number>();
  const order = new RandomStream(seed, 'rows of a subject').permutation(subjects.length);
  return order
    .filter((row) => {
      const count = (kept.get(subjects[row]!) ?? 0) + 1;
      kept.set(subjects[row]!, count);
      return count <= rowsEach;
    })
    .sort();
}
