/** Correlations beyond this are taken as this: no relation of codes tells them apart. */
const LARGEST = 0.9995;
/** Halvings of the interval that a correlation lies in: to 1e-6. */
const HALVINGS = 21;

/**
 * The correlation of two latents at which their step functions have a covariance: that of the rows. Where none is as far
 * from zero, the one that comes closest.
 * @param a Hermite coefficients of the one function (`hermiteOf`), `b` of the other
 */
export function latentCorrelation(covariance: number, a: Float64Array, b: Float64Array): number {
  if (covariance === 0) return 0;
  const products = a.map((value, n) => value * b[n]!);
  const covarianceAt = (correlation: number) => {
    let sum = 0;
    for (let n = products.length - 1; n >= 0; n--) sum = correlation * (products[n]! + sum);
    return sum;
  };
  const sign = Math.sign(covariance);
  let [low, high] = [0, LARGEST];
  if (sign * covarianceAt(sign * high) <= sign * covariance) return sign * high;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (sign * covarianceAt(sign * middle) < sign * covariance) low = middle;
    else high = middle;
  }
  return (sign * (low + high)) / 2;
}
