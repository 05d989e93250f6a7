import { UserError } from '../../../../../src/domain/errors';
import { deltaOfNoise, epsilonOfGaussian, muOfBudget } from '../../../privacy/dp/gaussian-privacy';
import { epsilonOfLosses } from '../../../privacy/dp/privacy-loss';
import { epsilonOfRenyi, type SampledSteps, stepsOfRenyi } from '../../../privacy/dp/renyi';
import type { DifferentialPrivacy } from '../family';
import { GRID_STEPS, noisyStart } from '../network/gradient-noise';
import type { GradientPrivacy } from '../network/network-backend';
import type { Layout } from '../network/weight-layout';

/** Of the budget in μ², so much is for gradients, and the remainder for counts. */
const GRADIENTS = 0.5;
/** Fewer updates are not worth what they take from the counts. */
const MIN_STEPS = 20;
/** Of ε, how exactly it is computed. */
const PRECISION = 1 / 200;
/** Of the norm, so much may be added for what rounding moves sums by: more noise needs a finer grid. */
const MAX_ROUNDING = 0.5;
/** Guesses at the number of steps. */
const MAX_GUESSES = 5;

/** Counts and steps that a budget pays for. */
export interface PrivacyPlan {
  /** ε of the counts alone. */
  readonly countsEpsilon: number;
  /** What the counts cost, in Gaussian differential privacy. */
  readonly countsMu: number;
  /** The part of δ that thresholds leave: at it all ε are told. */
  readonly delta: number;
  /** Probability of each subject to take part in a step: a multiple of 2⁻³². */
  readonly rate: number;
  readonly noiseMultiplier: number;
  /** Steps that the budget pays for; 0 = the counts take it all. */
  readonly steps: number;
  /** ε of the counts and all steps. */
  readonly epsilon: number;
}

/**
 * What ε pays for: first counts, then steps on Poisson samples of the subjects, as many as there is budget for.
 * @param subjects that may take part
 * @param expected subjects of a step, on average
 */
export async function planPrivacy(
  { maxEpsilon, delta: whole, noiseMultiplier }: DifferentialPrivacy,
  subjects: number,
  expected: number,
  maxSteps: number,
  pause: () => Promise<void>,
): Promise<PrivacyPlan> {
  const delta = deltaOfNoise(whole);
  const budget = muOfBudget(maxEpsilon, delta);
  const rate = Math.min(2 ** 32, Math.round((2 ** 32 * expected) / subjects)) / 2 ** 32;
  const countsMu = Math.sqrt(1 - GRADIENTS) * budget;
  const counts = { countsEpsilon: epsilonOfGaussian(countsMu, delta), countsMu };
  const plan = { ...counts, delta, rate, noiseMultiplier, steps: 0, epsilon: counts.countsEpsilon };
  const { steps, epsilon } = await affordedSteps(plan, maxEpsilon, maxSteps, pause);
  if (steps > 0 && steps >= Math.min(MIN_STEPS, maxSteps)) return { ...plan, steps, epsilon };
  return { ...plan, countsEpsilon: maxEpsilon, countsMu: budget, steps: 0, epsilon: maxEpsilon };
}

/** ε of the counts and so many steps, an upper bound. */
export async function epsilonAfter(
  plan: PrivacyPlan,
  steps: number,
  pause: () => Promise<void>,
): Promise<number> {
  if (steps === 0) return plan.countsEpsilon;
  const phases = phasesOf(plan, steps);
  const precision = { epsilonError: PRECISION * plan.countsEpsilon };
  const epsilon = await epsilonOfLosses(phases, plan.delta, precision, pause);
  return Math.min(epsilon, epsilonOfRenyi(phases, plan.delta));
}

/** The same at once, and no lower: it is shown while steps are taken. */
export function epsilonSoFar(plan: PrivacyPlan, steps: number): number {
  if (steps === 0) return plan.countsEpsilon;
  return Math.min(plan.epsilon, epsilonOfRenyi(phasesOf(plan, steps), plan.delta));
}

/** Counts tell no more than one Gaussian of their μ in which everybody takes part. */
function phasesOf({ countsMu, noiseMultiplier, rate }: PrivacyPlan, steps: number): SampledSteps[] {
  return [
    { noise: 1 / countsMu, rate: 1, steps: 1 },
    { noise: noiseMultiplier, rate, steps },
  ];
}

/**
 * About the largest number of steps within ε. The Rényi account says a number that is too small; from there the line
 * through what is known goes to the next, which is too small again as ε grows ever more slowly.
 */
async function affordedSteps(
  plan: PrivacyPlan,
  maxEpsilon: number,
  maxSteps: number,
  pause: () => Promise<void>,
): Promise<{ steps: number; epsilon: number }> {
  let found = { steps: 0, epsilon: plan.countsEpsilon };
  const [counts, step] = phasesOf(plan, 0) as [SampledSteps, SampledSteps];
  let guess = Math.max(1, stepsOfRenyi(counts, step, maxEpsilon, plan.delta));
  for (let k = 0; k < MAX_GUESSES && guess > found.steps; k++) {
    const steps = Math.min(guess, maxSteps);
    const epsilon = await epsilonAfter(plan, steps, pause);
    if (epsilon > maxEpsilon) guess = (found.steps + steps) >> 1;
    else {
      const slope = (epsilon - found.epsilon) / (steps - found.steps);
      found = { steps, epsilon };
      guess = steps + Math.floor((maxEpsilon - epsilon) / slope);
    }
  }
  return found;
}

/**
 * Clip and noise of the targets. The norm C is shared out: each of J targets is clipped at C/√J, so that all of a
 * subject's gradient stays within C, and every number gets noise of deviation σC. Rounding sums to the noise's grid may
 * move P numbers by a step each, which the noise makes up for.
 * @throws UserError `config/invalid` if noise is so large that its grid is too coarse
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
  if (rounding > MAX_ROUNDING) {
    const highest = Math.floor((noiseMultiplier * MAX_ROUNDING) / rounding);
    throw new UserError(
      'config/invalid',
      `A noise multiplier of ${noiseMultiplier} is too large for a model of ${numbers.toLocaleString('en')} numbers. Choose at most ${highest}.`,
    );
  }
  return {
    clip: maxGradNorm / Math.sqrt(targets),
    deviation: (noiseMultiplier * maxGradNorm) / (1 - rounding),
    expectedRows,
    noiseSeed,
  };
}
