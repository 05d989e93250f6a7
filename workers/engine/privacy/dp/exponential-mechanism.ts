import { bernoulliExp } from './exact-bernoulli';
import { type RandomBits, uniformBelow } from './random-bits';

/** Scores are rounded to multiples of a row divided by this. */
const SCORE_GRID = 64;
/** ε is rounded down to a multiple of one divided by this. */
const EPSILON_GRID = 2 ** 30;

/**
 * Index of a candidate with probability ∝ e^(ε · score / 2Δ) (McSherry & Talwar 2007), drawn exactly: a candidate chosen
 * evenly is accepted with probability e^−(ε · distance to the best / 2Δ), or the draw begins anew.
 * @param scores in rows
 * @param epsilon range of the log-probabilities' change (`rangeOfSelection`)
 * @param sensitivity how much one subject moves a score, in rows; a step of rounding is added to it
 */
export function chooseByScore(
  bits: RandomBits,
  scores: readonly number[],
  epsilon: number,
  sensitivity: number,
): number {
  const rounded = scores.map((score) => Math.round(score * SCORE_GRID));
  const best = rounded.reduce((a, b) => Math.max(a, b), -Infinity);
  const units = BigInt(Math.ceil(sensitivity * SCORE_GRID) + 1);
  const rate = BigInt(Math.floor(epsilon * EPSILON_GRID));
  for (;;) {
    const candidate = uniformBelow(bits, scores.length);
    const distance = BigInt(best - rounded[candidate]!);
    if (bernoulliExp(bits, rate * distance, 2n * units * BigInt(EPSILON_GRID))) return candidate;
  }
}
