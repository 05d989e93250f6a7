import { normalQuantile } from '../../privacy/dp/normal';

/** How the codes of a sub-column lie along a standard normal variable, its latent. */
export interface Marginal {
  /** Codes from the lowest stretch to the highest; those that no row has are left out. */
  readonly order: readonly number[];
  /** Ends of the stretches but the last, ascending. */
  readonly ends: Float64Array;
}

/** Terms of the expansion: the rest is below a thousandth where two latents correlate by .95. */
const TERMS = 40;

/**
 * @param order codes in the order of the latent
 * @param weights by code, not negative; a code without weight gets no stretch
 */
export function marginalOf(order: readonly number[], weights: ArrayLike<number>): Marginal {
  const there = order.filter((code) => weights[code]! > 0);
  const total = there.reduce((sum, code) => sum + weights[code]!, 0);
  const ends = new Float64Array(Math.max(0, there.length - 1));
  let below = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < ends.length; k++) {
    below += weights[there[k]!]! / total;
    // Where rounding leaves nothing above, stretches have no length, and are still in order.
    last = below < 1 ? Math.max(last, normalQuantile(below)) : Math.max(last, 9);
    ends[k] = last;
  }
  return { order: there, ends };
}

/** The ends of a stretch; infinite at the outermost. */
export function stretchOf({ ends }: Pick<Marginal, 'ends'>, index: number): readonly [number, number] {
  return [
    index === 0 ? Number.NEGATIVE_INFINITY : ends[index - 1]!,
    index < ends.length ? ends[index]! : Number.POSITIVE_INFINITY,
  ];
}

/** The index of the stretch that a latent lies in. */
export function indexAt({ ends }: Pick<Marginal, 'ends'>, latent: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (latent < ends[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Mean of the latent in each stretch, by index.
 * @param shares of each stretch, by index
 */
export function scoresOf(marginal: Marginal, shares: ArrayLike<number>): Float64Array {
  return Float64Array.from(marginal.order, (_, index) => {
    const [from, to] = stretchOf(marginal, index);
    return shares[index]! > 0 ? (density(from) - density(to)) / shares[index]! : 0;
  });
}

/**
 * Coefficients of a step function of the latent in normalised Hermite polynomials, from the first order on: the covariance
 * of two such functions whose latents correlate by ρ is Σ aₙ·bₙ·ρⁿ (Cario & Nelson 1997, "Modeling and generating random
 * vectors with arbitrary marginal distributions and correlation matrix").
 * @param heights by index
 */
export function hermiteOf(marginal: Marginal, heights: ArrayLike<number>): Float64Array {
  const coefficients = new Float64Array(TERMS);
  for (let k = 0; k < marginal.ends.length; k++) {
    const end = marginal.ends[k]!;
    const step = (heights[k + 1]! - heights[k]!) * density(end);
    // ∫ heₙ φ from an end upwards = heₙ₋₁(end) φ(end) / √n.
    let [before, current] = [0, 1];
    for (let n = 1; n <= TERMS; n++) {
      coefficients[n - 1]! += (step * current) / Math.sqrt(n);
      const next = (end * current - Math.sqrt(n - 1) * before) / Math.sqrt(n);
      before = current;
      current = next;
    }
  }
  return coefficients;
}

function density(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}
