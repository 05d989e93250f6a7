import { riskOfAny } from '../../../../../src/domain/attack-risk';
import type { PrivacyLedger } from '../../../../../src/domain/differential-privacy';
import { epsilonOfGaussian, muOfBudget } from '../../../privacy/dp/gaussian-privacy';
import type { DifferentialPrivacy } from '../family';
import type { PrivacyPlan } from './privacy-plan';

const TIME = 'how long the training took';

/**
 * What a training gave away at most: counts, then steps.
 * @param plan with the steps taken and the ε that they come to with the counts
 * @param counts what the counts gave away
 */
export function privacyLedger(
  { maxEpsilon, delta, maxGradNorm, noiseMultiplier }: DifferentialPrivacy,
  plan: PrivacyPlan,
  counts: PrivacyLedger,
): PrivacyLedger {
  const { steps, rate, epsilon, countsMu } = plan;
  const declaredPublic = [...counts.declaredPublic, TIME];
  if (steps === 0) return { ...counts, maxEpsilon, declaredPublic };
  // Sampled steps have no μ of their own: that of a Gaussian mechanism with the same ε and δ.
  const mu = muOfBudget(epsilon, plan.delta);
  const stepsMu = Math.sqrt(Math.max(0, mu * mu - countsMu * countsMu));
  return {
    ...counts,
    ...{ maxEpsilon, delta, epsilon, mu, declaredPublic },
    releases: [
      ...counts.releases,
      {
        what: 'noisy gradients',
        releases: steps,
        mu: stepsMu,
        epsilon: epsilonOfGaussian(stepsMu, plan.delta),
      },
    ],
    training: { steps, sampleRate: rate, noiseMultiplier, maxGradNorm },
    attackRisk: riskOfAny(epsilon, delta),
  };
}
