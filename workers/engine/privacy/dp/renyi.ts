/** Rényi accounting of steps that each add Gaussian noise to a Poisson sample of the subjects, as DP-SGD does. */

/** Equal steps of a training. */
export interface SampledSteps {
  /** Deviation of the noise in units of what one subject contributes at most. */
  readonly noise: number;
  /** Probability of each subject to take part in a step. */
  readonly rate: number;
  readonly steps: number;
}

/** Orders at which the divergence is known: fine where small ε are decided, sparse far out. */
export const ORDERS: readonly number[] = [
  ...Array.from({ length: 99 }, (_, k) => 1.1 + k / 10),
  ...Array.from({ length: 52 }, (_, k) => 12 + k),
  ...Array.from({ length: 28 }, (_, k) => Math.round(64 * 2 ** (k / 4))),
];

/**
 * Rényi divergence of order α of one step. Mironov, Talwar & Zhang 2019 (https://arxiv.org/abs/1908.10530), section 3.3:
 * log(E[((1 − q) + q e^((2z−1)/2σ²))^α]) / (α − 1) over z ~ N(0, σ²). Instead of their two series, the expectation is the
 * trapezoid sum itself, which converges exponentially for a function that is analytic in a strip around the axis
 * (Trefethen & Weideman 2014): this one is in |Im z| < πσ².
 * @param order α > 1
 */
export function renyiOfStep({ noise, rate }: Omit<SampledSteps, 'steps'>, order: number): number {
  if (rate === 0) return 0;
  if (noise === 0) return Infinity;
  const variance = noise * noise;
  if (rate === 1) return order / (2 * variance);
  const step = Math.min(noise, variance) / 4;
  const from = -14 * noise;
  const count = Math.ceil((order + 28 * noise) / step);
  const logRate = Math.log(rate);
  const logRemainder = Math.log1p(-rate);
  let highest = -Infinity;
  let sum = 0;
  for (let i = 0; i <= count; i++) {
    const z = from + i * step;
    const a = logRate + (2 * z - 1) / (2 * variance);
    const ratio = Math.max(a, logRemainder) + Math.log1p(Math.exp(-Math.abs(a - logRemainder)));
    const term = order * ratio - (z * z) / (2 * variance);
    if (term > highest) {
      sum = sum * Math.exp(highest - term) + 1;
      highest = term;
    } else sum += Math.exp(term - highest);
  }
  const logMoment = highest + Math.log((sum * step) / (noise * Math.sqrt(2 * Math.PI)));
  return Math.max(0, logMoment / (order - 1));
}

/**
 * The smallest ε for a δ of steps one after the other, over some orders. Conversion: Balle et al. 2020
 * (https://arxiv.org/abs/1905.09982, theorem 21): ε = D_α + log(1 − 1/α) − (log δ + log α) / (α − 1).
 */
export function epsilonOfRenyi(
  phases: readonly SampledSteps[],
  delta: number,
  orders: readonly number[] = ORDERS,
): number {
  let best = Infinity;
  for (const order of orders) {
    let divergence = 0;
    for (const phase of phases) divergence += phase.steps * renyiOfStep(phase, order);
    best = Math.min(best, divergence + conversion(order, delta));
  }
  return Math.max(0, best);
}

/** How many further steps keep ε: over some order, what is left is shared out among them. */
export function stepsOfRenyi(
  before: SampledSteps,
  step: Omit<SampledSteps, 'steps'>,
  epsilon: number,
  delta: number,
): number {
  let paidFor = 0;
  for (const order of ORDERS) {
    const left = epsilon - conversion(order, delta) - before.steps * renyiOfStep(before, order);
    if (left > 0) paidFor = Math.max(paidFor, Math.floor(left / renyiOfStep(step, order)));
  }
  return paidFor;
}

/** What is added to a divergence of an order to get ε. */
function conversion(order: number, delta: number): number {
  return Math.log1p(-1 / order) - (Math.log(delta) + Math.log(order)) / (order - 1);
}
