import type { PrivacyLedger } from '../../../../../src/domain/differential-privacy';
import { muOfBudget, truePositivesOfBudget } from '../../../privacy/dp/gaussian-privacy';
import { epsilonOfRenyi } from '../../../privacy/dp/renyi';
import type { DifferentialPrivacy } from '../family';
import type { PrivacyPlan } from './privacy-plan';

/** What is not private, whatever ε is. */
const DECLARED_PUBLIC = [
  'number of rows and of subjects, names and types of columns, and which columns take part',
  'categories, ranges and decimals of columns, how many values are hidden, and bins with the shares of values in them, as declared',
  'which rows belong to one subject',
  'report, charts and distances, which compare with the original',
  'which rows were held back',
  'how long the training took',
];
const FALSE_POSITIVES = [0.001, 0.01, 0.1];

/**
 * What a training gave away at most.
 * @param plan with the steps taken
 * @param subjects whether it is known whose rows are whose; a step takes one row of each
 */
export function privacyLedger(
  { maxEpsilon, delta, maxGradNorm, noiseMultiplier }: DifferentialPrivacy,
  plan: PrivacyPlan,
  subjects: PrivacyLedger['subjects'],
  seeded: boolean,
): PrivacyLedger {
  const { steps, rate } = plan;
  const epsilon = plan.epsilon(steps);
  const countsMu = 1 / plan.countsNoise;
  const mu = muOfBudget(epsilon, delta);
  return {
    maxEpsilon,
    delta,
    epsilon,
    // Sampled steps have no μ of their own: that of a Gaussian mechanism with the same ε and δ.
    mu,
    thresholdDelta: 0,
    rowsPerSubject: 1,
    subjects,
    noise: seeded ? 'seeded' : 'secure',
    releases: [
      { what: 'counts of the codes of each column', releases: 1, mu: countsMu, epsilon: plan.epsilon(0) },
      {
        what: 'noisy gradients',
        releases: steps,
        mu: Math.sqrt(Math.max(0, mu * mu - countsMu * countsMu)),
        epsilon: steps === 0 ? 0 : epsilonOfRenyi([{ noise: noiseMultiplier, rate, steps }], delta),
      },
    ],
    training: { steps, sampleRate: rate, noiseMultiplier, maxGradNorm },
    declaredPublic: DECLARED_PUBLIC,
    attackRisk: FALSE_POSITIVES.map((falsePositives) => ({
      falsePositives,
      truePositives: truePositivesOfBudget(epsilon, delta, falsePositives),
    })),
  };
}
