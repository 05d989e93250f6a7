import { UserError } from '../../../../../src/domain/errors';
import { epsilonOfRenyi, type SampledSteps } from '../../../privacy/dp/renyi';
import type { DifferentialPrivacy } from '../family';
import { GRID_STEPS, noisyStart } from '../network/gradient-noise';
import type { GradientPrivacy } from '../network/network-backend';
import type { Layout } from '../network/weight-layout';

/** Part of ε that the counts of codes would cost alone: the untrained model then has the shares of single columns. */
const COUNTS_SHARE = 0.25;
/** Fewer updates learn next to nothing. */
const MIN_STEPS = 20;

/** Steps that a budget pays for. */
export interface PrivacyPlan {
  /** Probability of each subject to take part in a step: a multiple of 2⁻³². */
  readonly rate: number;
  /** Noise of the counts, in units of what one subject changes of all of them together. */
  readonly countsNoise: number;
  readonly noiseMultiplier: number;
  /** Steps that the budget pays for. */
  readonly steps: number;
  /** ε of the counts and so many steps. */
  epsilon(steps: number): number;
}

/**
 * The steps that ε pays for: one release of counts, then Poisson samples with noise, by Rényi accounting.
 * @param subjects that may take part
 * @param expected subjects of a step, on average
 * @throws UserError `config/invalid` if the budget pays for no training
 */
export function planPrivacy(
  { maxEpsilon, delta, noiseMultiplier }: DifferentialPrivacy,
  subjects: number,
  expected: number,
): PrivacyPlan {
  const rate = Math.min(2 ** 32, Math.round((2 ** 32 * expected) / subjects)) / 2 ** 32;
  const countsNoise = smallestNoise(COUNTS_SHARE * maxEpsilon, delta);
  const counts: SampledSteps = { noise: countsNoise, rate: 1, steps: 1 };
  const epsilon = (steps: number) => epsilonOfRenyi([counts, { noise: noiseMultiplier, rate, steps }], delta);
  let high = 1;
  while (high < 2 ** 24 && epsilon(high) <= maxEpsilon) high *= 2;
  let low = high >> 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (epsilon(middle) <= maxEpsilon) low = middle;
    else high = middle;
  }
  if (low < MIN_STEPS) {
    throw new UserError(
      'config/invalid',
      `ε ${maxEpsilon} pays for ${low} updates with noise ${noiseMultiplier} and about ${Math.round(expected)} of ${subjects} subjects in each, which teach nothing. Raise ε or the noise, or choose a smaller batch.`,
      { details: { steps: low, maxEpsilon, noiseMultiplier } },
    );
  }
  return { rate, countsNoise, noiseMultiplier, steps: low, epsilon };
}

/** The least noise of one release without sampling that costs ε, within a part in a thousand. */
function smallestNoise(epsilon: number, delta: number): number {
  let [low, high] = [0.01, 1000];
  while (high / low > 1.001) {
    const middle = Math.sqrt(low * high);
    if (epsilonOfRenyi([{ noise: middle, rate: 1, steps: 1 }], delta) <= epsilon) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Clip and noise of the targets. The norm C is shared out: each of J targets is clipped at C/√J, so that all of a
 * subject's gradient stays within C, and every number gets noise of deviation σC. Rounding sums to the noise's grid may
 * move P numbers by a step each, which the noise makes up for.
 */
export function gradientPrivacy(
  layout: Layout,
  { maxGradNorm, noiseMultiplier }: Pick<DifferentialPrivacy, 'maxGradNorm' | 'noiseMultiplier'>,
  expectedRows: number,
  noiseSeed: number | null,
): GradientPrivacy {
  const targets = layout.spec.subColumns.length;
  let numbers = 0;
  for (let j = 0; j < targets; j++) numbers += layout.blockSize(j) - noisyStart(layout, j);
  const rounding = (noiseMultiplier * Math.sqrt(numbers)) / GRID_STEPS;
  return {
    clip: maxGradNorm / Math.sqrt(targets),
    deviation: (noiseMultiplier * maxGradNorm) / (1 - rounding),
    expectedRows,
    noiseSeed,
  };
}
