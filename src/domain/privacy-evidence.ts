/** What each measure of a report says of privacy: figure, 95 % interval, threshold, meaning, source. */
import { criteriaParts } from './criteria-evidence';
import type { PrivacyLedger } from './differential-privacy';
import { type Assessed, assess, type EvidencePart, percent, withInterval } from './evidence-part';
import { differenceInterval, highestOfNone, normalInterval, shareInterval } from './intervals';
import { membershipParts } from './membership-evidence';
import type { Distances } from './metrics';
import { modelParts } from './model-evidence';
import { countText } from './number-marks';
import { HIGHEST_COPIED, type PrivacyGuardSummary } from './privacy-guard';
import type { Report } from './reports';

/** What a report knows of privacy. */
export type Evidence = Pick<
  Report,
  | 'columns'
  | 'metrics'
  | 'distanceRows'
  | 'holdout'
  | 'unprotected'
  | 'privacyGuard'
  | 'isolatedRows'
  | 'differentialPrivacy'
  | 'evaluated'
  | 'privacyTests'
  | 'modelAudit'
>;

/** A share of rows nearer to training passes while its interval ends here: one row in ten may be a copy … */
const PASSING_SHARE = 0.55;
/** … and asks for attention once its interval begins above this. */
const ALARMING_SHARE = 0.52;
/** Identical matches beyond those of the holdout: this part of them is what a common combination may vary by. */
const MATCHES_TOLERANCE = 0.1;
/** Shares of matches are rounded to three decimals. */
const ROUNDING = 0.0005;
/** A guarantee passes if no attack finds more than this share of people at 1 % false alarms. */
const GUARANTEED = { falsePositives: 0.01, truePositives: 0.1 } as const;

/** All evidence of a report, the measured parts first. */
export function evidenceOf(evidence: Evidence): EvidencePart[] {
  const { metrics, distanceRows, differentialPrivacy: ledger, privacyGuard, isolatedRows = 0 } = evidence;
  const rows = effectiveRows(metrics.distances, distanceRows);
  return [
    sharePart(metrics.distances, rows),
    matchesPart(metrics.distances, rows),
    ...(evidence.privacyTests ? membershipParts(evidence.privacyTests, rows) : []),
    ...modelParts(evidence.modelAudit),
    ...criteriaParts(evidence.privacyTests?.criteria ?? null),
    // A private training has a guarantee in its stead.
    ...(ledger ? [ledgerPart(ledger)] : evidence.evaluated ? [] : [guardPart(privacyGuard)]),
    // How the rows of a file were made is not known.
    ...(evidence.evaluated ? [] : [protectionPart(evidence.unprotected === true)]),
    ...(isolatedRows > 0 ? [isolatedPart(isolatedRows)] : []),
  ];
}

/**
 * Independent rows that the compared ones are worth: fewer where people have several, by the standard error of the share.
 */
function effectiveRows({ dcrShare, dcrShareStandardError: error }: Distances, rows: number): number {
  if (dcrShare === null || !error) return rows;
  return Math.min(rows, (dcrShare * (1 - dcrShare)) / (error * error));
}

const SHARE = {
  id: 'dcr-share',
  title: 'Rows nearer to training than to unseen rows',
  source: 'holdout comparison: DCR share',
  threshold: `chance is 50 %; passes if the interval ends at ${percent(PASSING_SHARE, 0)} or below, attention if it begins above ${percent(ALARMING_SHARE, 0)}`,
} as const;

function sharePart({ dcrShare: share }: Distances, rows: number): EvidencePart {
  if (share === null) return unmeasured(SHARE);
  const interval = shareInterval(share, rows);
  const verdict = assess(interval, ALARMING_SHARE, PASSING_SHARE, 0.5);
  const meaning = {
    pass: 'The rows lie about as near to unseen people as to those trained on.',
    inconclusive:
      verdict.doubt === 'few-rows'
        ? 'The interval is too wide: it holds both chance and a pull that would matter.'
        : 'The rows lean towards those trained on, by more than the threshold allows.',
    attention: 'The rows follow single training rows. Use more rows, or a smaller model.',
  }[verdict.level!];
  return { ...SHARE, ...verdict, value: share, interval, figure: withInterval(share, interval), meaning };
}

const MATCHES = {
  id: 'identical-matches',
  title: 'Copies of training rows',
  source: 'holdout comparison: identical matches',
  threshold: `matches with training beyond those with unseen rows: passes if the interval ends at ${percent(HIGHEST_COPIED, 0)} or below, attention if it begins above 0 %, each plus a tenth of the latter`,
} as const;

function matchesPart({ imsTraining: known, imsHoldout: unseen }: Distances, rows: number): EvidencePart {
  if (known === null || unseen === null) return unmeasured(MATCHES);
  const interval = differenceInterval(known, unseen, rows);
  const tolerated = MATCHES_TOLERANCE * unseen;
  const verdict = assess(interval, tolerated + ROUNDING, tolerated + HIGHEST_COPIED, 0);
  const meaning = {
    pass: 'Rows equal training rows no more often than they equal unseen ones: such rows are common combinations.',
    inconclusive:
      verdict.doubt === 'few-rows'
        ? 'Among so few rows, copies could have been missed.'
        : 'Rows equal training rows more often than the threshold allows, but not certainly so.',
    attention:
      'Rows equal training rows more often than unseen ones: some are copies. Check value protection and the number of rows.',
  }[verdict.level!];
  return {
    ...MATCHES,
    ...verdict,
    value: known - unseen,
    interval,
    figure: `${percent(known)} equal a training row, ${percent(unseen)} an unseen one; difference ${withInterval(known - unseen, interval)}`,
    meaning,
  };
}

function unmeasured(which: typeof SHARE | typeof MATCHES): EvidencePart {
  return {
    ...which,
    ...{ level: 'inconclusive', doubt: 'no-holdout', value: null, interval: null, figure: 'not measured' },
    meaning: 'There are no unseen rows to compare with.',
  };
}

const GUARD = {
  id: 'guard',
  title: 'Copies the model makes',
  source: 'privacy guard, at the end of the training',
  threshold: `samples that repeat a training row beyond chance: passes if the interval ends at ${percent(HIGHEST_COPIED, 0)} or below, attention if it begins above`,
} as const;

/** What the privacy guard of a training saw. @param guard null = it did not watch; absent = not told */
export function guardPart(guard: PrivacyGuardSummary | null | undefined): EvidencePart {
  const none = { ...GUARD, level: null, doubt: null, value: null, interval: null, figure: 'not measured' };
  if (guard === undefined) {
    return { ...none, meaning: 'This report does not say what the privacy guard saw.' };
  }
  if (guard === null) {
    return {
      ...none,
      meaning:
        'It did not watch this training: it was switched off, or there were too few unseen rows to compare with.',
    };
  }
  if (!('copied' in guard)) {
    return { ...none, meaning: 'An earlier version watched this training, by another measure.' };
  }
  const { low, high } = normalInterval(guard.copied, guard.standardError);
  const interval = {
    low: Math.max(0, low),
    high: Math.min(1, Math.max(high, highestOfNone(guard.rows))),
  };
  const verdict: Assessed = guard.acceptable
    ? assess(interval, HIGHEST_COPIED, HIGHEST_COPIED, 0)
    : { level: 'attention', doubt: null };
  const looked = `${guard.checks} ${guard.checks === 1 ? 'check' : 'checks'}, ${countText(guard.rows)} unseen rows`;
  return {
    ...GUARD,
    ...verdict,
    value: guard.copied,
    interval,
    figure: `${withInterval(Math.max(0, guard.copied), interval)} of the samples; ${looked}`,
    meaning: guardMeaning(guard, verdict),
  };
}

function guardMeaning({ acceptable, outcome }: PrivacyGuardSummary, { level, doubt }: Assessed): string {
  if (!acceptable) {
    return 'Every model of this training copies rows. The one that copies least was kept: treat its rows with care.';
  }
  const ended = {
    kept: '',
    stopped: ' The training was ended early, before the model began to copy.',
    'fell-back': ' The last model copied training rows, so an earlier one was kept.',
  }[outcome];
  const found = {
    pass: 'The model repeats training rows no more often than the threshold allows.',
    inconclusive:
      doubt === 'few-rows'
        ? 'Among so few unseen rows, copying that would matter could be missed.'
        : 'The model repeats training rows more often than the threshold allows, but not certainly so.',
    attention: 'The model repeats training rows.',
  }[level!];
  return found + ended;
}

function ledgerPart({ noise, epsilon, delta, attackRisk }: PrivacyLedger): EvidencePart {
  const { falsePositives, truePositives } = GUARANTEED;
  const found = attackRisk.find((risk) => risk.falsePositives === falsePositives)?.truePositives ?? 1;
  const seeded = noise === 'seeded';
  const passes = found <= truePositives;
  return {
    id: 'differential-privacy',
    title: 'Differential privacy',
    source: 'ledger of the training',
    threshold: `passes if no attack can find more than ${percent(truePositives, 0)} of the people at ${percent(falsePositives, 0)} false alarms`,
    level: seeded ? 'attention' : passes ? 'pass' : null,
    doubt: null,
    value: found,
    interval: null,
    figure: seeded
      ? 'none'
      : `ε ${short(epsilon)}, δ ${short(delta)}: at most ${percent(found)} of the people at ${percent(falsePositives, 0)} false alarms`,
    meaning: seeded
      ? 'The noise of this training follows from a seed, as in tests, and protects nobody.'
      : passes
        ? 'Proved for every person, whatever an attacker knows. It needs no comparison.'
        : 'The guarantee holds, but at this ε it bounds little: the comparisons decide.',
  };
}

function protectionPart(unprotected: boolean): EvidencePart {
  return {
    id: 'value-protection',
    title: 'Value protection',
    source: 'settings of the training',
    threshold: 'attention if it is off',
    level: unprotected ? 'attention' : null,
    doubt: null,
    ...{ value: null, interval: null, figure: unprotected ? 'off' : 'on' },
    meaning: unprotected
      ? 'Rare categories and extreme numbers of single people appear as they are.'
      : 'Rare categories and extreme numbers of few people were hidden before anything was learned.',
  };
}

/** What was done about people like nobody else. */
export function isolatedPart(rows: number): EvidencePart {
  const half =
    rows === 1
      ? 'It was left out with a chance of one half'
      : 'A secret half of them was left out, and the nearest row of somebody else learned instead';
  return {
    id: 'isolated-people',
    title: 'Isolated people',
    source: 'preparation of the training',
    threshold: 'a measure that was taken; nothing to pass',
    ...{ level: null, doubt: null, value: rows, interval: null },
    figure: `${countText(rows)} ${rows === 1 ? 'row stands' : 'rows stand'} most alone`,
    meaning: `${half}.`,
  };
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
