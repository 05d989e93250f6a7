/** Agreement of two distributions, and of two samples of the same distribution. */
export interface Score {
  readonly accuracy: number;
  readonly accuracyMax: number;
}

/**
 * docs/metrics.md, over the cells of a (joint) distribution: accuracy = 1 − ½ Σ|p − q|; accuracyMax is the same for
 * two samples of one distribution, 1 − ½ Σ √(2/π · p(1−p)(1/N + 1/M)). Both rounded half-even to 5 decimals.
 *
 * @param original,synthetic rows per cell, equally long
 * @param originalRows,syntheticRows their sums, > 0
 * @param variances of the original's shares; null = of independent rows, p(1−p)/N
 */
export function scoreCounts(
  original: ArrayLike<number>,
  synthetic: ArrayLike<number>,
  originalRows: number,
  syntheticRows: number,
  variances: Float64Array | null = null,
): Score {
  const factor = (2 / Math.PI) * (1 / originalRows + 1 / syntheticRows);
  let distance = 0;
  let expected = 0;
  for (let cell = 0; cell < original.length; cell++) {
    const count = original[cell]!;
    const other = synthetic[cell]!;
    if (count === 0) {
      distance += other / syntheticRows;
      continue;
    }
    const p = count / originalRows;
    distance += Math.abs(p - other / syntheticRows);
    const variance = variances ? variances[cell]! * originalRows : p * (1 - p);
    expected += Math.sqrt(factor * variance);
  }
  return { accuracy: roundTo(1 - distance / 2, 5), accuracyMax: roundTo(1 - expected / 2, 5) };
}

/** Rounds half to even, as NumPy does. */
export function roundTo(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  const scaled = value * scale;
  const below = Math.floor(scaled);
  const rest = scaled - below;
  const up = rest > 0.5 || (rest === 0.5 && below % 2 !== 0);
  return (up ? below + 1 : below) / scale;
}

/** Mean rounded to 7 decimals, null of nothing. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return null;
  return roundTo(present.reduce((sum, value) => sum + value, 0) / present.length, 7);
}
