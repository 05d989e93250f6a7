import {
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
/** Of δ, so much is for the thresholds of categories where noise decides which there are. */
const THRESHOLD_SHARE = 0.1;

/** What a training may allow at most, before it begins, as its ledger says it if all is spent. */
export function riskOfBudget(
  account: PrivacyAccount,
  { maxEpsilon, delta }: Pick<PrivacyBudgetSettings, 'maxEpsilon' | 'delta'>,
): AttackRisk[] {
  const thresholdDelta = THRESHOLD_SHARE * delta;
  const mu = muOfBudget(maxEpsilon, delta - thresholdDelta);
  const truePositives = (falsePositives: number) =>
    account === 'gaussian'
      ? Math.min(1, truePositivesOfGaussian(mu, falsePositives) + thresholdDelta)
      : truePositivesOfBudget(maxEpsilon, delta, falsePositives);
  return FALSE_POSITIVES.map((falsePositives) => ({
    falsePositives,
    truePositives: truePositives(falsePositives),
  }));
}
