/** The standard normal distribution with full relative precision in its tails, where privacy is decided. */

const LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);
/** From here on the continued fraction converges faster than the series. */
const TAIL = 3;

/** log φ(x). */
function logDensity(x: number): number {
  return -0.5 * x * x - LOG_ROOT_TWO_PI;
}

/**
 * log Φ(x). Near the middle by the series of Φ − ½ (Abramowitz & Stegun 26.2.11), in the tails by the continued fraction
 * of Mills' ratio (26.2.14).
 */
export function logNormalCdf(x: number): number {
  if (x > TAIL) return Math.log1p(-Math.exp(logNormalCdf(-x)));
  if (x >= -TAIL) {
    let term = x;
    let sum = x;
    for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
      term *= (x * x) / k;
      sum += term;
    }
    return Math.log(0.5 + sum * Math.exp(logDensity(x)));
  }
  const z = -x;
  let fraction = z;
  // So many terms give all digits of a double at z = 3 and above.
  for (let k = Math.ceil(12 + 600 / (z * z)); k >= 1; k--) fraction = z + k / fraction;
  return logDensity(x) - Math.log(fraction);
}

/** Φ(x). */
export function normalCdf(x: number): number {
  if (x < -39) return 0;
  if (x > 9) return 1;
  return Math.exp(logNormalCdf(x));
}

/** The x of which `logNormalCdf` is `logP`, for probabilities below 1: by bisection, then Newton's method. */
export function normalQuantileOfLog(logP: number): number {
  if (logP >= 0) return Infinity;
  if (logP === -Infinity) return -Infinity;
  let [low, high] = [-1, 9];
  while (logNormalCdf(low) > logP) low *= 2;
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (logNormalCdf(middle) < logP) low = middle;
    else high = middle;
  }
  let x = (low + high) / 2;
  for (let i = 0; i < 3; i++) {
    const current = logNormalCdf(x);
    x -= (current - logP) / Math.exp(logDensity(x) - current);
  }
  return x;
}

/** The x of which Φ(x) is `p`, 0 < p < 1. Above ½ by symmetry, so give a small upper tail as `-normalQuantile(tail)`. */
export function normalQuantile(p: number): number {
  return p > 0.5 ? -normalQuantileOfLog(Math.log1p(-p)) : normalQuantileOfLog(Math.log(p));
}
