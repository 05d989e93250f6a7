import type {
  ColumnConfig,
  ColumnProfile,
  EncodingDecision,
  ModelEncodingType,
  ResolvedEncodingType,
} from './columns';
import {
  chosenWriting,
  isNamedKey,
  isRunning,
  keyWriting,
  numberWriting,
  runningOf,
  unlearnedWriting,
} from './decide-writing';
import { count, group, percent, remarks, subjectSentence, year } from './evidence-words';
import type { GeneratorColumn } from './generators';
import { type ColumnLink, holdsCoordinates, linkColumns } from './linked-columns';
import { inOneLanguage } from './one-language';
import { personalData } from './personal-data';
import { atThreshold, raisedBy, rangeValues } from './rarity';
import { decideSubject } from './subjects';
import { fakeInWords, type Writing, writingInWords } from './writing';

/** Categories with a code of their own at most; the rest of a larger column counts as rare. */
export const MAX_CATEGORIES = 50_000;

/** Characters of a text that are coded one by one; what comes after them is cut off. */
export const MAX_CHARACTERS = 50;

/** A number is discrete up to this many values that are not rare … */
export const MAX_DISCRETE = 128;
/** … if they cover at least this share of the rows. */
export const MIN_DISCRETE_SHARE = 0.999;
/** Of so many times the values that a range needs, enough are left when rows are held back for validation. */
const SURE_RANGE = 1.5;
/** Text whose frequent values cover less than this is free text: nearly all of it would read `_RARE_`. */
const MIN_TEXT_SHARE = 0.05;

/** What of a table's configuration decides how its columns take part. */
export interface ColumnSettings {
  readonly columns: readonly ColumnConfig[];
  /** Name of the key column, or null. */
  readonly primaryKey: string | null;
  /** As in the configuration of a table. */
  readonly subjectColumns: readonly string[] | null;
  readonly valueProtection: boolean;
  /** Lowest threshold of rarity of the model's settings; absent = the usual one. */
  readonly rareThreshold?: number;
  /** Nothing but what a private model measures may be taken from the rows. Absent = no. */
  readonly isPrivate?: boolean;
}

/** How every column of a table takes part, in the order of the profiles; columns without a setting do not. */
export function decideColumns(
  profiles: readonly ColumnProfile[],
  settings: ColumnSettings,
): GeneratorColumn[] {
  const { primaryKey, valueProtection, rareThreshold, isPrivate = false } = settings;
  const identifying = decideSubject(profiles, settings)?.identifying ?? [];
  const links = linkColumns(profiles, settings.columns);
  const byName = new Map(settings.columns.map((column) => [column.name, column]));
  const decided = profiles.map((profile) => {
    const { name, originalName } = profile;
    const setting: ColumnChoice = byName.get(name) ?? { included: false, modelEncodingType: 'AUTO' };
    const decision = decideEncoding(profile, setting, {
      isPrimaryKey: name === primaryKey,
      isIdentifying: identifying.includes(name),
      valueProtection,
      ...(rareThreshold !== undefined && { rareThreshold }),
      isPrivate,
      link: links.get(name),
    });
    return {
      name,
      originalName,
      decision: { ...decision, ...(profile.isKeyPart && { isKeyPart: true as const }) },
    };
  });
  return inOneLanguage(decided, (name) => byName.get(name)?.locale !== undefined);
}

export interface DecisionContext {
  readonly isPrimaryKey: boolean;
  /** Its values tell whose a row is. */
  readonly isIdentifying: boolean;
  readonly valueProtection: boolean;
  /** As in the settings of the table. */
  readonly rareThreshold?: number;
  readonly isPrivate?: boolean;
  /** With which column it is coded by choice. */
  readonly link?: ColumnLink | undefined;
}

/** What a person chose of a column. */
export type ColumnChoice = Omit<ColumnConfig, 'name'>;

/**
 * How a column takes part, from the profile of all its rows (docs/encodings.md, Choosing a type). A
 * chosen type that cannot apply is replaced by the nearest one that can; a column that has nothing to learn is
 * written without being learned (Columns that are not learned). The evidence says so in words. Never throws.
 */
export function decideEncoding(
  profile: ColumnProfile,
  config: ColumnChoice,
  context: DecisionContext,
): EncodingDecision {
  const raised = context.isPrivate ? 0 : raisedBy(context.rareThreshold);
  const decision = decide(
    atThreshold(profile, raised),
    config,
    context,
    context.valueProtection ? rangeValues(raised) : 0,
  );
  const { writing } = decision;
  return writing ? { ...decision, evidence: withWriting(decision.evidence, writing) } : decision;
}

/** @param protection values that protection needs to show a range; 0 = nothing is hidden */
function decide(
  profile: ColumnProfile,
  config: ColumnChoice,
  context: DecisionContext,
  protection: number,
): EncodingDecision {
  const { isPrivate = false } = context;
  const chosen = chosenWriting(profile, config, isPrivate);
  if (chosen?.as === 'omit') return excluded('Excluded by choice.', chosen);
  if (chosen && !(context.isIdentifying && (chosen.as === 'pattern' || chosen.as === 'fake'))) {
    const role = context.isPrimaryKey && chosen.as === 'key' ? 'primary-key' : 'excluded';
    return { ...excluded('Not learned, by choice.', chosen), role };
  }
  if (context.isPrimaryKey) return primaryKey(profile, isPrivate);
  const nothing = (facts: string) => excluded(`${facts}: there is nothing to learn.`, { as: 'empty' });
  if (profile.rowCount === 0) return nothing('No rows');
  const present = profile.rowCount - profile.nullCount;
  if (present === 0) return nothing(`All ${count(profile.rowCount, 'row')} empty`);
  if (context.isIdentifying && context.valueProtection) {
    const facts = profile.subject ? subjectSentence(profile.subject) : 'Identifies subjects.';
    const writing = chosen ?? unlearnedWriting(profile, isPrivate);
    const isFake = !isPrivate && writing.as === 'fake' && writing.kind !== 'text';
    const values = isFake ? 'one for each subject' : 'invented values of the same form';
    const evidence = `${facts} Not learned: ${values}, repeated as often.`;
    return {
      ...included('TABULAR_CATEGORICAL', evidence),
      identifiesSubjects: true,
      ...(isFake && { writing }),
    };
  }
  if (config.modelEncodingType === 'AUTO' && isRunning(profile)) {
    const facts = `Every value different, ${group(profile.min!)} to ${group(profile.max!)}: running numbers, which say nothing.`;
    return excluded(facts, runningOf(profile));
  }
  if (config.modelEncodingType === 'AUTO' && isNamedKey(profile)) {
    const facts = `${count(profile.distinctCount, 'value')}, each once, in a column called as keys are: not learned.`;
    return excluded(facts, keyWriting(profile, isPrivate));
  }
  const personal = profile.storageType === 'integer' ? personalData(profile) : null;
  if (config.modelEncodingType === 'AUTO' && personal) {
    const facts = `${count(profile.distinctCount, 'value')} that are ${fakeInWords(personal.kind)}, not amounts: not learned.`;
    return excluded(facts, numberWriting(personal, isPrivate));
  }
  const decision = decideLinked(profile, config.modelEncodingType, context.link, protection);
  const writing = decision.role === 'excluded' ? { writing: unlearnedWriting(profile, isPrivate) } : {};
  return {
    ...decision,
    ...writing,
    evidence: [decision.evidence, ...remarks(profile, context.valueProtection)].join(' '),
  };
}

/** What stands behind the arrow of a decision's evidence. */
function withWriting(evidence: string, writing: Writing): string {
  if (writing.as === 'omit') return evidence;
  return `${evidence.replace(/\.$/, '')} → written as ${writingInWords(writing)}.`;
}

function primaryKey(profile: ColumnProfile, isPrivate: boolean): EncodingDecision {
  const unique =
    profile.rowCount > 0 && profile.distinctCount === profile.rowCount
      ? `${count(profile.rowCount, 'row')}, every value different`
      : `${count(profile.distinctCount, 'distinct value')} in ${count(profile.rowCount, 'row')}`;
  return {
    included: false,
    encodingType: null,
    evidence: `${unique} → key: not modelled.`,
    role: 'primary-key',
    writing: keyWriting(profile, isPrivate),
  };
}

/** A column that is coded with another one, or else by itself. */
function decideLinked(
  profile: ColumnProfile,
  chosen: ModelEncodingType,
  link: ColumnLink | undefined,
  protection: number,
): EncodingDecision {
  if (link?.pairedWith !== undefined) {
    const decision = decideType(profile, 'TABULAR_NUMERIC_BINNED', protection);
    if (!decision.included) return decision;
    const evidence = `Coded together with “${link.pairedWith}”, by the part of the map that a row lies in, as chosen.`;
    return { ...decision, evidence, pairedWith: link.pairedWith };
  }
  if (chosen !== 'TABULAR_DATETIME_RELATIVE' || !isDate(profile))
    return decideType(profile, chosen, protection);
  const decision = decideType(profile, 'TABULAR_DATETIME', protection);
  if (link?.relativeTo === undefined)
    return {
      ...decision,
      evidence: `There is no other date to be relative to, and rows of one table come in no order: learned as it is. ${decision.evidence}`,
    };
  if (!decision.included) return decision;
  const evidence = `${decision.evidence} Its distance to “${link.relativeTo}” is learned with it, as chosen.`;
  return { ...decision, evidence, relativeTo: link.relativeTo };
}

function isDate({ storageType }: ColumnProfile): boolean {
  return storageType === 'date' || storageType === 'datetime';
}

function decideType(profile: ColumnProfile, chosen: ModelEncodingType, protection: number): EncodingDecision {
  switch (profile.storageType) {
    case 'integer':
    case 'float':
    case 'time':
      if (chosen === 'TABULAR_CATEGORICAL') return categorical(profile, protection, 'chosen');
      return decideNumber(profile, chosen, protection);
    case 'date':
    case 'datetime':
      if (chosen === 'TABULAR_CATEGORICAL') return categorical(profile, protection, 'chosen');
      return withMisfit(profile, chosen, ['TABULAR_DATETIME'], decideDatetime(profile, protection));
    case 'boolean':
    case 'text': {
      const own = decideText(profile, chosen, protection);
      if (own) return own;
      const decision = categorical(profile, protection, chosen === 'TABULAR_CATEGORICAL' ? 'chosen' : 'auto');
      return withMisfit(profile, chosen, ['TABULAR_CATEGORICAL'], decision);
    }
  }
}

/** A text that is coded by its characters or as coordinates; null = as a category. */
function decideText(
  profile: ColumnProfile,
  chosen: ModelEncodingType,
  protection: number,
): EncodingDecision | null {
  if (profile.storageType !== 'text') return null;
  const facts = shares(profile, protection);
  const present = profile.rowCount - profile.nullCount;
  const isChosen = chosen === 'TABULAR_LAT_LONG';
  // As categories they would be left out.
  const isNeeded = chosen === 'AUTO' && !categorical(profile, protection, 'auto').included;
  if ((isChosen || isNeeded) && holdsCoordinates(profile)) {
    if (present >= protection)
      return included('TABULAR_LAT_LONG', `${facts} → coordinates${isChosen ? ', as chosen' : ''}.`);
    return isChosen ? tooFew(present, 'value', protection) : null;
  }
  if (chosen === 'TABULAR_CHARACTER') {
    if (present < protection) return tooFew(present, 'value', protection);
    const cut =
      profile.maxLength > MAX_CHARACTERS ? `; texts are cut after ${MAX_CHARACTERS} characters` : '';
    const rest = protection
      ? ': what enough rows share of the beginning is learned, the rest drawn anew'
      : '';
    return included(chosen, `${facts} → character by character, as chosen${rest}${cut}.`);
  }
  return null;
}

function tooFew(present: number, noun: string, protection: number): EncodingDecision {
  return excluded(
    `Only ${count(present, noun)} → not learned: protection hides every range of fewer than ${protection}.`,
  );
}

function decideNumber(
  profile: ColumnProfile,
  chosen: ModelEncodingType,
  protection: number,
): EncodingDecision {
  const facts = shares(profile, protection);
  const isDiscrete = protection
    ? profile.nonRareDistinct <= MAX_DISCRETE && profile.nonRareShare >= MIN_DISCRETE_SHARE
    : profile.distinctCount <= MAX_DISCRETE;
  if (chosen === 'TABULAR_NUMERIC_DISCRETE') {
    if (protection && profile.nonRareDistinct === 0) {
      return excluded(
        `${facts} → not learned: protection would hide every single value; binned or AUTO would not.`,
      );
    }
    return included(chosen, `${facts} → discrete, as chosen${capped(profile, protection)}.`);
  }
  if (chosen !== 'TABULAR_NUMERIC_BINNED' && chosen !== 'TABULAR_NUMERIC_DIGIT' && isDiscrete) {
    return numeric(profile, chosen, included('TABULAR_NUMERIC_DISCRETE', `${facts} → discrete.`));
  }
  const present = profile.rowCount - profile.nullCount;
  if (present < protection) return tooFew(present, 'value', protection);
  if (chosen === 'TABULAR_NUMERIC_DIGIT') {
    return included(chosen, `${facts} → digit by digit, as chosen.${fewValues(present, protection)}`);
  }
  const choice = chosen === 'TABULAR_NUMERIC_BINNED' ? ', as chosen' : '';
  return numeric(
    profile,
    chosen,
    included('TABULAR_NUMERIC_BINNED', `${facts} → binned${choice}.${fewValues(present, protection)}`),
  );
}

function numeric(
  profile: ColumnProfile,
  chosen: ModelEncodingType,
  decision: EncodingDecision,
): EncodingDecision {
  const fitting = [
    'TABULAR_NUMERIC_AUTO',
    'TABULAR_NUMERIC_DISCRETE',
    'TABULAR_NUMERIC_BINNED',
    'TABULAR_NUMERIC_DIGIT',
  ] as const;
  return withMisfit(profile, chosen, fitting, decision);
}

function decideDatetime(profile: ColumnProfile, protection: number): EncodingDecision {
  const present = profile.rowCount - profile.nullCount;
  if (present < protection) return tooFew(present, 'date', protection);
  const span =
    profile.min === null || profile.max === null
      ? count(profile.distinctCount, 'distinct date')
      : `${count(profile.distinctCount, 'distinct date')}, years ${year(profile.min)} to ${year(profile.max)}`;
  const part = profile.storageType === 'date' ? 'date' : 'date and time';
  const isFiner = profile.storageType === 'datetime' && /S{4}/.test(profile.format?.date?.pattern ?? '');
  const finer = isFiner ? ' Times are learned to the millisecond: finer digits come out as zeros.' : '';
  return included('TABULAR_DATETIME', `${span} → ${part}.${finer}${fewValues(present, protection)}`);
}

/** Says that a rarely filled column may come out as one value, where that can be. */
function fewValues(present: number, protection: number): string {
  if (present >= SURE_RANGE * protection) return '';
  return ` Only ${count(present, 'value')}: if fewer than ${protection} train, protection shows their middle alone.`;
}

function categorical(profile: ColumnProfile, protection: number, by: 'chosen' | 'auto'): EncodingDecision {
  const facts = shares(profile, protection);
  const isText = profile.storageType === 'text';
  if (protection && profile.nonRareDistinct === 0) {
    return excluded(`${facts} → not learned: no value is shared by enough rows to be shown.`);
  }
  const isFree =
    isText &&
    by === 'auto' &&
    profile.distinctCount > MAX_DISCRETE &&
    (protection ? profile.nonRareShare < MIN_TEXT_SHARE : profile.uniqueShare > 1 - MIN_TEXT_SHARE);
  if (isFree) {
    return excluded(`${facts} → free text, not learned. As categorical its frequent values would be.`);
  }
  const choice = by === 'chosen' ? ', as chosen' : '';
  return included('TABULAR_CATEGORICAL', `${facts} → categorical${choice}${capped(profile, protection)}.`);
}

/** Says that the chosen type does not fit the column, if it does not. */
function withMisfit(
  profile: ColumnProfile,
  chosen: ModelEncodingType,
  fitting: readonly ModelEncodingType[],
  decision: EncodingDecision,
): EncodingDecision {
  if (chosen === 'AUTO' || fitting.includes(chosen)) return decision;
  if (chosen === 'TABULAR_LAT_LONG') {
    const why =
      profile.storageType === 'text'
        ? 'Its values are no coordinates'
        : 'It has no second column of coordinates';
    return { ...decision, evidence: `${why}: decided automatically. ${decision.evidence}` };
  }
  const note = `${chosen} cannot apply to a column of type ${profile.storageType}: decided automatically.`;
  return { ...decision, evidence: `${note} ${decision.evidence}` };
}

function shares(profile: ColumnProfile, protection: number): string {
  const distinct =
    profile.distinctCount === 1 ? 'One value throughout' : count(profile.distinctCount, 'distinct value');
  return protection ? `${distinct}, ${percent(profile.nonRareShare)} of rows not rare` : distinct;
}

function capped(profile: ColumnProfile, protection: number): string {
  const kept = protection ? profile.nonRareDistinct : profile.distinctCount;
  return kept > MAX_CATEGORIES ? `; the ${group(MAX_CATEGORIES)} most frequent are kept` : '';
}

function included(encodingType: ResolvedEncodingType, evidence: string): EncodingDecision {
  return { included: true, encodingType, evidence, role: 'feature' };
}

function excluded(evidence: string, writing?: Writing): EncodingDecision {
  return { included: false, encodingType: null, evidence, role: 'excluded', ...(writing && { writing }) };
}
