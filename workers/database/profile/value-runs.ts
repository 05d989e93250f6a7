/** The different values of a column in ascending order, and how often each occurs. */
export interface ValueRuns {
  readonly values: Float64Array;
  readonly times: Uint32Array;
}

/** Digits after the mark of numbers that are looked at as whole ones. */
const MAX_DIGITS = 6;
/** Beyond, doubles do not tell neighbouring whole numbers apart for sure. */
const MAX_WHOLE = 2 ** 50;
/** Slots that are counted in one array, at most and for each value. */
const MAX_SLOTS = 1 << 24;
const SLOTS_EACH = 4;

/**
 * Puts the different values of a column in order. Most columns are whole multiples of a power of ten, or of a day: those are
 * counted slot by slot, or sorted as whole numbers, in a fraction of the time.
 *
 * @param values without NaN; overwritten by the result
 * @param unit that values are likely to be whole multiples of
 */
export function valueRuns(values: Float64Array, unit: number): ValueRuns {
  const grid = gridOf(values, unit);
  if (grid === null) return sortedRuns(values.sort(), values, (value) => value);
  const { low, slots, scale, zero } = grid;
  const valueAt =
    scale === 1
      ? (slot: number) => (slot + low) * unit || zero
      : (slot: number) => (slot + low) / scale || zero;
  const keys = new Uint32Array(values.length);
  for (let i = 0; i < keys.length; i++) keys[i] = Math.round((values[i]! / unit) * scale) - low;
  if (slots > Math.min(MAX_SLOTS, SLOTS_EACH * values.length)) {
    return sortedRuns(sortWholes(keys), values, valueAt);
  }
  const counts = new Uint32Array(slots);
  for (let i = 0; i < keys.length; i++) counts[keys[i]!]!++;
  let runs = 0;
  for (let slot = 0; slot < slots; slot++) {
    const times = counts[slot]!;
    if (times === 0) continue;
    values[runs] = valueAt(slot);
    keys[runs++] = times;
  }
  return { values: values.subarray(0, runs), times: keys.subarray(0, runs) };
}

/** @param target for the values, may be `sorted` */
function sortedRuns(
  sorted: Float64Array | Uint32Array,
  target: Float64Array,
  valueAt: (key: number) => number,
): ValueRuns {
  const all = sorted instanceof Uint32Array ? sorted : new Uint32Array(sorted.length);
  let runs = 0;
  for (let at = 0; at < sorted.length; ) {
    const key = sorted[at]!;
    const from = at++;
    while (at < sorted.length && sorted[at] === key) at++;
    target[runs] = valueAt(key);
    all[runs++] = at - from;
  }
  return { values: target.subarray(0, runs), times: all.subarray(0, runs) };
}

/** Slots of which each value is one, and only one: `(low + slot) * unit`, or `(low + slot) / scale` of a unit of 1. */
interface Grid {
  readonly scale: number;
  readonly low: number;
  readonly slots: number;
  /** What zero is: the negative one if there is one, which prints otherwise. */
  readonly zero: number;
}

/** The coarsest grid that all values are on exactly; null if there is none of 2^32 slots. */
function gridOf(values: Float64Array, unit: number): Grid | null {
  let scale = 1;
  let zero = 0;
  for (let digits = 0; digits <= (unit === 1 ? MAX_DIGITS : 0); digits++, scale *= 10) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let at = 0;
    for (; at < values.length; at++) {
      const value = values[at]!;
      const whole = Math.round((value / unit) * scale);
      const isHere = unit === 1 ? whole / scale === value : whole * unit === value;
      if (!isHere) break;
      if (whole === 0 && 1 / value < 0) zero = -0;
      if (whole < low) low = whole;
      if (whole > high) high = whole;
    }
    if (at < values.length) continue;
    const slots = high - low + 1;
    if (low > -MAX_WHOLE && high < MAX_WHOLE && slots <= 2 ** 32) return { scale, low, slots, zero };
    return null;
  }
  return null;
}

const DIGIT_BITS = 11;

/** Sorts by 11 bits after the other, from the lowest (Knuth, The Art of Computer Programming 3, 5.2.5). */
function sortWholes(keys: Uint32Array): Uint32Array {
  let from: Uint32Array = keys;
  let to: Uint32Array = new Uint32Array(keys.length);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const slots = new Uint32Array(1 << DIGIT_BITS);
    const mask = slots.length - 1;
    for (let i = 0; i < from.length; i++) slots[(from[i]! >>> shift) & mask]!++;
    let sum = 0;
    for (let digit = 0; digit < slots.length; digit++) {
      const count = slots[digit]!;
      slots[digit] = sum;
      sum += count;
    }
    for (let i = 0; i < from.length; i++) to[slots[(from[i]! >>> shift) & mask]!++] = from[i]!;
    [from, to] = [to, from];
  }
  return from;
}
