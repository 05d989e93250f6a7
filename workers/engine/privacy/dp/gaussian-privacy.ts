import { logNormalCdf, normalQuantile, normalQuantileOfLog } from './normal';

/**
 * Gaussian differential privacy (Dong, Roth & Su 2019, https://arxiv.org/abs/1905.02383): a mechanism is μ-GDP if it
 * tells neighbours apart no better than one draw tells N(0, 1) from N(μ, 1). Noise of deviation σ on what one subject
 * changes by s is s/σ-GDP, and k mechanisms together are √(Σ μ²)-GDP, also if later ones depend on what earlier ones
 * gave. All of this is exact, so no looser moments account is needed for sums of Gaussian noise.
 */

/** Of δ, so much is for the thresholds of categories. */
const THRESHOLD_DELTA = 0.1;

/** What thresholds leave of δ. */
export function deltaOfNoise(delta: number): number {
  return delta - THRESHOLD_DELTA * delta;
}

/**
 * The δ that goes with ε (Balle & Wang 2018, https://arxiv.org/abs/1805.06530, theorem 8):
 * Φ(μ/2 − ε/μ) − e^ε Φ(−μ/2 − ε/μ).
 */
export function deltaOfGaussian(mu: number, epsilon: number): number {
  if (mu === 0) return 0;
  const first = logNormalCdf(mu / 2 - epsilon / mu);
  const second = epsilon + logNormalCdf(-mu / 2 - epsilon / mu);
  return Math.exp(first) * -Math.expm1(Math.min(0, second - first));
}

/** The smallest ε for a δ, within a part in 10¹². */
export function epsilonOfGaussian(mu: number, delta: number): number {
  if (deltaOfGaussian(mu, 0) <= delta) return 0;
  let high = 1;
  while (deltaOfGaussian(mu, high) > delta) high *= 2;
  return bisect(0, high, (epsilon) => deltaOfGaussian(mu, epsilon) <= delta);
}

/** The largest μ that is (ε, δ)-private: what may be spent. */
export function muOfBudget(epsilon: number, delta: number): number {
  let high = 1;
  while (deltaOfGaussian(high, epsilon) < delta) high *= 2;
  // The lower end of the last interval keeps the budget.
  let low = 0;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (deltaOfGaussian(middle, epsilon) <= delta) low = middle;
    else high = middle;
  }
  return low;
}

/** μ of mechanisms one after the other. */
export function composeGaussian(mus: readonly number[]): number {
  return Math.hypot(...mus);
}

/** Of any attack with this false-positive rate, the highest true-positive rate against a μ-GDP mechanism. */
export function truePositivesOfGaussian(mu: number, falsePositives: number): number {
  return Math.exp(logNormalCdf(normalQuantile(falsePositives) + mu));
}

/** The same from (ε, δ) alone: min(e^ε f + δ, 1 − e^−ε (1 − δ − f)) (Kairouz, Oh & Viswanath 2015). */
export function truePositivesOfBudget(epsilon: number, delta: number, falsePositives: number): number {
  const steep = Math.exp(epsilon) * falsePositives + delta;
  const flat = 1 - Math.exp(-epsilon) * (1 - delta - falsePositives);
  return Math.min(1, steep, Math.max(flat, falsePositives));
}

/**
 * μ of the Gaussian mechanism that gives away at least as much as an exponential mechanism whose log-probabilities move
 * within a range of `epsilon`. Its privacy loss lies in [t − ε, t] for some t, so at worst it takes the two ends (Dong,
 * Durfee & Rogers 2020, https://arxiv.org/abs/1909.13830). Its trade-off then has one corner (`cornerOfSelection`); a
 * convex curve that passes below the corner lies below it all. The worst t is ε/2, as a test checks for all t: there
 * the upper end has probability p = 1 / (1 + e^(−ε/2)) and μ = 2 Φ⁻¹(p).
 */
export function muOfSelection(epsilon: number): number {
  return -2 * normalQuantileOfLog(-Math.log1p(Math.exp(epsilon / 2)));
}

/** μ of the Gaussian whose trade-off passes through the corner for one t, 0 < t < ε. */
export function cornerOfSelection(epsilon: number, t: number): number {
  const logP = Math.log(-Math.expm1(t - epsilon)) - Math.log(-Math.expm1(-epsilon));
  return normalQuantileOfLog(logP) - normalQuantileOfLog(logP - t);
}

/** The range of an exponential mechanism that costs μ. */
export function rangeOfSelection(mu: number): number {
  return bisectDown(0, 8 * mu + 1, (epsilon) => muOfSelection(epsilon) <= mu);
}

/** The smallest x in (low, high] for which `holds`, which is monotone. */
function bisect(low: number, high: number, holds: (x: number) => boolean): number {
  let [from, to] = [low, high];
  for (let i = 0; i < 60; i++) {
    const middle = (from + to) / 2;
    if (holds(middle)) to = middle;
    else from = middle;
  }
  return to;
}

/** The largest x in [low, high) for which `holds`, which is monotone. */
function bisectDown(low: number, high: number, holds: (x: number) => boolean): number {
  let [from, to] = [low, high];
  for (let i = 0; i < 40; i++) {
    const middle = (from + to) / 2;
    if (holds(middle)) from = middle;
    else to = middle;
  }
  return from;
}
