import type { PrivacyGuardSummary } from './generators';

/** What the privacy guard did, in a sentence for the report and the generator's page. */
export function guardSentence(guard: PrivacyGuardSummary | null): string {
  if (!guard) {
    return 'Privacy guard: it did not watch this training, being switched off or without enough unseen rows to compare with.';
  }
  const share = `training rows drew ${percent(guard.share)} ± ${percent(guard.standardError)} of the samples against as many unseen rows (50 % is chance)`;
  const looked = `${guard.checks} ${guard.checks === 1 ? 'check' : 'checks'}, ${guard.rows.toLocaleString('en')} unseen rows`;
  if (!guard.acceptable) {
    return `Privacy guard: every model of this training lies too close to its training rows. In the least close, which was kept, ${share}: treat its rows with care. ${looked}.`;
  }
  return `Privacy guard: ${OUTCOMES[guard.outcome]}. In the model kept, ${share}. ${looked}.`;
}

const OUTCOMES: Readonly<Record<PrivacyGuardSummary['outcome'], string>> = {
  kept: 'no sign of memorising',
  stopped: 'the training was ended early, before the model began to memorise rows',
  'fell-back': 'the last model lay too close to its training rows, so an earlier one was kept',
};

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
