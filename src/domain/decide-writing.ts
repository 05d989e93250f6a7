import type { ColumnConfig, ColumnProfile } from './columns';
import { localeOf, MIN_CONFIDENCE, personalData, sampleTexts } from './personal-data';
import { parseTimeOfDay } from './time-of-day';
import type { FakeKind, PersonalData, Writing } from './writing';

/** Fewer distinct values are no numbering. */
const MIN_RUNNING = 20;
/** Running numbers fill their range up to this, and further where the name says what they are. */
const MAX_GAPS = 1.05;
const MAX_GAPS_NAMED = 2;
/** A text key is at most so long; longer ones are texts. */
const MAX_KEY_LENGTH = 64;

/** Free text is told by so many texts, … */
const MIN_FREE_TEXTS = 7;
/** … of which nearly all have so many words of two letters and more. */
const FREE_WORDS = 4;
const FREE_SHARE = 0.7;

/** Names of columns that number the rows: `#`, `index`, `Unnamed: 0`, none at all. */
const ROW_NUMBERS =
  /^(?:#|nr|no|num|number|row|row ?(?:id|no|nr|num|number|index)|index|idx|id|level 0|unnamed ?:? ?\d+|seq|sequence|serial|s ?no|sl ?no|sr ?no|lfd ?nr|)$/;
/** Names of columns whose values stand for something else. */
const KEYS =
  /(?:^|[\s_.-])(?:id|ids|key|uuid|guid|ref)$|(?:account|order|invoice|customer|client|serial|ticket|contract|policy|phone|member|patient|document|part|passport|licen[cs]e)[\s_.-]?(?:nr|no|num|number|code)$/i;

/** Whether a whole number only numbers the rows: every value once, gaps allowed, from 0 or 1 on or called so. */
export function isRunning(profile: ColumnProfile): boolean {
  const { storageType, rowCount, nullCount, distinctCount, min, max } = profile;
  if (storageType !== 'integer' || min === null || max === null || profile.exceedsSafeInteger) return false;
  if (nullCount > 0 || distinctCount !== rowCount || rowCount < MIN_RUNNING) return false;
  const range = max - min + 1;
  const isNamed = ROW_NUMBERS.test(plainName(profile));
  if (isNamed) return range <= MAX_GAPS_NAMED * rowCount;
  return (min === 0 || min === 1) && range <= MAX_GAPS * rowCount;
}

/** The numbering of a column of running numbers; only a start that says nothing is kept. */
export function runningOf({ min, max, distinctCount }: ColumnProfile): Writing {
  const [low, high] = [min ?? 1, max ?? 1];
  const step = distinctCount > 1 ? (high - low) / (distinctCount - 1) : 1;
  return { as: 'running', start: roundStart(low), step: Number.isInteger(step) && step > 0 ? step : 1 };
}

/** 0, 1 and round numbers, or the one after, as they are; others up to two digits. */
function roundStart(low: number): number {
  const magnitude = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(low)))) - 1);
  const isRound = low % magnitude === 0 || (low - 1) % magnitude === 0;
  return Math.abs(low) < 10
    ? low >= 0 && low <= 1
      ? low
      : 1
    : isRound
      ? low
      : Math.ceil(low / magnitude) * magnitude + 1;
}

/** How the column that names rows is written. */
export function keyWriting(profile: ColumnProfile, isPrivate: boolean): Writing {
  const { storageType, rowCount, nullCount, distinctCount, min, max } = profile;
  if (storageType !== 'integer' && storageType !== 'float') return { as: 'key' };
  const isDense =
    min !== null &&
    max !== null &&
    nullCount === 0 &&
    distinctCount === rowCount &&
    !profile.exceedsSafeInteger &&
    Number.isInteger(min) &&
    (max - min + 1 <= MAX_GAPS * rowCount || (max - min) % (distinctCount - 1) === 0);
  if (isPrivate) return { as: 'running', start: 1, step: 1 };
  return isDense ? runningOf(profile) : { as: 'key' };
}

/**
 * How a column that cannot be learned is written unless a person says otherwise.
 * @param isPrivate nothing may be taken from the rows but their names and types
 */
export function unlearnedWriting(profile: ColumnProfile, isPrivate: boolean): Writing {
  if (profile.storageType !== 'text') return { as: 'empty' };
  const personal = personalData(profile);
  const locale = localeOf(sampleTexts(profile));
  // The form of UUIDs is kept better by position.
  if (personal && personal.confidence >= MIN_CONFIDENCE && (personal.kind !== 'uuid' || isPrivate)) {
    return { as: 'fake', kind: personal.kind, locale };
  }
  if (isPrivate) return { as: 'empty' };
  if (isKey(profile)) return { as: 'key' };
  if (isFreeText(profile)) return { as: 'fake', kind: 'text', locale };
  return { as: 'pattern' };
}

/** How whole numbers that are somebody's are written: cards with check digits, others as keys are. */
export function numberWriting({ kind }: PersonalData, isPrivate: boolean): Writing {
  if (kind === 'card') return { as: 'fake', kind, locale: 'en' };
  return isPrivate ? { as: 'empty' } : { as: 'key' };
}

/** Whether whole numbers stand for something else, each once. */
export function isNamedKey(profile: ColumnProfile): boolean {
  const { storageType, rowCount, nullCount, distinctCount } = profile;
  return (
    storageType === 'integer' &&
    rowCount >= MIN_RUNNING &&
    distinctCount === rowCount - nullCount &&
    nullCount < rowCount / 2 &&
    KEYS.test((profile.originalName || profile.name).replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
  );
}

/** Texts of one word with a digit, each once: codes, numbers of documents. */
function isKey({ rowCount, nullCount, distinctCount, maxLength, ...profile }: ColumnProfile): boolean {
  if (distinctCount !== rowCount - nullCount || maxLength > MAX_KEY_LENGTH) return false;
  const texts = sampleTexts(profile);
  return texts.length > 0 && texts.every((text) => /^\S+$/.test(text) && /\d/.test(text));
}

/** Notes and comments: several words each, in ever other sentences. Texts of one sentence with other numbers have a form. */
function isFreeText(profile: ColumnProfile): boolean {
  const texts = sampleTexts(profile);
  if (texts.length < MIN_FREE_TEXTS) return false;
  const areWords = (text: string) => (text.match(/\p{L}{2,}/gu)?.length ?? 0) >= FREE_WORDS;
  const sentences = new Set(texts.map((text) => text.replace(/\d+/g, '0').toLowerCase()));
  return texts.filter(areWords).length >= FREE_SHARE * texts.length && sentences.size >= texts.length / 2;
}

/**
 * What a person chose; null = nothing, so it is learned if it can be.
 * @returns what can be of the choice: a pattern needs text, and a private training none
 */
export function chosenWriting(
  profile: ColumnProfile,
  config: Omit<ColumnConfig, 'name'>,
  isPrivate: boolean,
): Writing | null {
  const { storageType } = profile;
  switch (config.writtenAs ?? 'auto') {
    case 'auto':
      return config.included ? null : { as: 'omit' };
    case 'omit':
      return { as: 'omit' };
    case 'constant':
      return isOfType(config.constant ?? '', storageType)
        ? { as: 'constant', text: config.constant! }
        : { as: 'empty' };
    case 'key':
      if (storageType === 'integer' || storageType === 'float') return keyWriting(profile, isPrivate);
      return storageType === 'text' ? { as: 'key' } : { as: 'empty' };
    case 'pattern':
      if (storageType === 'integer' && !isPrivate) return { as: 'key' };
      return storageType === 'text' && !isPrivate ? { as: 'pattern' } : { as: 'empty' };
    case 'fake':
      if (storageType !== 'text') return { as: 'empty' };
      return {
        as: 'fake',
        kind: config.fake ?? suggestedFake(profile),
        locale: config.locale ?? localeOf(sampleTexts(profile)),
      };
  }
}

/** What is made up for a text column unless a person says what. */
export function suggestedFake(profile: ColumnProfile): FakeKind {
  return personalData(profile)?.kind ?? 'text';
}

/** Whether a text can stand in a column of that type. */
function isOfType(text: string, storageType: ColumnProfile['storageType']): boolean {
  if (text === '') return false;
  switch (storageType) {
    case 'integer':
      return /^-?\d{1,15}$/.test(text);
    case 'float':
      return Number.isFinite(Number(text));
    case 'boolean':
      return text === 'true' || text === 'false';
    case 'date':
    case 'datetime':
      return !Number.isNaN(Date.parse(text));
    case 'time':
      return parseTimeOfDay(text) !== null;
    case 'text':
      return true;
  }
}

function plainName({ originalName, name }: ColumnProfile): string {
  const given = originalName.trim();
  return (given === '' ? (/^column[ _]?\d+$/i.test(name) ? '' : name) : given)
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[_.-]+/g, ' ')
    .trim()
    .toLowerCase();
}
