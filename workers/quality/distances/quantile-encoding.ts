import type { NumberColumn } from '../../../src/domain/column-data';

/** Reference levels of the quantile transform (docs/metrics.md, Distances). */
const LEVELS = 100;
/** Stands for infinity, so that differences stay finite. */
const HUGE = 1e300;

/** Quantiles of a numeric or date column, and whether missing values get a dimension of their own. */
export interface QuantileEncoding {
  /** Ascending, one per level; empty if the column has no values. */
  readonly quantiles: Float64Array;
  readonly nullFlag: boolean;
}

/**
 * Learns the transform on all values of the original sets (the reference takes 10,000 of them at random).
 * @param others sets whose missing values give a dimension to them, too, as in mostlyai-qa from 1.10.11 on
 */
export function fitQuantiles(
  parts: readonly NumberColumn[],
  others: readonly NumberColumn[] = [],
): QuantileEncoding {
  const rows = parts.reduce((sum, part) => sum + part.values.length, 0);
  const present = new Float64Array(rows);
  let count = 0;
  for (const { values, nulls } of parts) {
    for (let i = 0; i < values.length; i++) {
      if (nulls?.[i] !== 1) present[count++] = finite(values[i]!);
    }
  }
  const sorted = present.subarray(0, count).sort();
  const levels = count === 0 ? 0 : Math.min(LEVELS, rows);
  const quantiles = Float64Array.from({ length: levels }, (_, k) => {
    return percentile(sorted, levels > 1 ? k / (levels - 1) : 0);
  });
  return { quantiles, nullFlag: count < rows || others.some(({ nulls }) => nulls?.includes(1)) };
}

/** Linear-interpolated quantile of ascending values. */
export function percentile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}

function finite(value: number): number {
  return Math.max(-HUGE, Math.min(HUGE, value));
}

/**
 * Position of a value among the quantiles, 0…1: the mean of interpolating from below and from above, so that a value
 * that fills several quantiles lies in their middle; minimum → 0, maximum → 1.
 */
export function quantilePosition(quantiles: Float64Array, value: number): number {
  const last = quantiles.length - 1;
  const x = finite(value);
  if (x <= quantiles[0]!) return 0;
  if (x >= quantiles[last]!) return 1;
  const upper = firstWhere(quantiles, (quantile) => quantile > x);
  const lower = firstWhere(quantiles, (quantile) => quantile >= x);
  if (lower === upper) return between(quantiles, upper - 1, x) / last;
  return (upper - 1 + lower) / 2 / last;
}

function between(quantiles: Float64Array, at: number, x: number): number {
  const low = quantiles[at]!;
  return at + (x - low) / (quantiles[at + 1]! - low);
}

/** First index at which the condition holds, which then holds for all that follow. */
function firstWhere(sorted: Float64Array, holds: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The column's dimensions, one array each: position − ½ with null as 0, then the null flag as ±½ if there is one. */
export function encodeQuantiles(encoding: QuantileEncoding, column: NumberColumn): Float64Array[] {
  const { quantiles, nullFlag } = encoding;
  const { values, nulls } = column;
  const position = new Float64Array(values.length);
  const flag = new Float64Array(nullFlag ? values.length : 0);
  for (let i = 0; i < values.length; i++) {
    const missing = nulls?.[i] === 1;
    if (nullFlag) flag[i] = missing ? 0.5 : -0.5;
    if (!missing && quantiles.length > 0) position[i] = quantilePosition(quantiles, values[i]!) - 0.5;
  }
  return nullFlag ? [position, flag] : [position];
}
