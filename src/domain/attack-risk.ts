import {
  deltaOfNoise,
  muOfBudget,
  truePositivesOfBudget,
  truePositivesOfGaussian,
} from '../../workers/engine/privacy/dp/gaussian-privacy';
import type { PrivacyAccount, PrivacyBudgetSettings } from './privacy-settings';

/** The highest true-positive rate of any attack on a subject's presence, at a false-positive rate. */
export interface AttackRisk {
  readonly falsePositives: number;
  readonly truePositives: number;
}

/** At which ε is said as attack risk. */
const FALSE_POSITIVES = [0.001, 0.01, 0.1];

/** What a training may allow at most, before it begins, as its ledger says it if all is spent. */
export function riskOfBudget(
  account: PrivacyAccount,
  { maxEpsilon, delta }: Pick<PrivacyBudgetSettings, 'maxEpsilon' | 'delta'>,
): AttackRisk[] {
  if (account === 'any') return riskOfAny(maxEpsilon, delta);
  const left = deltaOfNoise(delta);
  return riskOfGaussian(muOfBudget(maxEpsilon, left), delta - left);
}

/** Of releases that are μ-GDP but for a probability of `thresholdDelta`. */
export function riskOfGaussian(mu: number, thresholdDelta: number): AttackRisk[] {
  return atRates((rate) => Math.min(1, truePositivesOfGaussian(mu, rate) + thresholdDelta));
}

/** Of any releases with this ε and δ. */
export function riskOfAny(epsilon: number, delta: number): AttackRisk[] {
  return atRates((rate) => truePositivesOfBudget(epsilon, delta, rate));
}

function atRates(truePositives: (falsePositives: number) => number): AttackRisk[] {
  return FALSE_POSITIVES.map((rate) => ({ falsePositives: rate, truePositives: truePositives(rate) }));
}
