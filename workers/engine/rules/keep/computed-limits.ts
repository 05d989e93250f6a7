import type { Rule } from '../../../../src/domain/rules';
import { numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { protectedBounds, strictestProtection } from '../../privacy/protection';
import type { TableProtection } from '../../privacy/table-protection';
import type { ReadColumn } from './extra-columns';
import type { PlannedStep } from './plan-steps';

/**
 * Ranges that computed columns keep: no leaving date after the last one, no turnout above all that there are. What codes
 * go together is listed for one or two columns, so sums and products may leave the range; such rows are drawn again.
 * @param protection what few rows share must not be seen
 */
export async function computedLimits(
  steps: readonly PlannedStep[],
  read: ReadColumn,
  protection: TableProtection,
): Promise<Rule[]> {
  const limits = new Map<string, Rule>();
  for (const { step, target, also = [] } of steps) {
    const kind = step.kind === 'compute' ? step.rules[0]!.kind : step.kind;
    if (kind !== 'linear' && kind !== 'product' && kind !== 'age' && kind !== 'gap') continue;
    for (const name of [target, ...also]) {
      const limit = limitOf(await read(name), protection, kind !== 'product');
      if (limit) limits.set(name, limit);
    }
  }
  return [...limits.values()];
}

/**
 * The largest number of a column that may be seen, or that is a value of its own like 9999; with `below`, the smallest, too.
 * Products have the sign of their factors; zeros that a rule sets stay.
 */
function limitOf(column: RuleColumn, protection: TableProtection, below: boolean): Rule | null {
  const sorted = numbersOf(column)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const bounds = protectedBounds(sorted, strictestProtection(protection.enabled, protection.least));
  if (!bounds) return null;
  const common = protection.thresholdOf(column.name);
  const max = sorted.findLast((value, at) => value <= bounds.high || sorted[at - common + 1] === value);
  const min = sorted.find((value, at) => value >= bounds.low || sorted[at + common - 1] === value);
  const low = below ? (min ?? bounds.low) : null;
  return { kind: 'range', column: column.name, min: low, max: max ?? bounds.high, strict: false };
}
