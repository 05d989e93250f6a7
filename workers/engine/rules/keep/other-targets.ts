import type { RuleOf } from '../../../../src/domain/rules';
import { checkRule } from '../../../rules/check-rule';
import { isDate, numbersOf } from '../../../rules/rule-column';
import type { FeatureColumn } from '../../models/model';
import { decimalsOf } from '../find/sampled-column';
import type { ReadColumn } from './extra-columns';
import { isPossible, type PlannedStep } from './plan-steps';
import { solvedRules } from './solve';

export type Equation = RuleOf<'linear' | 'product'>;

/** Columns of fewer different numbers are drawn rather than computed: a difference is rarely one of a few. */
const MIN_VALUES = 30;

/**
 * An equation solved for other columns, where its own target is computed already: end = start + minutes where minutes
 * are breaks and working hours. Columns count whose numbers the others give in all rows, to their own decimals. Of
 * several, the one is written in each row that contributes most: paid or open, where the other one is zero.
 * @returns the steps that can be added, the best first: all such columns, then each of them
 */
export async function otherTargets(
  rule: Equation,
  steps: readonly PlannedStep[],
  known: ReadonlyMap<string, FeatureColumn>,
  read: ReadColumn,
): Promise<PlannedStep[]> {
  const inputs = rule.kind === 'linear' ? rule.terms : rule.factors;
  const names = [rule.target, ...inputs.map(({ column }) => column)];
  const columns = await Promise.all(names.map(read));
  const typeOf = (name: string) => known.get(name)?.schema.storageType ?? null;
  const ways = solvedRules(rule, typeOf).flatMap((solved) => {
    const column = columns.find(({ name }) => name === solved.target)!;
    const cells = new Set(numbersOf(column));
    const way = { ...solved, decimals: isDate(column) ? null : decimalsOf([...cells]) } as Equation;
    const planned = stepFor([way], names);
    if (!isPossible(steps, planned)) return [];
    const { kept, applicable } = checkRule(way, columns);
    return kept === applicable ? [{ way, column, values: cells.size }] : [];
  });
  const top = ways.reduce((max, { values }) => Math.max(max, values), 0);
  const fine = ways
    .filter(({ values }) => values === top || values >= MIN_VALUES)
    .sort((a, b) => b.values - a.values);
  // What contributes most is a question of sums.
  const all = rule.kind === 'linear' && fine.length > 1 ? [fine] : [];
  return [...all, ...fine.map((way) => [way])]
    .map((chosen) =>
      stepFor(
        chosen.map(({ way }) => way),
        names,
      ),
    )
    .filter((planned) => isPossible(steps, planned));
}

function stepFor(ways: readonly Equation[], names: readonly string[]): PlannedStep {
  const [target, ...also] = ways.map((way) => way.target);
  return {
    step: { kind: 'compute', rules: ways, share: 0, alternatives: ways.length },
    target: target!,
    also,
    reads: names.filter((name) => name !== target && !also.includes(name)),
  };
}
