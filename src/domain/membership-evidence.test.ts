import { describe, expect, it } from 'vitest';
import { membershipParts } from './membership-evidence';
import type { AttackFigures, MembershipPanel, StrongestFigure } from './membership-panel';
import type { PrivacyTests } from './privacy-tests';

const figure = (value: number, half: number): StrongestFigure => ({
  ...{ attacks: ['pairs'], value, low: value - half, high: value + half },
});
const figures = (auc: number, half = 0.02): AttackFigures => ({
  ...{ people: 1500, auc: figure(auc, half), at1: figure(0.012, 0.006), at10: figure(0.11, 0.02) },
});
const PANEL: MembershipPanel = {
  ...figures(0.52),
  attacks: [{ name: 'pairs', auc: 0.52, at1: 0.012, at10: 0.11 }],
  isolated: { ...figures(0.55, 0.06), people: 240 },
  rows: { synthetic: 24_000, reference: 12_000 },
};
const TESTS: PrivacyTests = {
  nearCopies: { training: 570, holdout: 560, rows: 24_000 },
  ...{ membership: PANEL, criteria: null },
};
const levels = (tests: Partial<PrivacyTests>, rows = 24_000) =>
  Object.fromEntries(membershipParts({ ...TESTS, ...tests }, rows).map(({ id, level }) => [id, level]));

describe('membershipParts', () => {
  it('passes what is near chance, and never lets few isolated people pass', () => {
    expect(levels({})).toEqual({
      ...{ 'near-copies': 'pass', membership: 'pass', 'membership-found': 'pass' },
      'membership-isolated': null,
    });
    const [, auc] = membershipParts(TESTS, 24_000);
    expect(auc!.figure).toBe(
      'AUC 0.520 (95 %: 0.500 to 0.540); strongest of 1 attacks on 1,500 people of each kind: pairs',
    );
  });

  it('asks for attention where an attack is certain to be better than the threshold', () => {
    const sharp = { ...PANEL, ...figures(0.65), at1: figure(0.08, 0.02) };
    expect(levels({ membership: sharp })).toMatchObject({
      ...{ membership: 'attention', 'membership-found': 'attention' },
    });
    const alone = { ...PANEL, isolated: figures(0.7, 0.05) };
    expect(levels({ membership: alone })['membership-isolated']).toBe('attention');
    expect(levels({ membership: { ...PANEL, ...figures(0.6) } }).membership).toBe('inconclusive');
  });

  it('sees one near copy among a hundred rows, which distances and shares hide', () => {
    const planted = { training: 810, holdout: 560, rows: 24_000 };
    expect(levels({ nearCopies: planted })['near-copies']).toBe('attention');
    expect(levels({ nearCopies: { training: 3, holdout: 2, rows: 100 } })['near-copies']).toBe(
      'inconclusive',
    );
    // Rows of few people are worth less.
    expect(levels({ nearCopies: planted }, 200)['near-copies']).toBe('inconclusive');
  });

  it('never passes what was not attacked, and says why', () => {
    expect(levels({ nearCopies: null, membership: null })).toEqual({ membership: 'inconclusive' });
    const few = membershipParts({ ...TESTS, nearCopies: null, membership: { people: 69, needed: 200 } }, 69);
    expect(few).toMatchObject([{ level: 'inconclusive', doubt: 'few-rows', figure: 'not measured' }]);
    expect(few[0]!.meaning).toContain('69 people of each kind');
  });
});
