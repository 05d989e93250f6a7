import { type RandomBits, uniformBelow } from '../../privacy/dp/random-bits';

/**
 * Rows of which no subject has more than so many, chosen at random, ascending: which of a subject's rows are left out
 * depends on no other subject. It would if the order followed from a seed that may become known and the number of rows.
 * @param subjects [rows] number of the subject
 */
export function boundSubjects(subjects: Uint32Array, rowsEach: number, bits: RandomBits): Uint32Array {
  const kept = new Map<number, number>();
  const order = Uint32Array.from(subjects.keys());
  for (let i = order.length - 1; i > 0; i--) {
    const j = uniformBelow(bits, i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order
    .filter((row) => {
      const count = (kept.get(subjects[row]!) ?? 0) + 1;
      kept.set(subjects[row]!, count);
      return count <= rowsEach;
    })
    .sort();
}
