import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renameInRule, renameInRuleId } from './rename-columns';
import { columnsOfRule, idOfRule, Rule } from './rules';

const computed = { target: 'a', decimals: null, rounding: 'nearest' } as const;
/** One of each kind; cells and parts of dates read as columns do. */
const RULES: readonly Rule[] = [
  { kind: 'functional-dependency', determinant: ['a', 'b'], dependent: 'c', oneToOne: false },
  { kind: 'fixed-combinations', columns: ['a', 'b'] },
  { kind: 'excluded-combinations', columns: ['a', 'b'], combinations: [['a', 'b']] },
  { kind: 'inequality', low: 'a', high: 'b', strict: true },
  { kind: 'linear', ...computed, terms: [{ column: 'b', factor: 2 }], constant: 1 },
  { kind: 'product', ...computed, factors: [{ column: 'b', power: -1, per: 0.01 }], factor: 1 },
  { kind: 'date-part', target: 'a', column: 'year', part: 'year', cells: [[1, 'year']] },
  { kind: 'age', target: 'a', from: 'b', to: 'c' },
  { kind: 'age', target: 'a', from: 'b', to: 5 },
  { kind: 'calendar-date', year: 'year', month: 'b', day: 'c' },
  { kind: 'date-count', target: 'a', date: ['b'], unit: 1, origin: 0 },
  {
    kind: 'thresholds',
    target: 'a',
    column: 'b',
    minus: 'c',
    thresholds: [1],
    cells: ['a', 'b'],
    inclusive: true,
  },
  { kind: 'extreme', target: 'a', columns: ['b', 'largest'], end: 'largest', cells: ['b', 'c'] },
  { kind: 'one-hot', columns: ['a', 'b'] },
  { kind: 'permutation', columns: ['a', 'b'] },
  { kind: 'missing-together', columns: ['a', 'b'] },
  { kind: 'implied-value', column: 'a', cell: 'b', by: 'b', values: ['a'], exactly: false },
  { kind: 'often-equal', columns: ['a', 'b'] },
  { kind: 'running-number', column: 'a', start: 1, step: 1 },
  { kind: 'range', column: 'a', min: 0, max: null, strict: false },
  { kind: 'increments', column: 'a', increment: 5 },
];

/** Everything of a rule but its columns. */
function valuesOf(rule: Rule): unknown {
  const back = JSON.parse(JSON.stringify(rule).replaceAll('new ', ''));
  return back;
}

describe('columns of a rule that are called otherwise', () => {
  it('has one of every kind to try', () => {
    const kinds = new Set(RULES.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(Rule.options.map(kindOf).sort());
  });

  it.each(RULES.map((rule) => [idOfRule(rule), rule] as const))('%s', (id, rule) => {
    fc.assert(
      fc.property(fc.subarray(columnsOfRule(rule).slice()), (renamed) => {
        const nameOf = (name: string) => (renamed.includes(name) ? `new ${name}` : name);
        const other = renameInRule(rule, nameOf);
        expect(columnsOfRule(other)).toEqual(columnsOfRule(rule).map(nameOf));
        expect(valuesOf(other)).toEqual(rule);
        expect(renameInRuleId(id, nameOf)).toBe(idOfRule(other));
      }),
    );
  });

  it('leaves what is no id of a rule as it is', () => {
    expect(['', '{', '5'].map((id) => renameInRuleId(id, () => 'b'))).toEqual(['', '{', '5']);
  });
});

function kindOf(option: (typeof Rule.options)[number]): string {
  return (option.shape.kind as { value: string }).value;
}
