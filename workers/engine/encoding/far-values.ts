import type { ProtectionPlan } from '../privacy/protection';
import type { Runs } from './sorted-values';

/** Rows of a far value, their number at most, and how many distinct values must remain. */
const FAR_ROWS = 10;
const MAX_FAR = 4;
const MIN_OTHERS = 10;

/**
 * Marks frequent values far outside the others, such as −200 or 999 for “not measured” or 9999-12-31 for “open”: among
 * the others’ codes they would pull ordinary rows towards them.
 * @param runs numbers, or instants of dates
 */
export function farValues({ values, counts }: Runs, plan: ProtectionPlan): Uint8Array {
  const isFar = new Uint8Array(values.length);
  const minRows = Math.max(plan.threshold, FAR_ROWS);
  let first = 0;
  let last = values.length - 1;
  for (let found = 0; found < MAX_FAR && last - first > MIN_OTHERS; found++) {
    if (counts[last]! >= minRows && isBeyond(values[last]!, values, counts, first, last - 1))
      isFar[last--] = 1;
    else if (counts[first]! >= minRows && isBeyond(values[first]!, values, counts, first + 1, last))
      isFar[first++] = 1;
    else break;
  }
  return isFar;
}

/** Farther from the middle 98 % of the rows of values[first … last] than these are wide, and from all of them half as far. */
function isBeyond(
  value: number,
  values: Float64Array,
  counts: Uint32Array,
  first: number,
  last: number,
): boolean {
  let rows = 0;
  for (let i = first; i <= last; i++) rows += counts[i]!;
  const low = valueAt(values, counts, first, 0.01 * rows);
  const high = valueAt(values, counts, first, 0.99 * rows);
  const distance = Math.max(low - value, value - high);
  const gap = Math.min(Math.abs(values[last]! - value), Math.abs(values[first]! - value));
  return distance > high - low && gap > (high - low) / 2;
}

function valueAt(values: Float64Array, counts: Uint32Array, first: number, rank: number): number {
  let at = first;
  for (let seen = counts[at]!; seen <= rank && at + 1 < values.length; seen += counts[at]!) at++;
  return values[at]!;
}
