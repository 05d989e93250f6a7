import { describe, expect, it } from 'vitest';
import type { Cell, Rule, RuleOf } from '../../../../src/domain/rules';
import { withQuietExclusions } from './quiet-exclusions';

function excluded(columns: [string, string], ...combinations: [Cell, Cell][]) {
  return { kind: 'excluded-combinations', columns, combinations } satisfies RuleOf<'excluded-combinations'>;
}

describe('exclusions for the draw', () => {
  it('take in what is not listed of the same columns, in their order', () => {
    const order: Rule = { kind: 'inequality', low: 'a', high: 'b', strict: false };
    const rules: Rule[] = [order, excluded(['sex', 'role'], ['f', 'husband']), excluded(['a', 'b'], [1, 2])];
    const checks: Rule[] = [
      order,
      excluded(['role', 'sex'], ['wife', 'm']),
      excluded(['sex', 'role'], ['m', 'widow']),
      excluded(['sex', 'b'], ['f', 3]),
    ];
    expect(withQuietExclusions(rules, checks)).toEqual([
      order,
      excluded(['sex', 'role'], ['f', 'husband'], ['m', 'wife'], ['m', 'widow']),
      excluded(['a', 'b'], [1, 2]),
    ]);
  });
});
