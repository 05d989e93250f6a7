import { MIN_SHOWN_ROWS } from '../../../src/domain/shown-counts';

/** Order statistics whose mean is an end. */
const AVERAGED = 5;

/**
 * From the mean of the 5 values next to the 7 lowest to that of the 5 next to the 7 highest: as far as values are shown,
 * and no row's value. Null of fewer than 24 values.
 */
export function protectedRange(
  values: Float64Array,
  nulls: Uint8Array | null,
): { readonly low: number; readonly high: number } | null {
  let present = 0;
  for (let i = 0; i < values.length; i++) if (nulls?.[i] !== 1) present++;
  if (present < 2 * END) return null;
  return { low: end(values, nulls, 1), high: end(values, nulls, -1) };
}

const HIDDEN = MIN_SHOWN_ROWS - 1;
const END = HIDDEN + AVERAGED;

/** Of the lowest values (sign 1) or the highest (sign −1), in one pass. */
function end(values: Float64Array, nulls: Uint8Array | null, sign: 1 | -1): number {
  const lowest = new Float64Array(END).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]! * sign;
    if (nulls?.[i] === 1 || value >= lowest[END - 1]!) continue;
    lowest[END - 1] = value;
    lowest.sort();
  }
  const base = lowest[HIDDEN]!;
  let difference = 0;
  for (let i = HIDDEN; i < END; i++) difference += (lowest[i]! - base) / AVERAGED;
  return (Number.isFinite(base) ? base + difference : base) * sign;
}
