import { render, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { RuleScore, WholeReport } from '../../domain/reports';
import { RulesSection } from './rules-section';

const score = (high: string, kept: number, fields: Partial<RuleScore> = {}): RuleScore => ({
  rule: { kind: 'inequality', low: 'a', high, strict: false },
  source: 'found',
  state: 'kept',
  original: { kept: 1000, applicable: 1000 },
  synthetic: { kept, applicable: 2000 },
  ...fields,
});

/** The section's sentence and its lines. */
function shown(rules: readonly RuleScore[]) {
  render(<RulesSection report={{ rules, dateColumns: ['b'] } as unknown as WholeReport} />);
  const lines = screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map(({ textContent }) => textContent).join(' | '));
  return [
    within(screen.getByRole('region', { name: 'Rules' })).getByText(/^The share/).textContent,
    ...lines,
  ];
}

describe('the rules of a report', () => {
  it('stand side by side for original and synthetic rows, broken ones first', () => {
    const part = { kept: 500, applicable: 1000 };
    expect(
      shown([
        score('x', 2000),
        score('y', 1999),
        score('b', 1000, { original: part, source: 'added', state: 'partly' }),
      ]),
    ).toEqual([
      expect.stringContaining('1 rule of 3 does not hold as in the original.'),
      'a ≤ yOrder | 100 % | 99.95 % | Brokenby 1 synthetic row',
      'a ≤ xOrder | 100 % | 100 % | Kept by every row',
      'a is not after bOrder · added by you | 50.00 % | 50.00 % | As often',
    ]);
  });

  it('need not hold if they were switched off', () => {
    expect(shown([score('x', 10, { state: 'off' })])).toEqual([
      expect.stringContaining('Every rule that was not switched off holds'),
      'a ≤ xOrder · switched off | 100 % | 0.50 % | Need not hold',
    ]);
  });
});
