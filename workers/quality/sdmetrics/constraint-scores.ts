import type { ColumnData } from '../../../src/domain/column-data';
import { columnLength } from '../../../src/domain/column-data';
import type { ConstraintKind } from '../../../src/domain/likeness';
import { numberSubjects } from '../../../src/domain/number-subjects';
import type { RuleScore } from '../../../src/domain/reports';
import { shareOf } from '../../../src/domain/rule-verdict';

/**
 * Constraint validity by the kind of rule, worst first: the mean share of synthetic rows that keep a rule, of as many as keep it in
 * the original, and the lowest. Rules that were switched off, or that speak of no row, count in none.
 */
export function constraintScores(rules: readonly RuleScore[]): ConstraintKind[] {
  const byKind = new Map<ConstraintKind['kind'], number[]>();
  for (const { rule, state, original, synthetic } of rules) {
    const [before, after] = [shareOf(original), shareOf(synthetic)];
    if (state === 'off' || before === null || before === 0 || after === null) continue;
    byKind.set(rule.kind, [...(byKind.get(rule.kind) ?? []), Math.min(1, after / before)]);
  }
  return [...byKind]
    .map(([kind, shares]) => ({
      ...{ kind, rules: shares.length, lowest: Math.min(...shares) },
      validity: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    }))
    .sort((a, b) => a.validity - b.validity);
}

/**
 * KeyUniqueness: the share of rows whose key no earlier row has. A key all of whose columns are empty is none.
 * @param columns of the key, one at least; null of no row
 */
export function keyUniqueness(columns: readonly ColumnData[]): number | null {
  const rows = columnLength(columns[0]!);
  if (rows === 0) return null;
  const isEmpty = (row: number) =>
    columns.every((column) => (column.kind === 'text' ? column.codes[row]! < 0 : column.nulls?.[row] === 1));
  const seen = new Set<number>();
  numberSubjects(columns).forEach((key, row) => {
    if (!isEmpty(row)) seen.add(key);
  });
  return seen.size / rows;
}
