import type { PrivacyGuardSummary } from './generators';

/**
 * Highest distance share that the guard lets a model have: on the codes, where this lies near a DCR share of 0.53 in
 * the report (`bench/quality-log.md`, "Tiny tables with the privacy guard").
 */
export const HIGHEST_SHARE = 0.55;

/** What the privacy guard did, in a sentence for the report and the generator's page. */
export function guardSentence(guard: PrivacyGuardSummary | null): string {
  if (!guard) {
    return 'Privacy guard: it did not watch this training. It was switched off, or there were too few unseen rows to compare with.';
  }
  const share = `training rows drew ${percent(guard.share)} ± ${percent(guard.standardError)} of the samples against as many unseen rows (50 % is chance)`;
  const looked = `${guard.checks} ${guard.checks === 1 ? 'check' : 'checks'}, ${guard.rows.toLocaleString('en')} unseen rows`;
  if (!guard.acceptable) {
    return `Privacy guard: every model of this training lies too close to its training rows. In the least close, which was kept, ${share}: treat its rows with care. ${looked}.`;
  }
  return `Privacy guard: ${outcomeOf(guard)}. In the model kept, ${share}. ${looked}.`;
}

function outcomeOf({ outcome, share, standardError }: PrivacyGuardSummary): string {
  if (outcome === 'stopped') return 'the training was ended early, before the model began to memorise rows';
  if (outcome === 'fell-back')
    return 'the last model lay too close to its training rows, so an earlier one was kept';
  if (share <= 0.5 + 2 * standardError) return 'no sign of memorising';
  return `a pull towards the training rows, below the ${percent(HIGHEST_SHARE)} at which it steps in`;
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
