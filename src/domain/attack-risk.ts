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

/** The part of δ for the thresholds of categories (docs/differential-privacy.md). */
export function thresholdDeltaOf(delta: number): number {
  return THRESHOLD_SHARE * delta;
}

/** Of Gaussian noise alone, μ-GDP, but with probability `thresholdDelta`. */
export function riskOfGaussian(mu: number, thresholdDelta: number): AttackRisk[] {
  return FALSE_POSITIVES.map((falsePositives) => ({
    falsePositives,
    truePositives: Math.min(1, truePositivesOfGaussian(mu, falsePositives) + thresholdDelta),
  }));
}

/** What a training may allow at most, before it begins. The ledger of one that spent less says less. */
export function riskOfBudget(
  account: PrivacyAccount,
  { maxEpsilon, delta }: Pick<PrivacyBudgetSettings, 'maxEpsilon' | 'delta'>,
): AttackRisk[] {
  if (account === 'gaussian') {
    const thresholdDelta = thresholdDeltaOf(delta);
    return riskOfGaussian(muOfBudget(maxEpsilon, delta - thresholdDelta), thresholdDelta);
  }
  return FALSE_POSITIVES.map((falsePositives) => ({
    falsePositives,
    truePositives: truePositivesOfBudget(maxEpsilon, delta, falsePositives),
  }));
}
