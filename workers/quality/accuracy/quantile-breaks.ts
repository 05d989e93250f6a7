/**
 * Ascending break points that cut sorted values into `bins` bins of about equal size (docs/metrics.md, Bins: "quantile
 * search"). Ever finer quantiles are tried until `bins` + 1 of them are distinct, so that even a column full of zeros
 * has bins for its other values. The float arithmetic is the reference's (NumPy's linspace, then truncation).
 *
 * @param sorted ascending, no NaN; may hold ±Infinity
 * @returns distinct values of `sorted`, ascending; minimum and maximum included; empty for no values
 */
export function quantileBreaks(sorted: Float64Array, bins: number): number[] {
  const last = sorted.length - 1;
  if (last < 0) return [];
  const end = Math.max(bins + 1, Math.min(1000, sorted.length + 1));
  let breaks: number[] = [];
  for (let count = bins; count < end; count++) {
    breaks = distinctAt(sorted, last, count);
    if (breaks.length >= bins + 1) break;
  }
  return breaks;
}

function distinctAt(sorted: Float64Array, last: number, count: number): number[] {
  const step = count > 1 ? last / (count - 1) : 0;
  const breaks: number[] = [];
  for (let k = 0; k < count; k++) {
    const position = k === count - 1 && count > 1 ? last : Math.trunc(k * step);
    const value = sorted[position]!;
    if (breaks.length === 0 || value !== breaks[breaks.length - 1]) breaks.push(value);
  }
  return breaks;
}

/**
 * Breaks floored to the fewest decimals (0…19) at which all stay distinct; the last one is kept exact
 * (docs/metrics.md, Bins). Breaks that no such precision tells apart are returned as they are.
 */
export function floorToShortestPrecision(breaks: readonly number[]): number[] {
  for (let decimals = 0; decimals <= 19; decimals++) {
    const scale = Number(`1e${decimals}`);
    const floored = breaks.map((value) => Math.floor(value * scale) / scale);
    const usable = floored.every(
      (value, i) =>
        Number.isFinite(value) === Number.isFinite(breaks[i]!) && (i === 0 || value !== floored[i - 1]),
    );
    if (usable) return [...floored.slice(0, -1), breaks[breaks.length - 1]!];
  }
  return [...breaks];
}
