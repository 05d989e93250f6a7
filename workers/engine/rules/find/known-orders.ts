import { columnsOfRule, type Rule } from '../../../../src/domain/rules';
import type { SampledColumn } from './sampled-column';

/** Orders that computed columns bring with them: no part of a sum of positive parts exceeds it. */
export function knownOrders(
  rules: readonly Rule[],
  columns: readonly SampledColumn[],
): { low: string; high: string }[] {
  const positive = new Set(
    columns
      .filter(({ numbers }) => numbers?.every((value) => Number.isNaN(value) || value >= 0))
      .map(({ name }) => name),
  );
  const orders: { low: string; high: string }[] = [];
  const either = (a: string, b: string) => orders.push({ low: a, high: b }, { low: b, high: a });
  for (const rule of rules) {
    if (rule.kind === 'product' || rule.kind === 'age') {
      for (const name of columnsOfRule(rule)) if (name !== rule.target) either(name, rule.target);
    }
    if (rule.kind === 'often-equal' || rule.kind === 'permutation' || rule.kind === 'date-part') {
      const names = columnsOfRule(rule);
      if (rule.kind !== 'often-equal') for (const a of names) for (const b of names) if (a < b) either(a, b);
    }
    if (rule.kind !== 'linear') continue;
    const { target, terms } = rule;
    const rising = terms.every(({ column, factor }) => factor > 0 && positive.has(column));
    const fallingFrom = (total: string) =>
      terms.every(({ column, factor }) =>
        column === total ? factor === 1 : factor < 0 && positive.has(column),
      );
    for (const { column, factor } of terms) {
      if (terms.length === 1) either(column, target);
      else if (rising && factor >= 1) orders.push({ low: column, high: target });
      else if (fallingFrom(column)) orders.push({ low: target, high: column });
    }
  }
  return orders;
}
