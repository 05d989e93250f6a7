import type { PrivacyGuardSummary, TrainingSummary } from './generators';
import { countText, fixedText } from './number-marks';

/** Share of samples that may be copies of training rows, beyond chance (docs/model.md, Privacy guard). */
export const HIGHEST_COPIED = 0.02;

/** What was done for privacy in a training without differential privacy, in sentences for the report and the page. */
export function privacySentences({
  privacyGuard,
  isolatedRows = 0,
}: Pick<TrainingSummary, 'privacyGuard' | 'isolatedRows'>): string[] {
  const guard = guardSentence(privacyGuard);
  return isolatedRows > 0 ? [guard, isolatedSentence(isolatedRows)] : [guard];
}

function isolatedSentence(rows: number): string {
  const which = rows === 1 ? 'the row that stands' : `of the ${countText(rows)} rows that stand`;
  const half = rows === 1 ? 'was left out with a chance of one half' : 'a secret half was left out';
  return `Isolated people: ${which} most alone ${half}; the nearest row of somebody else was learned instead.`;
}

/** What the privacy guard did, in a sentence for the report and the generator's page. */
export function guardSentence(guard: PrivacyGuardSummary | null): string {
  if (!guard) {
    return 'Privacy guard: it did not watch this training. It was switched off, or there were too few unseen rows to compare with.';
  }
  if (!('copied' in guard))
    return 'Privacy guard: an earlier version watched this training, by another measure.';
  const copies = `${percent(Math.max(0, guard.copied))} ± ${percent(guard.standardError)} of the samples repeat a training row beyond what chance repeats of unseen rows`;
  const looked = `${guard.checks} ${guard.checks === 1 ? 'check' : 'checks'}, ${countText(guard.rows)} unseen rows`;
  if (!guard.acceptable) {
    return `Privacy guard: every model of this training copies rows. Of the one that copies least, which was kept, ${copies}: treat its rows with care. ${looked}.`;
  }
  return `Privacy guard: ${outcomeOf(guard)}. Of the model kept, ${copies}. ${looked}.`;
}

function outcomeOf({ outcome, copied, standardError }: PrivacyGuardSummary): string {
  if (outcome === 'stopped') return 'the training was ended early, before the model began to copy rows';
  if (outcome === 'fell-back') return 'the last model copied training rows, so an earlier one was kept';
  if (copied <= 2 * standardError) return 'no sign of copies';
  return `a few copies, below the ${percent(HIGHEST_COPIED)} at which it steps in`;
}

function percent(value: number): string {
  return `${fixedText(100 * value, 1)} %`;
}
