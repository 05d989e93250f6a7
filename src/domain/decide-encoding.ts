import type {
  ColumnConfig,
  ColumnProfile,
  EncodingDecision,
  ModelEncodingType,
  ResolvedEncodingType,
} from './columns';
import { count, group, percent, remarks, subjectSentence, year } from './evidence-words';
import type { GeneratorColumn } from './generators';
import { type ColumnLink, holdsCoordinates, linkColumns } from './linked-columns';
import { decideSubject } from './subjects';

/** Categories with a code of their own at most; the rest of a larger column counts as rare. */
export const MAX_CATEGORIES = 50_000;

/** Characters of a text that are coded one by one; what comes after them is cut off. */
export const MAX_CHARACTERS = 50;

/** A number is discrete up to this many values that are not rare … */
export const MAX_DISCRETE = 128;
/** … if they cover at least this share of the rows. */
export const MIN_DISCRETE_SHARE = 0.999;
/** Values below which protection hides a whole range (docs/encodings.md, Value protection). */
const MIN_RANGE_VALUES = 20;
/** With fewer values the rows held back for validation may leave too few for a range. */
const SURE_RANGE_VALUES = 30;
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
}

/** How every column of a table takes part, in the order of the profiles; columns without a setting do not. */
export function decideColumns(
  profiles: readonly ColumnProfile[],
  settings: ColumnSettings,
): GeneratorColumn[] {
  const { primaryKey, valueProtection } = settings;
  const identifying = decideSubject(profiles, settings)?.identifying ?? [];
  const links = linkColumns(profiles, settings.columns);
  const byName = new Map(settings.columns.map((column) => [column.name, column]));
  return profiles.map((profile) => {
    const { name, originalName } = profile;
    const setting = byName.get(name) ?? { included: false, modelEncodingType: 'AUTO' };
    return {
      name,
      originalName,
      decision: decideEncoding(profile, setting, {
        isPrimaryKey: name === primaryKey,
        isIdentifying: identifying.includes(name),
        valueProtection,
        link: links.get(name),
      }),
    };
  });
}

export interface DecisionContext {
  readonly isPrimaryKey: boolean;
  /** Its values tell whose a row is. */
  readonly isIdentifying: boolean;
  readonly valueProtection: boolean;
  /** With which column it is coded by choice. */
  readonly link?: ColumnLink | undefined;
}

/**
 * How a column takes part, from the profile of all its rows (docs/encodings.md, Choosing a type). A
 * chosen type that cannot apply is replaced by the nearest one that can; a column that has nothing to learn is
 * excluded. The evidence says so in words. Never throws.
 */
export function decideEncoding(
  profile: ColumnProfile,
  config: Pick<ColumnConfig, 'modelEncodingType' | 'included'>,
  context: DecisionContext,
): EncodingDecision {
  if (!config.included) return excluded('Excluded by choice.');
  if (context.isPrimaryKey) return primaryKey(profile);
  if (profile.rowCount === 0) return excluded('No rows → excluded, there is nothing to learn.');
  const present = profile.rowCount - profile.nullCount;
  if (present === 0) {
    return excluded(`All ${count(profile.rowCount, 'row')} empty → excluded, there is nothing to learn.`);
  }
  if (context.isIdentifying && context.valueProtection) {
    const facts = profile.subject ? subjectSentence(profile.subject) : 'Identifies subjects.';
    const evidence = `${facts} Not learned: invented values of the same form, repeated as often.`;
    return { ...included('TABULAR_CATEGORICAL', evidence), identifiesSubjects: true };
  }
  const decision = decideLinked(profile, config.modelEncodingType, context);
  return {
    ...decision,
    evidence: [decision.evidence, ...remarks(profile, context.valueProtection)].join(' '),
  };
}

/**
 * The column that is regenerated instead of modelled (docs/encodings.md, Keys): the one that the file's schema names, or
 * the first whose name ends in "id" (any case); integer or text, unique, without nulls, at most 36 characters.
 * @returns its `name`, or null
 */
export function detectPrimaryKey(profiles: readonly ColumnProfile[]): string | null {
  const mayBe = profiles.filter(
    (p) =>
      (p.storageType === 'integer' || p.storageType === 'text') &&
      p.rowCount > 0 &&
      p.nullCount === unread(p) &&
      p.distinctCount === p.rowCount - unread(p) &&
      p.maxLength <= 36,
  );
  const isNamed = ({ name, originalName }: ColumnProfile) =>
    /id$/i.test(originalName.trim()) || /id$/i.test(name);
  return (mayBe.find(({ isKey }) => isKey) ?? mayBe.find(isNamed))?.name ?? null;
}

/** Texts of a typed column that are put aside: there, but not as its type. */
function unread({ storageType, nearMiss }: ColumnProfile): number {
  return storageType === 'text' ? 0 : (nearMiss?.count ?? 0);
}

function primaryKey(profile: ColumnProfile): EncodingDecision {
  const kind = profile.storageType === 'integer' ? 'whole numbers from 1' : 'random UUIDs';
  const unique =
    profile.rowCount > 0 && profile.distinctCount === profile.rowCount
      ? `${count(profile.rowCount, 'row')}, every value different`
      : `${count(profile.distinctCount, 'distinct value')} in ${count(profile.rowCount, 'row')}`;
  return {
    included: false,
    encodingType: null,
    evidence: `${unique} → key: not modelled, regenerated as ${kind}.`,
    role: 'primary-key',
  };
}

/** A column that is coded with another one, or else by itself. */
function decideLinked(
  profile: ColumnProfile,
  chosen: ModelEncodingType,
  { valueProtection, link }: DecisionContext,
): EncodingDecision {
  if (link?.pairedWith !== undefined) {
    const decision = decideType(profile, 'TABULAR_NUMERIC_BINNED', valueProtection);
    if (!decision.included) return decision;
    const evidence = `Coded together with “${link.pairedWith}”, by the part of the map that a row lies in, as chosen.`;
    return { ...decision, evidence, pairedWith: link.pairedWith };
  }
  if (chosen !== 'TABULAR_DATETIME_RELATIVE' || !isDate(profile))
    return decideType(profile, chosen, valueProtection);
  const decision = decideType(profile, 'TABULAR_DATETIME', valueProtection);
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

function decideType(
  profile: ColumnProfile,
  chosen: ModelEncodingType,
  protection: boolean,
): EncodingDecision {
  switch (profile.storageType) {
    case 'integer':
    case 'float':
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
  protection: boolean,
): EncodingDecision | null {
  if (profile.storageType !== 'text') return null;
  const facts = shares(profile, protection);
  const present = profile.rowCount - profile.nullCount;
  const isChosen = chosen === 'TABULAR_LAT_LONG';
  // As categories they would be left out.
  const isNeeded = chosen === 'AUTO' && !categorical(profile, protection, 'auto').included;
  if ((isChosen || isNeeded) && holdsCoordinates(profile)) {
    if (!protection || present >= MIN_RANGE_VALUES)
      return included('TABULAR_LAT_LONG', `${facts} → coordinates${isChosen ? ', as chosen' : ''}.`);
    return isChosen ? tooFew(present, 'value') : null;
  }
  if (chosen === 'TABULAR_CHARACTER') {
    if (protection && present < MIN_RANGE_VALUES) return tooFew(present, 'value');
    const cut =
      profile.maxLength > MAX_CHARACTERS ? `; texts are cut after ${MAX_CHARACTERS} characters` : '';
    const rest = protection
      ? ': what enough rows share of the beginning is learned, the rest drawn anew'
      : '';
    return included(chosen, `${facts} → character by character, as chosen${rest}${cut}.`);
  }
  return null;
}

function tooFew(present: number, noun: string): EncodingDecision {
  return excluded(
    `Only ${count(present, noun)} → excluded: protection hides every range of fewer than ${MIN_RANGE_VALUES}.`,
  );
}

function decideNumber(
  profile: ColumnProfile,
  chosen: ModelEncodingType,
  protection: boolean,
): EncodingDecision {
  const facts = shares(profile, protection);
  const isDiscrete = protection
    ? profile.nonRareDistinct <= MAX_DISCRETE && profile.nonRareShare >= MIN_DISCRETE_SHARE
    : profile.distinctCount <= MAX_DISCRETE;
  if (chosen === 'TABULAR_NUMERIC_DISCRETE') {
    if (protection && profile.nonRareDistinct === 0) {
      return excluded(
        `${facts} → excluded: protection would hide every single value. Choose binned or AUTO.`,
      );
    }
    return included(chosen, `${facts} → discrete, as chosen${capped(profile, protection)}.`);
  }
  if (chosen !== 'TABULAR_NUMERIC_BINNED' && chosen !== 'TABULAR_NUMERIC_DIGIT' && isDiscrete) {
    return numeric(profile, chosen, included('TABULAR_NUMERIC_DISCRETE', `${facts} → discrete.`));
  }
  const present = profile.rowCount - profile.nullCount;
  if (protection && present < MIN_RANGE_VALUES) return tooFew(present, 'value');
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

function decideDatetime(profile: ColumnProfile, protection: boolean): EncodingDecision {
  const present = profile.rowCount - profile.nullCount;
  if (protection && present < MIN_RANGE_VALUES) return tooFew(present, 'date');
  const span =
    profile.min === null || profile.max === null
      ? count(profile.distinctCount, 'distinct date')
      : `${count(profile.distinctCount, 'distinct date')}, years ${year(profile.min)} to ${year(profile.max)}`;
  const part = profile.storageType === 'date' ? 'date' : 'date and time';
  return included('TABULAR_DATETIME', `${span} → ${part}.${fewValues(present, protection)}`);
}

/** Says that a rarely filled column may come out as one value, where that can be. */
function fewValues(present: number, protection: boolean): string {
  if (!protection || present >= SURE_RANGE_VALUES) return '';
  return ` Only ${count(present, 'value')}: if fewer than ${MIN_RANGE_VALUES} train, protection shows their middle alone.`;
}

function categorical(profile: ColumnProfile, protection: boolean, by: 'chosen' | 'auto'): EncodingDecision {
  const facts = shares(profile, protection);
  const isText = profile.storageType === 'text';
  if (protection && profile.nonRareDistinct === 0) {
    return excluded(`${facts} → excluded: no value is shared by enough rows to be shown.`);
  }
  const isFree =
    isText &&
    by === 'auto' &&
    profile.distinctCount > MAX_DISCRETE &&
    (protection ? profile.nonRareShare < MIN_TEXT_SHARE : profile.uniqueShare > 1 - MIN_TEXT_SHARE);
  if (isFree) {
    return excluded(
      `${facts} → free text, excluded. Choose TABULAR_CATEGORICAL to model the frequent values.`,
    );
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

function shares(profile: ColumnProfile, protection: boolean): string {
  const distinct =
    profile.distinctCount === 1 ? 'One value throughout' : count(profile.distinctCount, 'distinct value');
  return protection ? `${distinct}, ${percent(profile.nonRareShare)} of rows not rare` : distinct;
}

function capped(profile: ColumnProfile, protection: boolean): string {
  const kept = protection ? profile.nonRareDistinct : profile.distinctCount;
  return kept > MAX_CATEGORIES ? `; the ${group(MAX_CATEGORIES)} most frequent are kept` : '';
}

function included(encodingType: ResolvedEncodingType, evidence: string): EncodingDecision {
  return { included: true, encodingType, evidence, role: 'feature' };
}

function excluded(evidence: string): EncodingDecision {
  return { included: false, encodingType: null, evidence, role: 'excluded' };
}
