import { expect, it } from 'vitest';
import type { RuleScore } from '../../../src/domain/reports';
import { numbers, texts } from '../testing/make-columns';
import { constraintScores, keyUniqueness } from './constraint-scores';

const score = (kept: number, state: RuleScore['state'] = 'kept'): RuleScore => ({
  rule: { kind: 'inequality', low: 'a', high: 'b', strict: false },
  ...{ source: 'found', state, original: { applicable: 100, kept: 100 } },
  synthetic: { applicable: 50, kept },
});

it('counts by kind how many rows keep the rules', () => {
  expect(constraintScores([score(50), score(25), score(0, 'off')])).toEqual([
    { kind: 'inequality', rules: 2, validity: 0.75, lowest: 0.5 },
  ]);
  const nearly = { ...score(45), original: { applicable: 100, kept: 90 } };
  expect(constraintScores([nearly])[0]!.validity).toBeCloseTo(1, 12);
  const silent = { ...score(0), synthetic: { applicable: 0, kept: 0 } };
  expect(constraintScores([silent])).toEqual([]);
});

it('counts keys that no earlier row has', () => {
  expect(keyUniqueness([numbers('id', [1, 2, 2, null]).data])).toBe(0.5);
  expect(keyUniqueness([numbers('a', [1, 1]).data, texts('b', ['x', 'y']).data])).toBe(1);
  expect(keyUniqueness([numbers('id', []).data])).toBeNull();
});
