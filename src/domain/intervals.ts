/** 95 % intervals, the only ones that pages, terminal and files show (docs/metrics.md, Intervals). */

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A figure with its interval. */
export interface Estimated extends Interval {
  readonly value: number;
}

/** The 97.5 % quantile of the standard normal distribution. */
export const Z95 = 1.959964;

/** Of an estimate whose error is normal. */
export function normalInterval(value: number, standardError: number): Interval {
  return { low: value - Z95 * standardError, high: value + Z95 * standardError };
}

/**
 * Of a share among `rows` independent rows: the score interval (Wilson 1927, "Probable inference, the law of succession,
 * and statistical inference"), which is not empty where the share is 0 or 1.
 * @param rows may be a fraction where rows are worth less than independent ones; 0 = nothing is known
 */
export function shareInterval(share: number, rows: number): Interval {
  if (!(rows > 0)) return { low: 0, high: 1 };
  const z2 = Z95 * Z95;
  const middle = (share + z2 / (2 * rows)) / (1 + z2 / rows);
  const half = (Z95 * Math.sqrt((share * (1 - share)) / rows + z2 / (4 * rows * rows))) / (1 + z2 / rows);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/**
 * Of `first − second`, two shares of equally many rows: from the score intervals of both (Newcombe 1998, "Interval
 * estimation for the difference between independent proportions", method 10). It is too wide, never too narrow, where
 * both are shares of the same rows.
 */
export function differenceInterval(first: number, second: number, rows: number): Interval {
  const a = shareInterval(first, rows);
  const b = shareInterval(second, rows);
  const difference = first - second;
  return {
    low: difference - Math.hypot(first - a.low, b.high - second),
    high: difference + Math.hypot(a.high - first, second - b.low),
  };
}

/** The highest share of which none is found among `rows` independent rows in 2.5 % of the cases. */
export function highestOfNone(rows: number): number {
  return rows > 0 ? 1 - 0.025 ** (1 / rows) : 1;
}
