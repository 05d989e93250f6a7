import { UserError } from '../../../../src/domain/errors';
import { deltaOfNoise, muOfBudget } from '../../privacy/dp/gaussian-privacy';
import type { MarginalsConfiguration } from './family';

/** Shares of the budget in μ²; what they leave is for counts of pairs. */
export interface BudgetPlan {
  /** What may be spent, in Gaussian differential privacy. */
  readonly mu: number;
  /** The part of δ for the thresholds of categories. */
  readonly thresholdDelta: number;
  readonly domains: number;
  readonly columns: number;
  readonly choice: number;
}

/** Of the budget, so much is for value domains without a setting. */
export const DOMAINS = 1 / 6;
/** Of what is left for counts. */
const COLUMNS = 0.15;
const CHOICE = 0.1;

/**
 * @param publicDomains a person declared them public: they cost nothing
 * @throws UserError `config/invalid` if the domains alone would take the whole budget
 */
export function planBudget(
  {
    maxEpsilon,
    delta,
    valueProtectionEpsilon,
  }: Pick<MarginalsConfiguration, 'maxEpsilon' | 'delta' | 'valueProtectionEpsilon'>,
  publicDomains = false,
): BudgetPlan {
  const remaining = deltaOfNoise(delta);
  const mu = muOfBudget(maxEpsilon, remaining);
  const own =
    valueProtectionEpsilon === null ? DOMAINS : (muOfBudget(valueProtectionEpsilon, remaining) / mu) ** 2;
  const domains = publicDomains ? 0 : own;
  if (domains >= 1) {
    throw new UserError(
      'config/invalid',
      `Of ε ${maxEpsilon}, ε ${valueProtectionEpsilon} for value domains leaves nothing to learn with. Give value domains less, or raise ε.`,
    );
  }
  const counts = 1 - domains;
  return {
    mu,
    thresholdDelta: delta - remaining,
    domains,
    columns: COLUMNS * counts,
    choice: CHOICE * counts,
  };
}
