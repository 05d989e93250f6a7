import { columnsOfRule, type Rule } from '../../../../src/domain/rules';
import type { SampledColumn } from './sampled-column';

/** An order that needs no listing. */
export interface KnownOrder {
  readonly low: string;
  readonly high: string;
  /** The two are tied by more than an order, in which either may be the lower one: no other order follows. */
  readonly isTie: boolean;
}

/** Orders that computed columns bring with them: no part of a sum of positive parts exceeds it. */
export function knownOrders(rules: readonly Rule[], columns: readonly SampledColumn[]): KnownOrder[] {
  const positive = new Set(
    columns
      .filter(({ numbers }) => numbers?.every((value) => Number.isNaN(value) || value >= 0))
      .map(({ name }) => name),
  );
  const orders: KnownOrder[] = [];
  const either = (a: string, b: string) =>
    orders.push({ low: a, high: b, isTie: true }, { low: b, high: a, isTie: true });
  const order = (low: string, high: string) => orders.push({ low, high, isTie: false });
  for (const rule of rules) {
    if (rule.kind === 'product' || rule.kind === 'age') {
      for (const name of columnsOfRule(rule)) if (name !== rule.target) either(name, rule.target);
    }
    if (rule.kind === 'often-equal' || rule.kind === 'permutation' || rule.kind === 'date-part') {
      const names = columnsOfRule(rule);
      if (rule.kind !== 'often-equal') for (const a of names) for (const b of names) if (a < b) either(a, b);
    }
    if (rule.kind === 'extreme' && !rule.cells) {
      for (const name of rule.columns) {
        if (rule.end === 'largest') order(name, rule.target);
        else order(rule.target, name);
      }
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
      else if (rising && factor >= 1) order(column, target);
      else if (fallingFrom(column)) order(target, column);
    }
  }
  return orders;
}
