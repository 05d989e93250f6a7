import { describe, expect, it } from 'vitest';
import type { PrivacyGuardSummary } from './generators';
import { guardSentence, privacySentences } from './privacy-guard';

const KEPT: PrivacyGuardSummary = {
  copied: 0.0041,
  standardError: 0.0035,
  rows: 2442,
  checks: 2,
  outcome: 'kept',
  acceptable: true,
  seconds: 0.3,
};

describe('guardSentence', () => {
  it('says what was seen and with how much certainty', () => {
    expect(guardSentence(KEPT)).toBe(
      'Privacy guard: no sign of copies. Of the model kept, 0.4 % ± 0.4 % of the samples repeat a training row beyond what chance repeats of unseen rows. 2 checks, 2,442 unseen rows.',
    );
  });

  it('does not call a few copies no sign, nor less than chance a share', () => {
    expect(guardSentence({ ...KEPT, copied: 0.013 })).toContain('below the 2.0 % at which it steps in');
    expect(guardSentence({ ...KEPT, copied: -0.004 })).toContain('0.0 % ± 0.4 %');
  });

  it('says when it stopped, when it fell back, and when no model was good enough', () => {
    expect(guardSentence({ ...KEPT, outcome: 'stopped' })).toContain('ended early');
    expect(guardSentence({ ...KEPT, outcome: 'fell-back' })).toContain('an earlier one was kept');
    expect(guardSentence({ ...KEPT, acceptable: false })).toContain('treat its rows with care');
    expect(guardSentence(null)).toContain('did not watch');
    const { copied: _, ...stored } = KEPT;
    expect(guardSentence({ ...stored, share: 0.51 } as never)).toContain('an earlier version');
  });
});

it('tells of isolated people where there are any', () => {
  expect(privacySentences({ privacyGuard: KEPT })).toEqual([guardSentence(KEPT)]);
  expect(privacySentences({ privacyGuard: KEPT, isolatedRows: 0 })).toHaveLength(1);
  expect(privacySentences({ privacyGuard: null, isolatedRows: 1234 })[1]).toBe(
    'Isolated people: of the 1,234 rows that stand most alone a secret half was left out; the nearest row of somebody else was learned instead.',
  );
});
