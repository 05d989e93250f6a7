import type { ProtectionPlan } from '../privacy/protection';

/**
 * What the protection of extremes takes from a column: how many rows lie beyond the outer edges, and how much of the
 * column's sum and standard deviation goes with them. Parts are rounded to 5 %, .95 at most: with the published edges
 * they tell a total of several rows roughly, and no row's value (docs/encodings.md, Hidden tails).
 */
export interface HiddenTails {
  /** At least as many as make a value common. */
  readonly rows: number;
  /** 0 … .95 of the sum of magnitudes. */
  readonly sum: number;
  /** 0 … .95 of the standard deviation. */
  readonly deviation: number;
}

const STEP = 0.05;
const MAX_PART = 0.95;

/**
 * @param sorted finite values, ascending
 * @param low smallest and `high` largest value that is written
 * @returns null if nothing worth telling is hidden
 */
export function hiddenTails(
  sorted: Float64Array,
  low: number,
  high: number,
  plan: ProtectionPlan,
): HiddenTails | null {
  const n = sorted.length;
  const scale = Math.max(Math.abs(sorted[0] ?? 0), Math.abs(sorted[n - 1] ?? 0));
  if (!plan.enabled || !(scale > 0) || !Number.isFinite(scale)) return null;
  const clipped = (value: number) => Math.min(Math.max(value, low), high);
  const [before, after] = [momentsOf(sorted, scale, (value) => value), momentsOf(sorted, scale, clipped)];
  let rows = 0;
  for (const value of sorted) if (value < low || value > high) rows++;
  const sum = part(before.magnitude, after.magnitude);
  const deviation = part(before.deviation, after.deviation);
  if (rows < plan.threshold || (sum === 0 && deviation === 0)) return null;
  return { rows, sum, deviation };
}

/** Mean magnitude and standard deviation, in units of `scale`, which keeps squares finite. */
function momentsOf(sorted: Float64Array, scale: number, change: (value: number) => number) {
  let mean = 0;
  let magnitude = 0;
  for (const value of sorted) {
    mean += change(value) / scale / sorted.length;
    magnitude += Math.abs(change(value) / scale) / sorted.length;
  }
  let squares = 0;
  for (const value of sorted) squares += (change(value) / scale - mean) ** 2 / sorted.length;
  return { magnitude, deviation: Math.sqrt(squares) };
}

function part(before: number, after: number): number {
  if (before <= 0) return 0;
  const share = Math.round((1 - after / before) / STEP) * STEP;
  return Math.round(Math.min(Math.max(share, 0), MAX_PART) * 100) / 100;
}
