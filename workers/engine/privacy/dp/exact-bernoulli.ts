import { type RandomBits, uniformBelow, uniformBelowBig } from './random-bits';

/**
 * Coins of probability e^−γ for a rational γ, exactly and without a floating-point number (Canonne, Kamath & Steinke 2020,
 * https://arxiv.org/abs/2004.00010, algorithm 1): noise whose last bits betray nothing (Mironov 2012, "On significance of
 * the least significant bits for differential privacy").
 */

/** True with probability e^−(numerator / denominator). @param denominator > 0 */
export function bernoulliExp(bits: RandomBits, numerator: bigint, denominator: bigint): boolean {
  let left = numerator;
  for (; left > denominator; left -= denominator) if (!belowOne(bits, 1n, 1n)) return false;
  return belowOne(bits, left, denominator);
}

/** For 0 ≤ γ ≤ 1: the number of coins γ/1, γ/2, γ/3 … up to the first that fails is odd with probability e^−γ. */
function belowOne(bits: RandomBits, numerator: bigint, denominator: bigint): boolean {
  if (denominator < 2n ** 40n) return belowOneSmall(bits, Number(numerator), Number(denominator));
  let k = 1n;
  while (uniformBelowBig(bits, denominator * k) < numerator) k++;
  return k % 2n === 1n;
}

/** The same in plain integers: γ/k has a k of a few thousand at the very most, so products stay exact. */
function belowOneSmall(bits: RandomBits, numerator: number, denominator: number): boolean {
  let k = 1;
  while (k < 4096 && uniformBelow(bits, denominator * k) < numerator) k++;
  return k % 2 === 1;
}
