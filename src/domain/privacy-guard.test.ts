import { describe, expect, it } from 'vitest';
import type { PrivacyGuardSummary } from './generators';
import { guardSentence } from './privacy-guard';

const KEPT: PrivacyGuardSummary = {
  share: 0.5123,
  standardError: 0.0104,
  rows: 2442,
  checks: 2,
  outcome: 'kept',
  acceptable: true,
  seconds: 0.3,
};

describe('guardSentence', () => {
  it('says what was seen and with how much certainty', () => {
    expect(guardSentence(KEPT)).toBe(
      'Privacy guard: no sign of memorising. In the model kept, training rows drew 51.2 % ± 1.0 % of the samples against as many unseen rows (50 % is chance). 2 checks, 2,442 unseen rows.',
    );
  });

  it('does not call a pull towards the training rows no sign', () => {
    expect(guardSentence({ ...KEPT, share: 0.533 })).toContain('below the 55.0 % at which it steps in');
  });

  it('says when it stopped, when it fell back, and when no model was good enough', () => {
    expect(guardSentence({ ...KEPT, outcome: 'stopped' })).toContain('ended early');
    expect(guardSentence({ ...KEPT, outcome: 'fell-back' })).toContain('an earlier one was kept');
    expect(guardSentence({ ...KEPT, acceptable: false })).toContain('treat its rows with care');
    expect(guardSentence(null)).toContain('did not watch');
  });
});
