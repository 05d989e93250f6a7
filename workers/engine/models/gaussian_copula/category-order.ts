const STEPS = 30;

/**
 * The order of categories along which they differ most in the other columns: that of their scores on the leading direction of
 * the categories' means (correspondence analysis with one axis; Greenacre 2017, "Correspondence Analysis in Practice").
 * A copula has one latent for a column, so that only what lies along the order is learned.
 * @param codes [rows]
 * @param others scores of the rows in other sub-columns, [rows] each; NaN = the row has none
 * @param counts of rows by code
 * @returns all codes; those without rows last
 */
export function categoryOrder(
  codes: Uint16Array,
  others: readonly Float32Array[],
  counts: ArrayLike<number>,
): number[] {
  const size = counts.length;
  const means = others.map((scores) => {
    const sums = new Float64Array(size);
    for (let row = 0; row < codes.length; row++) sums[codes[row]!]! += scores[row]! || 0;
    return sums.map((sum, code) => (counts[code]! > 0 ? sum / counts[code]! : 0));
  });
  let scores = Float64Array.from(counts, (count) => -count);
  if (others.length > 0) {
    let direction = means.map((mean) =>
      mean.reduce((sum, value, code) => sum + counts[code]! * value ** 2, 0),
    );
    for (let step = 0; step < STEPS; step++) {
      const along = new Float64Array(size);
      for (const [k, mean] of means.entries())
        for (let code = 0; code < size; code++) along[code]! += direction[k]! * mean[code]!;
      const next = means.map((mean) =>
        mean.reduce((sum, value, code) => sum + counts[code]! * value * along[code]!, 0),
      );
      const length = Math.hypot(...next);
      if (length === 0) break;
      direction = next.map((value) => value / length);
      scores = along;
    }
  }
  const rank = (code: number) => (counts[code]! > 0 ? 0 : 1);
  return [...Array(size).keys()].sort((a, b) => rank(a) - rank(b) || scores[a]! - scores[b]! || a - b);
}
