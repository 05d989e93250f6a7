import type { AttackRisk } from './attack-risk';
import { countText } from './number-marks';

/** What was released of private rows for one purpose. */
export interface PrivacyRelease {
  readonly what: string;
  /** Tables of counts, or choices. */
  readonly releases: number;
  /** Of all of them together, in Gaussian differential privacy. */
  readonly mu: number;
  /** What they would cost alone, at the ledger's δ. */
  readonly epsilon: number;
}

/** What a training gave away of the subjects at most, and how that is known (docs/differential-privacy.md). */
export interface PrivacyLedger {
  /** What was allowed. */
  readonly maxEpsilon: number;
  readonly delta: number;
  /** What was spent, at `delta`. */
  readonly epsilon: number;
  /** The same in Gaussian differential privacy, without the thresholds of categories. */
  readonly mu: number;
  /** The part of δ that the thresholds of categories took. */
  readonly thresholdDelta: number;
  /** Rows of one subject that were used at most. */
  readonly rowsPerSubject: number;
  /** `known`: further rows of a subject were left out; `declared`: nothing says whose rows are whose, so none has more. */
  readonly subjects: 'known' | 'declared';
  /** `seeded`: the noise follows from a seed and protects nobody. */
  readonly noise: 'secure' | 'seeded';
  readonly releases: readonly PrivacyRelease[];
  /** Of a training by noisy gradients: steps taken, and the probability of each subject to take part in one. */
  readonly training?: {
    readonly steps: number;
    readonly sampleRate: number;
    readonly noiseMultiplier: number;
    readonly maxGradNorm: number;
  };
  /** What is taken as public, and is not covered. */
  readonly declaredPublic: readonly string[];
  /** The highest true-positive rate of any attack on a subject's presence, at false-positive rates. */
  readonly attackRisk: readonly AttackRisk[];
}

/** Words for what a release tells. */
const RELEASES: Readonly<Record<string, string>> = {
  'domains: categories': 'Which categories there are',
  'domains: decimals': 'How many decimals numbers have',
  'domains: ranges': 'Between which values numbers lie',
  columns: 'How often each value occurs',
  'pairs: choice': 'Which pairs of columns go together',
  pairs: 'How often values of two columns meet',
  'counts of the codes of each column': 'How often each value occurs',
  'noisy gradients': 'Updates of the model',
};

/** What a release told, for people. */
export function releaseInWords(what: string): string {
  return RELEASES[what] ?? what.charAt(0).toUpperCase() + what.slice(1);
}

/** The guarantee alone. */
export function guaranteeSentence(ledger: PrivacyLedger): string {
  const { epsilon, delta, noise, rowsPerSubject, subjects, training } = ledger;
  const some = rowsPerSubject === 1 ? 'one row' : `at most ${rowsPerSubject} rows`;
  const rows =
    subjects === 'known'
      ? `whoever they are (${some} of each was used${training ? ' at a time' : ''})`
      : `if each has ${some}, as is assumed`;
  return noise === 'seeded'
    ? 'Differential privacy: NONE. The noise of this training follows from a seed, as in tests, and protects nobody.'
    : `Differential privacy: ε ${shortNumber(epsilon)}, δ ${shortNumber(delta)} for each subject, ${rows}, whatever else an attacker knows and whatever is done with the generator and its rows.`;
}

/** "Whoever accuses 1 in 100 people who did not take part finds at most 5.3 in 100 of those who did." */
export function attackInWords({ falsePositives, truePositives }: AttackRisk): string {
  const [base, found] = [Math.max(100, Math.round(1 / falsePositives)), truePositives];
  const accused = base * falsePositives;
  return `An attack that falsely accuses ${shortNumber(accused)} in ${countText(base)} people of having taken part finds at most ${shortNumber(base * found)} in ${countText(base)} of those who did.`;
}

/** The guarantee and what it does not cover, in sentences for pages and reports. */
export function ledgerSentences(ledger: PrivacyLedger): string[] {
  const risks = ledger.attackRisk.map(
    ({ falsePositives, truePositives }) =>
      `${percent(truePositives)} of the subjects at ${percent(falsePositives)} false alarms`,
  );
  return [
    guaranteeSentence(ledger),
    `An attack that tells whether somebody took part finds at most ${risks.join(', ')}.`,
    `Not covered: ${ledger.declaredPublic.join('; ')}.`,
  ];
}

/** The ledger in the names of `run.json`, with its sentences. */
export function ledgerFacts(ledger: PrivacyLedger): object {
  return {
    guarantee: ledgerSentences(ledger),
    max_epsilon: ledger.maxEpsilon,
    epsilon: ledger.epsilon,
    delta: ledger.delta,
    mu: ledger.mu,
    threshold_delta: ledger.thresholdDelta,
    rows_per_subject: ledger.rowsPerSubject,
    subjects: ledger.subjects,
    noise: ledger.noise,
    ...(ledger.training && {
      steps: ledger.training.steps,
      sample_rate: ledger.training.sampleRate,
      noise_multiplier: ledger.training.noiseMultiplier,
      max_grad_norm: ledger.training.maxGradNorm,
    }),
    releases: ledger.releases,
    not_covered: ledger.declaredPublic,
    attack_risk: ledger.attackRisk.map(({ falsePositives, truePositives }) => ({
      false_positives: falsePositives,
      true_positives: truePositives,
    })),
  };
}

function percent(value: number): string {
  return `${shortNumber(100 * value)} %`;
}

/** Three digits: "2.98", "0.00001". */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}
