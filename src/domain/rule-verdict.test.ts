import { describe, expect, it } from 'vitest';
import type { RuleScore } from './reports';
import { verdictOf, worstRulesFirst } from './rule-verdict';

const share = ([kept, applicable]: readonly [number, number]) => ({ kept, applicable });

describe('verdictOf', () => {
  it.each([
    [[100, 100], [50, 50], 'kept'],
    [[100, 100], [49, 50], 'broken'],
    [[0, 0], [49, 50], 'silent'],
    [[100, 100], [0, 0], 'silent'],
    [[500, 1000], [520, 1000], 'as-often'],
    [[500, 1000], [400, 1000], 'less-often'],
    [[500, 1000], [600, 1000], 'more-often'],
    [[999, 1000], [1000, 1000], 'as-often'],
    [[0, 10], [0, 10], 'as-often'],
  ] as const)('original %j, synthetic %j: %s', (original, synthetic, verdict) => {
    expect(verdictOf({ original: share(original), synthetic: share(synthetic), state: 'kept' })).toBe(
      verdict,
    );
  });

  it('is no reproach to a rule that was switched off', () => {
    const off = { original: share([9, 9]), state: 'off' } as const;
    expect(verdictOf({ ...off, synthetic: share([8, 9]) })).toBe('free');
    expect(verdictOf({ ...off, synthetic: share([9, 9]) })).toBe('kept');
  });
});

it('the worst rules come first, the rest as they were', () => {
  const score = (name: string, kept: number): RuleScore => ({
    rule: { kind: 'increments', column: name, increment: 1 },
    source: 'found',
    state: 'kept',
    original: share([100, 100]),
    synthetic: share([kept, 100]),
  });
  const order = worstRulesFirst([score('a', 100), score('b', 99), score('c', 100), score('d', 10)]);
  expect(order.map(({ rule }) => rule.kind === 'increments' && rule.column)).toEqual(['d', 'b', 'a', 'c']);
});
