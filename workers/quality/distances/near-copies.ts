import type { NearCopies } from '../../../src/domain/privacy-tests';
import type { NearestRecords } from './distance-metrics';

/** A row is a near copy if the nearest row of the other set is so many times as far. */
const TIMES = 6;

/**
 * Counts near copies of both sets. A row that copies nobody is as likely one of the training as one of the holdout, so the
 * difference tells copies with small changes, too (McNemar 1947 for two counts of the same rows).
 * @returns null: there is no holdout
 */
export function nearCopies({ synTrn, synHol }: NearestRecords): NearCopies | null {
  if (!synHol) return null;
  let [training, holdout] = [0, 0];
  synTrn.distances.forEach((known, row) => {
    const unseen = synHol.distances[row]!;
    if (TIMES * known < unseen) training++;
    else if (TIMES * unseen < known) holdout++;
  });
  return { training, holdout, rows: synTrn.distances.length };
}
