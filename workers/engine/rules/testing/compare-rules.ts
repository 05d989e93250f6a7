import { type CheckedRule, columnsOfRule, type Rule } from '../../../../src/domain/rules';
import { checkRule } from '../../../rules/check-rule';
import type { RuleColumn } from '../../../rules/rule-column';

const sameColumns = (a: Rule, b: Rule) =>
  [...columnsOfRule(a)].sort().join('\n') === [...columnsOfRule(b)].sort().join('\n');

/** True if a rule that was found says what a planted one says, in the same or in other words. */
export function says(found: Rule, planted: Rule): boolean {
  if (!sameColumns(found, planted)) return false;
  if (planted.kind === 'inequality') return found.kind === 'inequality' && found.low === planted.low;
  if (planted.kind === 'functional-dependency') {
    if (found.kind === 'linear' || found.kind === 'date-part') return true;
    if (found.kind === 'thresholds') return found.target === planted.dependent;
    return (
      found.kind === 'functional-dependency' && (found.dependent === planted.dependent || found.oneToOne)
    );
  }
  if (planted.kind === 'implied-value' || planted.kind === 'excluded-combinations') {
    return (
      found.kind === 'implied-value' ||
      found.kind === 'excluded-combinations' ||
      found.kind === 'functional-dependency'
    );
  }
  return found.kind === planted.kind;
}

/**
 * False if further rows of the same table break a rule that was found more often than the rows it was found in could
 * tell: n rows without exception bound its share of exceptions by about 4/n.
 */
export function holdsIn(
  { rule, applicable, kept }: CheckedRule,
  further: readonly RuleColumn[],
  original: readonly RuleColumn[],
): boolean {
  const again = checkRule(rule, further, original);
  if (again.applicable === 0) return true;
  const broken = 1 - again.kept / again.applicable;
  if (rule.kind === 'often-equal') return broken < 0.99;
  // The day up to which ages count is known to a few days only.
  if (rule.kind === 'age') return broken < 0.01;
  return broken <= (kept === applicable ? Math.max(0.0005, 4 / applicable) : 0.01);
}
