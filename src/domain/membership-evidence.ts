/** What membership attacks and near copies say of privacy, as parts of the verdict (docs/metrics.md, Privacy verdict). */
import {
  type Assessed,
  assess,
  type EvidencePart,
  fixedWithInterval,
  percent,
  withInterval,
} from './evidence-part';
import { type Interval, Z95 } from './intervals';
import type { AttackFigures, MembershipPanel, StrongestFigure } from './membership-panel';
import { countText, fixedText } from './number-marks';
import { HIGHEST_COPIED } from './privacy-guard';
import type { NearCopies, PrivacyTests } from './privacy-tests';

/** Near copies beyond those of unseen rows: below this chance of small tables may be meant. */
const ALARMING_COPIES = 0.002;
/** AUC that noise on counts grants whoever sees a model's shares (docs/privacy.md, Thresholds): no attack should do better. */
const HIGHEST_AUC = 0.6;
/** Of people found at 1 % false alarms: five times chance. */
export const HIGHEST_FOUND = 0.05;

/**
 * @param rows independent rows that the compared ones are worth
 */
export function membershipParts({ nearCopies, membership }: PrivacyTests, rows: number): EvidencePart[] {
  const copies = nearCopies ? [copiesPart(nearCopies, rows)] : [];
  if (membership === null)
    return [...copies, notAttacked('no-holdout', 'There are no unseen people to compare with.')];
  if ('needed' in membership) {
    const { people, needed } = membership;
    const meaning = `There are ${countText(people)} people of each kind, trained on and unseen; attacks need ${needed}.`;
    return [...copies, notAttacked('few-rows', meaning)];
  }
  return [...copies, aucPart(membership), ...foundPart(membership), ...isolatedPart(membership)];
}

const COPIES = {
  id: 'near-copies',
  title: 'Near copies of training rows',
  source: 'holdout comparison: rows six times as near to one side',
  threshold: `those near training rows beyond those near unseen ones: passes if the interval ends at ${percent(HIGHEST_COPIED, 0)} or below, attention if it begins above ${percent(ALARMING_COPIES)}`,
} as const;

/** The difference of two counts of the same rows. @param effective rows that the compared ones are worth */
function copiesPart({ training, holdout, rows }: NearCopies, effective: number): EvidencePart {
  const value = (training - holdout) / rows;
  // A count more than there is keeps the interval open where nothing is found.
  const variance = (training + holdout + 1 - (training - holdout) ** 2 / rows) / rows;
  const error = Math.sqrt(Math.max(0, variance) / Math.max(1, Math.min(rows, effective)));
  const interval = { low: Math.max(-1, value - Z95 * error), high: Math.min(1, value + Z95 * error) };
  const verdict = assess(interval, ALARMING_COPIES, HIGHEST_COPIED, 0);
  return {
    ...COPIES,
    ...verdict,
    value,
    interval,
    figure: `${percent(training / rows)} are near a training row alone, ${percent(holdout / rows)} near an unseen one; difference ${withInterval(value, interval)}`,
    meaning: {
      pass: 'Rows lie close to single training rows no more often than to single unseen ones.',
      inconclusive:
        verdict.doubt === 'few-rows'
          ? 'Among so few rows, slightly changed copies could have been missed.'
          : 'Rows lie close to single training rows more often than the threshold allows, but not certainly so.',
      attention: 'Some rows are training rows with small changes.',
    }[verdict.level!],
  };
}

const AUC = {
  id: 'membership',
  title: 'Telling who was trained on',
  source: 'membership attacks on as many people trained on as unseen',
  threshold: `AUC of the strongest attack, chance is 0.5: passes if the interval ends at ${fixedText(HIGHEST_AUC, 1)} or below, attention if it begins above`,
} as const;

function notAttacked(doubt: 'no-holdout' | 'few-rows', meaning: string): EvidencePart {
  const none = { value: null, interval: null, figure: 'not measured' };
  return { ...AUC, level: 'inconclusive', doubt, ...none, meaning };
}

function aucPart({ auc, people, attacks }: MembershipPanel): EvidencePart {
  const verdict = assess(auc, HIGHEST_AUC, HIGHEST_AUC, 0.5);
  const among = `strongest of ${attacks.length} attacks on ${countText(people)} people of each kind: ${auc.attacks.join(', ')}`;
  return {
    ...AUC,
    ...verdict,
    value: auc.value,
    interval: boundsOf(auc),
    figure: `AUC ${fixedWithInterval(auc)}; ${among}`,
    meaning: wordsOf(verdict, {
      pass: 'Who has the rows and knows a person hardly guesses better than by chance whether that person was trained on.',
      attention: 'Who has the rows and knows a person can often tell whether that person was trained on.',
    }),
  };
}

function foundPart({ at1, at10 }: MembershipPanel): EvidencePart[] {
  if (!at1 || !at10) return [];
  const verdict = assess(at1, HIGHEST_FOUND, HIGHEST_FOUND, 0.01);
  return [
    {
      id: 'membership-found',
      title: 'People found with few false alarms',
      source: AUC.source,
      threshold: `people found at 1 % false alarms, chance is 1 %: passes if the interval ends at ${percent(HIGHEST_FOUND, 0)} or below, attention if it begins above`,
      ...verdict,
      value: at1.value,
      interval: boundsOf(at1),
      figure: `${foundText(at1)} at 1 % false alarms, ${foundText(at10)} at 10 %`,
      meaning: wordsOf(verdict, {
        pass: 'Hardly anybody can be named as trained on with confidence.',
        attention: 'Some people can be named as trained on with confidence.',
      }),
    },
  ];
}

/** Few people: it never passes, and asks for attention where it is certain. */
function isolatedPart({ isolated }: MembershipPanel): EvidencePart[] {
  if (!isolated) return [];
  const { auc, people } = isolated;
  const told = auc.low > HIGHEST_AUC;
  return [
    {
      id: 'membership-isolated',
      title: 'Telling the most isolated people',
      source: 'the same attacks on the 1 % who stand most alone',
      threshold: `attention if the interval begins above ${fixedText(HIGHEST_AUC, 1)}; so few people are no pass`,
      level: told ? 'attention' : null,
      doubt: null,
      value: auc.value,
      interval: boundsOf(auc),
      figure: `AUC ${fixedWithInterval(auc)} on ${countText(people)} people of each kind${ratesText(isolated)}`,
      meaning: told
        ? 'People like nobody else can be told as trained on.'
        : 'People like nobody else are not certainly told better than the threshold allows.',
    },
  ];
}

function ratesText({ at1, at10 }: AttackFigures): string {
  if (!at1 || !at10) return '';
  return `; found ${foundText(at1)} at 1 % false alarms, ${foundText(at10)} at 10 %`;
}

function wordsOf({ level, doubt }: Assessed, words: { pass: string; attention: string }): string {
  if (level !== 'inconclusive') return words[level!];
  return doubt === 'few-rows'
    ? 'Among so few people, attacks that would matter could have failed by chance.'
    : 'Attacks succeed more often than the threshold allows, but not certainly so.';
}

function boundsOf({ low, high }: StrongestFigure): Interval {
  return { low, high };
}

/** Each attack alone: name, AUC, people found at 1 % and at 10 % false alarms; the strongest AUC first. */
export function attackRows({ attacks }: MembershipPanel): string[][] {
  const share = (value: number | null) => (value === null ? '–' : percent(value));
  return attacks
    .toSorted((a, b) => b.auc - a.auc)
    .map(({ name, auc, at1, at10 }) => [name, fixedText(auc, 3), share(at1), share(at10)]);
}

export const ATTACK_HEAD = ['Attack', 'AUC', 'Found at 1 % false alarms', 'Found at 10 %'] as const;
export const ATTACKS_ABOUT =
  'Each attack alone on all the people attacked. Of several attacks one is strongest by luck: so the figures above are those of the attack that was strongest on the other half of the people. Chance is 0.5, 1 % and 10 %.';

function foundText(figure: StrongestFigure): string {
  return withInterval(figure.value, figure);
}
