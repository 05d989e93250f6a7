import type { Rule } from '../../../../src/domain/rules';

/**
 * The order in which rules get their steps. Computed columns first: what is computed exactly must not be written by a weaker
 * rule; extremes before sums, which can be solved for other columns.
 */
export function priority(rule: Rule): number {
  const order: readonly Rule['kind'][] = [
    'extreme',
    'linear',
    'product',
    'date-part',
    'age',
    'date-count',
    'thresholds',
    'functional-dependency',
    'inequality',
  ];
  const at = order.indexOf(rule.kind);
  return at < 0 ? order.length : at;
}
