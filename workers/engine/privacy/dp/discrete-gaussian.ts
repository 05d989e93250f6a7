import { bernoulliExp } from './exact-bernoulli';
import { type RandomBits, uniformBelow } from './random-bits';

/** Noise is a multiple of a row divided by this: so fine that its privacy is that of continuous noise (see docs). */
export const NOISE_GRID = 16;

/**
 * Integer with probability ∝ e^−(x²/2σ²), exactly (Canonne, Kamath & Steinke 2020, https://arxiv.org/abs/2004.00010,
 * algorithm 3): a discrete Laplace draw of scale ⌊σ⌋ + 1 that is accepted or drawn again.
 * @param variance σ², a positive integer
 */
export function discreteGaussian(bits: RandomBits, variance: bigint): bigint {
  const scale = rootOf(variance) + 1n;
  for (;;) {
    const drawn = discreteLaplace(bits, scale);
    const distance = (drawn < 0n ? -drawn : drawn) * scale - variance;
    if (bernoulliExp(bits, distance * distance, 2n * variance * scale * scale)) return drawn;
  }
}

/** Integer with probability ∝ e^−(|x| / scale), exactly (algorithm 2). */
export function discreteLaplace(bits: RandomBits, scale: bigint): bigint {
  for (;;) {
    const remainder = BigInt(uniformBelow(bits, Number(scale)));
    if (!bernoulliExp(bits, remainder, scale)) continue;
    let multiple = 0n;
    while (bernoulliExp(bits, 1n, 1n)) multiple++;
    const size = remainder + scale * multiple;
    const negative = uniformBelow(bits, 2) === 1;
    if (negative && size === 0n) continue;
    return negative ? -size : size;
  }
}

/**
 * Counts with noise of deviation `sigma` rows, in multiples of 1/`NOISE_GRID` rows.
 * @param sigma rounded up to the grid of variances, so never less than asked for
 */
export function noisyCounts(bits: RandomBits, counts: ArrayLike<number>, sigma: number): Float64Array {
  const variance = BigInt(Math.ceil((sigma * NOISE_GRID) ** 2));
  const noisy = new Float64Array(counts.length);
  for (let i = 0; i < counts.length; i++) {
    noisy[i] = counts[i]! + Number(discreteGaussian(bits, variance)) / NOISE_GRID;
  }
  return noisy;
}

/** ⌊√n⌋. */
function rootOf(n: bigint): bigint {
  let root = BigInt(Math.floor(Math.sqrt(Number(n))));
  while (root * root > n) root--;
  while ((root + 1n) * (root + 1n) <= n) root++;
  return root;
}
