/** What a white-box audit says of privacy, as parts of the verdict (docs/metrics.md, White-box audit). */
import {
  type Assessed,
  assess,
  type EvidencePart,
  fixedWithInterval,
  percent,
  VERDICT_LEVELS,
  type VerdictLevel,
  withInterval,
} from './evidence-part';
import type { Interval } from './intervals';
import { HIGHEST_FOUND } from './membership-evidence';
import type { AttackFigures, StrongestFigure } from './membership-panel';
import {
  type AuditState,
  auditedModel,
  type ExposedRow,
  type ExposureReason,
  type ModelAudit,
} from './model-audit';
import { countText, fixedText } from './number-marks';

/**
 * The AUC at which an attack finds five in a hundred people at 1 % false alarms, where scores of both kinds are normal and
 * equally wide: Φ((Φ⁻¹(.05) − Φ⁻¹(.01))/√2). So both thresholds of the audit say the same.
 */
const HIGHEST_AUC = 0.685;

/** Of so many the 1 % that are false alarms are five and more. */
const MANY_PEOPLE = 500;

const SOURCE = 'white-box audit: likelihoods of the model beside those of a reference model';

/** Parts of an audit; one that says why where there is none, and nothing where a report does not tell. */
export function modelParts(state: AuditState | null | undefined): EvidencePart[] {
  if (!state) return [];
  const audit = auditedModel(state);
  if (audit) return [aucPart(audit), ...foundPart(audit), ...isolatedPart(audit)];
  const none = { level: null, doubt: null, value: null, interval: null, figure: 'not measured' } as const;
  return [{ ...AUC, ...none, meaning: (state as { readonly reason: string }).reason }];
}

const AUC = {
  id: 'model-membership',
  title: 'Telling from the model who was trained on',
  source: SOURCE,
  threshold: `AUC of the stronger attack, chance is 0.5: passes if the interval ends at ${fixedText(HIGHEST_AUC, 3)} or below, attention if it begins above`,
} as const;

function aucPart({ auc, people, rows }: ModelAudit): EvidencePart {
  const verdict = ofModel(assess(auc, HIGHEST_AUC, HIGHEST_AUC, 0.5));
  return {
    ...AUC,
    ...verdict,
    value: auc.value,
    interval: boundsOf(auc),
    figure: `AUC ${fixedWithInterval(auc)} by ${auc.attacks.join(', ')}, on ${countText(people)} people of each kind; the reference model learned ${countText(rows.reference)} other rows`,
    meaning: wordsOf(verdict, {
      pass: 'Who has the model itself and knows a person hardly guesses better than by chance whether that person was trained on.',
      attention:
        'Who has the model itself and knows a person can often tell whether that person was trained on. Keep the generator to yourself: train on more rows, or use differential privacy, before you pass one on.',
    }),
  };
}

function foundPart({ at1, at10, people }: ModelAudit): EvidencePart[] {
  if (!at1 || !at10) return [];
  const assessed = ofModel(assess(at1, HIGHEST_FOUND, HIGHEST_FOUND, 0.01));
  // Few people set such a threshold badly: what they leave open the AUC decides.
  const isVague = assessed.level === 'inconclusive' && people < MANY_PEOPLE;
  const verdict = isVague ? { level: null, doubt: null } : assessed;
  return [
    {
      id: 'model-found',
      title: 'People found in the model with few false alarms',
      source: SOURCE,
      threshold: `people found at 1 % false alarms, chance is 1 %: passes if the interval ends at ${percent(HIGHEST_FOUND, 0)} or below, attention if it begins above; fewer than ${MANY_PEOPLE} people leave it open`,
      ...verdict,
      value: at1.value,
      interval: boundsOf(at1),
      figure: `${withInterval(at1.value, at1)} at 1 % false alarms, ${withInterval(at10.value, at10)} at 10 %`,
      meaning: wordsOf(assessed, {
        pass: 'The model names hardly anybody as trained on with confidence.',
        attention: 'The model names some people as trained on with confidence.',
      }),
    },
  ];
}

/** Few people: it never passes, and asks for attention where it is certain. */
function isolatedPart({ isolated }: ModelAudit): EvidencePart[] {
  if (!isolated) return [];
  const { auc, people } = isolated;
  const told = auc.low > HIGHEST_AUC;
  return [
    {
      id: 'model-isolated',
      title: 'Telling from the model the most isolated people',
      source: 'the same on the 1 % that the reference model finds least likely',
      threshold: `attention if the interval begins above ${fixedText(HIGHEST_AUC, 3)}; so few people are no pass`,
      level: told ? 'attention' : null,
      doubt: null,
      value: auc.value,
      interval: boundsOf(auc),
      figure: `AUC ${fixedWithInterval(auc)} on ${countText(people)} people of each kind${ratesText(isolated)}`,
      meaning: told
        ? 'The model tells of people like nobody else that they were trained on.'
        : 'People like nobody else are not certainly told better than the threshold allows.',
    },
  ];
}

/** A doubt about the model is none about its rows. */
function ofModel({ level, doubt }: Assessed): Assessed {
  return { level, doubt: doubt === 'between' ? 'model' : doubt };
}

function ratesText({ at1, at10 }: AttackFigures): string {
  if (!at1 || !at10) return '';
  return `; found ${withInterval(at1.value, at1)} at 1 % false alarms, ${withInterval(at10.value, at10)} at 10 %`;
}

function wordsOf({ level, doubt }: Assessed, words: { pass: string; attention: string }): string {
  if (level !== 'inconclusive') return words[level!];
  return doubt === 'few-rows'
    ? 'Among so few people, what would matter could be missed.'
    : 'The model tells more than the threshold allows, but not certainly so.';
}

function boundsOf({ low, high }: StrongestFigure): Interval {
  return { low, high };
}

export const EXPOSED_HEAD = [
  'Row of the source',
  'Likelier than an unseen row',
  'Why it stands out',
] as const;
export const EXPOSED_ABOUT =
  'Rows that the model makes likelier, beside a model that did not learn them, than it makes unseen rows: the most exposed, if it is passed on. Rows are counted from 1, without the line of names; values are not shown. This list is on this page alone, and in no file of the report.';

/** Position, how many times likelier, reasons. */
export function exposedTexts({ row, times, reasons }: ExposedRow): string[] {
  const factor = times >= 1000 ? `over ${countText(1000)} times` : `${fixedText(times, 1)} times`;
  return [countText(row), factor, reasons.map(reasonText).join('; ')];
}

function reasonText(reason: ExposureReason): string {
  if (reason.kind === 'isolated') return 'among the 1 % least likely rows';
  if (reason.kind === 'rare') return `a value of ${reason.column} that few rows have, or that lies far out`;
  return 'a combination of common values';
}

/** What an audit says of passing the model on, in one level and one sentence. */
export function auditVerdict(state: AuditState): {
  readonly level: VerdictLevel | null;
  readonly sentence: string;
} {
  const parts = modelParts(state);
  const worst = parts.reduce((a, b) => (rankOf(b) > rankOf(a) ? b : a));
  return { level: worst.level, sentence: `${worst.title}: ${worst.figure}. ${worst.meaning}` };
}

function rankOf({ level }: EvidencePart): number {
  return level === null ? -1 : VERDICT_LEVELS.indexOf(level);
}
