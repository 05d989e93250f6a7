import { hash, hashText, toUnit } from '../../../../src/domain/random';
import type { SubColumnFacts } from './initialise';

/** Ordered codes are moved where there are more than these: fewer are values with a meaning, not bins of a scale. */
const FEWEST_CODES = 30;
/** Neighbours whose rows differ by more than this factor are no neighbouring bins: one of them is a value of its own. */
const LIKE_COUNTS = 1.67;

/** How many rows of each kind a code table has. */
export interface RowCounts {
  readonly training: number;
  readonly validation: number;
}

/**
 * The code table with a twin of every training row below: the same row, but for ordered codes that moved to the bin
 * below or above. A model that learns a row or its twin by chance learns what neighbouring bins have in common, and
 * less of which bins met in one row. The twin of training row r is row training + validation + r.
 * @param codes column-major [sub-column][row]: the training rows, then the validation rows
 * @param moved share of the ordered codes of a twin that move, in [0, 1], half of them each way; 0 gives `codes` back
 */
export function withTwins(
  codes: Uint16Array,
  { training, validation }: RowCounts,
  facts: readonly SubColumnFacts[],
  moved: number,
  seed: number,
): Uint16Array {
  if (moved === 0) return codes;
  const before = training + validation;
  const rows = before + training;
  const twinned = new Uint16Array(rows * facts.length);
  const stream = hashText('twins');
  facts.forEach(({ ordinal, counts }, j) => {
    const own = codes.subarray(j * before, (j + 1) * before);
    const part = twinned.subarray(j * rows, (j + 1) * rows);
    part.set(own);
    part.set(own.subarray(0, training), before);
    if (!ordinal || counts.length <= FEWEST_CODES) return;
    for (let r = 0; r < training; r++) {
      const u = toUnit(hash(seed, stream, j, r));
      if (u >= moved) continue;
      const code = own[r]!;
      const next = u < moved / 2 ? code - 1 : code + 1;
      if (areAlike(counts[code]!, counts[next] ?? 0)) part[before + r] = next;
    }
  });
  return twinned;
}

function areAlike(a: number, b: number): boolean {
  return Math.max(a, b) < LIKE_COUNTS * Math.min(a, b);
}
