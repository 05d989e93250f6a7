import type { CheckedRule } from '../../../../src/domain/rules';
import type { RuleColumn } from '../rule-column';

export async function findRules(_: readonly RuleColumn[], __: () => Promise<void>): Promise<CheckedRule[]> {
  return [];
}
