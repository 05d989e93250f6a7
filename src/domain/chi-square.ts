/**
 * log P(χ² ≥ x) with the cube-root normal approximation (Wilson & Hilferty 1931); its relative error does not matter
 * against thresholds.
 */
export function logTail(x: number, freedom: number): number {
  const spread = 2 / (9 * freedom);
  return logNormalTail((Math.cbrt(Math.max(0, x) / freedom) - 1 + spread) / Math.sqrt(spread));
}

/** log P(Z ≥ z) of a standard normal Z: Abramowitz & Stegun 1964, 26.2.17, in the upper tail 26.2.12. */
function logNormalTail(z: number): number {
  if (z < 0) return Math.log1p(-Math.exp(logNormalTail(-z)));
  const density = -z * z * 0.5 - 0.5 * Math.log(2 * Math.PI);
  if (z > 6) return density - Math.log(z) + Math.log1p(-1 / (z * z) + 3 / z ** 4);
  const t = 1 / (1 + 0.2316419 * z);
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return density + Math.log(series);
}
