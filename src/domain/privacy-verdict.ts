/** One verdict on the privacy of synthetic rows, from all evidence that a report has (docs/metrics.md, Privacy verdict). */
import { type EvidencePart, VERDICT_LEVELS, type VerdictLevel } from './evidence-part';
import { auditedModel } from './model-audit';
import { type Evidence, evidenceOf } from './privacy-evidence';
import { attackedPanel } from './privacy-tests';

export interface PrivacyVerdict {
  readonly level: VerdictLevel;
  /** "Inconclusive: too few rows to tell" */
  readonly title: string;
  /** What it means and what to do. */
  readonly sentence: string;
  /** What decided it first. */
  readonly parts: readonly EvidencePart[];
  /** What no figure of the report speaks of. */
  readonly notTested: readonly string[];
}

const DOUBTS = {
  'no-holdout': [
    'no unseen rows to compare with',
    'Without a holdout it cannot be told whether synthetic rows are nearer to the rows trained on than to others. Train with a validation split, or give a holdout file.',
  ],
  'few-rows': [
    'too few rows to tell',
    'So few unseen rows leave room for copying that would matter. Compare with more held-back rows before you rely on these.',
  ],
  between: [
    'a pull too small to call and too large to pass',
    'The rows lean towards those trained on by more than the threshold allows and less than is certain. Train on more rows, or generate in random column order, and compare again.',
  ],
  model: [
    'the model tells more than its rows show',
    'Attacks on the rows find nothing, but the model itself tells some of its people, so better attacks on the rows might. Train on more rows, and keep the generator to yourself.',
  ],
} as const;

const NOTHING_TO_COMPARE = {
  title: 'Inconclusive: no learned column to compare',
  sentence:
    'Every column is regenerated and nothing was learned of the rows, so there is nothing to measure. Look at how each column is written.',
} as const;

const MEMBERSHIP =
  'whether an attacker who knows a person can tell that they were in the data (membership attacks)';
const MODEL = 'whether an attacker who has the model itself can tell that (white-box audit)';
const ATTRIBUTES =
  'whether an unknown attribute of a known person can be inferred better than from other people’s rows';
const LINKAGE = 'whether rows can be linked with another table';

function notTestedIn({ privacyTests: tests, modelAudit, evaluated }: Evidence): string[] {
  return [
    ...(attackedPanel(tests) ? [] : [MEMBERSHIP]),
    // Rows that were made elsewhere have no model here.
    ...(auditedModel(modelAudit) || evaluated ? [] : [MODEL]),
    ...(tests?.criteria?.inference ? [] : [ATTRIBUTES]),
    ...(tests?.criteria?.linkability ? [] : [LINKAGE]),
  ];
}

/**
 * The verdict: attention if any part asks for it; otherwise a strong enough guarantee passes; otherwise it is inconclusive
 * if any part is, and a pass if none is. More evidence of copying never improves it.
 */
export function privacyVerdict(evidence: Evidence): PrivacyVerdict {
  const parts = evidenceOf(evidence).toSorted((a, b) => rankOf(b) - rankOf(a));
  const worst = parts[0]!;
  const notTested = notTestedIn(evidence);
  const guaranteed = parts.some(({ id, level }) => id === 'differential-privacy' && level === 'pass');
  if (evidence.columns === 0 && worst.level !== 'attention') {
    return { level: 'inconclusive', ...NOTHING_TO_COMPARE, parts, notTested };
  }
  const level = guaranteed && worst.level === 'inconclusive' ? 'pass' : (worst.level ?? 'inconclusive');
  return { level, ...wordsOf(level, worst, guaranteed), parts, notTested };
}

function rankOf({ level, doubt }: EvidencePart): number {
  if (level === null) return -1;
  // Of several doubts the one that can be ended first.
  return VERDICT_LEVELS.indexOf(level) + (doubt === 'no-holdout' ? 0.2 : doubt === 'few-rows' ? 0.1 : 0);
}

function wordsOf(
  level: VerdictLevel,
  worst: EvidencePart,
  guaranteed: boolean,
): Pick<PrivacyVerdict, 'title' | 'sentence'> {
  if (level === 'attention') {
    return { title: `Attention: ${worst.title.toLowerCase()}`, sentence: worst.meaning };
  }
  if (level === 'inconclusive') {
    const [title, sentence] = DOUBTS[worst.doubt ?? 'no-holdout'];
    return { title: `Inconclusive: ${title}`, sentence };
  }
  return guaranteed
    ? {
        title: 'Pass: differential privacy',
        sentence:
          'The guarantee of the training bounds what anybody can learn of one person from these rows.',
      }
    : {
        title: 'Pass: no sign of copying',
        sentence:
          'Even at the far ends of the 95 % intervals, the rows are no nearer to those trained on than the thresholds allow. That is no proof of anonymity.',
      };
}

/** The verdict in the names of `run.json`. */
export function verdictFacts({ level, title, sentence, parts, notTested }: PrivacyVerdict): object {
  return {
    level,
    title,
    meaning: sentence,
    parts: parts.map((part) => ({
      id: part.id,
      level: part.level,
      figure: part.figure,
      value: part.value,
      interval_95: part.interval && [part.interval.low, part.interval.high],
      threshold: part.threshold,
      meaning: part.meaning,
      source: part.source,
    })),
    not_tested: notTested,
  };
}

/** The verdict in lines for the terminal. */
export function verdictLines({ title, sentence, parts }: PrivacyVerdict): string[] {
  const told = parts.filter(({ level }) => level !== null);
  return [
    `Privacy: ${title}. ${sentence}`,
    ...told.map(({ title, level, figure }) => `  ${title}: ${level} – ${figure}`),
  ];
}
