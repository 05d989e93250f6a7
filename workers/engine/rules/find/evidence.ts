/**
 * When a relation counts as found. A relation without exceptions is told by the violations that chance would have
 * brought: with E expected, none occur with probability e^−E. With α shared by all hypotheses of a kind (Bonferroni), E has
 * to exceed ln(hypotheses / α). docs/rules.md, Evidence.
 */

const ALPHA = 0.001;
/** Chance is only a model: some violations have to be expected whatever the number of hypotheses. */
const MIN_EXPECTED = 15;

/** Violations that chance would have to bring for a relation to count. */
export function neededViolations(hypotheses: number): number {
  return Math.max(MIN_EXPECTED, Math.log(Math.max(1, hypotheses) / ALPHA));
}

export { NEARLY } from '../../../../src/domain/rules';

/** A relation with exceptions counts only if chance would bring very many more. */
export function overwhelming(violations: number, expected: number): boolean {
  return violations === 0 || expected >= 20 * violations + 100;
}
