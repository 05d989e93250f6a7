/**
 * Zero-concentrated differential privacy (Bun & Steinke 2016, https://arxiv.org/abs/1605.02065): a mechanism is ρ-zCDP if
 * its Rényi divergence of each order α is at most ρα. ρ adds up.
 */

/**
 * The δ that goes with ε (Canonne, Kamath & Steinke 2020, https://arxiv.org/abs/2004.00010, corollary 13):
 * inf over α > 1 of e^((α−1)(αρ−ε)) / (α−1) · (1 − 1/α)^α. The logarithm is convex in α.
 */
export function deltaOfConcentrated(rho: number, epsilon: number): number {
  if (rho === 0) return 0;
  const logDelta = (alpha: number) =>
    (alpha - 1) * (alpha * rho - epsilon) - Math.log(alpha - 1) + alpha * Math.log1p(-1 / alpha);
  let low = 1 + 1e-9;
  let high = Math.max(2, (epsilon + 1) / rho + 2);
  for (let i = 0; i < 200; i++) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (logDelta(a) < logDelta(b)) high = b;
    else low = a;
  }
  return Math.min(1, Math.exp(logDelta((low + high) / 2)));
}

/** The smallest ε for a δ. */
export function epsilonOfConcentrated(rho: number, delta: number): number {
  if (rho === 0) return 0;
  // ρ + 2 √(ρ log 1/δ) is enough (Bun & Steinke, proposition 1.3).
  let [low, high] = [0, rho + 2 * Math.sqrt(rho * Math.log(1 / delta))];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (deltaOfConcentrated(rho, middle) <= delta) high = middle;
    else low = middle;
  }
  return high;
}

/** The largest ρ that is (ε, δ)-private. */
export function rhoOfBudget(epsilon: number, delta: number): number {
  let [low, high] = [0, epsilon + 1];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (deltaOfConcentrated(middle, epsilon) <= delta) low = middle;
    else high = middle;
  }
  return low;
}
