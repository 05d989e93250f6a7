import type { ColumnData } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { RandomStream } from '../../../src/domain/random';
import { raisedBy } from '../../../src/domain/rarity';
import { parseTimeOfDay } from '../../../src/domain/time-of-day';
import type { FakeKind, Writing } from '../../../src/domain/writing';
import { inventRareTexts } from '../encoding/rare-texts';
import { learnKeyForms } from './key-forms';
import { learnFake } from './learn-fake';
import { areCounted, numberKeys } from './number-keys';
import type { Writer } from './writer';

/** Rows without a value, and rows with one, of which a part is told. */
const MIN_TOLD = 12;

const FROM_ONE: Writer = { as: 'numbers', start: 1, gap: 1, isScattered: false, shuffled: 0 };

/** What is made up in the form of the data, if it has one: these differ from country to country. */
const NATIVE: ReadonlySet<FakeKind> = new Set(['phone', 'postcode', 'ssn']);

/** What a column is written from. Read before the training, kept nowhere. */
export interface WrittenRows {
  /** Of the training rows. */
  readonly training: ColumnData;
  /** Of every row of the table: none of these values is written. */
  readonly all: ColumnData;
  /** One training row of each subject; null = every row is another's. */
  readonly sample: Uint32Array | null;
  /** Lowest threshold of rarity of the settings; absent = the usual one. */
  readonly rareThreshold?: number;
}

/** A writer, and what became of what was wanted where it could not be. */
export interface LearnedWriter {
  readonly writer: Writer;
  /** To be told in place of what was decided; absent = as decided. */
  readonly instead?: Writing;
}

/**
 * What writes a column as was decided. Where its values show no form it is written as sentences without meaning, a key as
 * UUIDs.
 * @param rows null: nothing may be taken from them, in a private training
 * @param seed of all that is random in it
 * @param follows its values are to be those of the person that a row is about
 */
export function learnWriter(
  writing: Writing,
  rows: WrittenRows | null,
  seed: number,
  storageType: StorageType,
  follows = false,
): LearnedWriter {
  switch (writing.as) {
    case 'omit':
    case 'empty':
      return { writer: { as: 'constant', value: null } };
    case 'constant':
      return { writer: { as: 'constant', value: constantOf(writing.text, storageType) } };
    case 'running':
      return {
        writer: { as: 'numbers', start: writing.start, gap: writing.step, isScattered: false, shuffled: 0 },
      };
    case 'key':
      if (rows) return learnKey(rows, seed);
      return { writer: storageType === 'text' ? { as: 'uuid' } : FROM_ONE };
    case 'pattern':
      return rows ? learnPattern(rows, seed) : { writer: { as: 'constant', value: null } };
    case 'fake': {
      const { kind, locale } = writing;
      const native = rows && !follows && NATIVE.has(kind) ? learnForm(rows, seed) : null;
      if (native) return { writer: native };
      const learned =
        rows &&
        learnFake(kind, textsOf(rows.all), new RandomStream(seed, 'sieve'), raisedBy(rows.rareThreshold));
      return {
        writer: {
          as: 'fake',
          kind,
          locale,
          ...(rows && { ...emptyShare(rows), isUnique: isUnique(rows.all) }),
          ...learned,
        },
      };
    }
  }
}

function learnKey(rows: WrittenRows, seed: number): LearnedWriter {
  const empty = emptyShare(rows);
  const { training, all } = rows;
  const count = Math.max(1, valuesIn(all));
  if (training.kind === 'number') {
    const numbers = numbersOf(all);
    return {
      writer: { ...numberKeys({ numbers: numbers.length > 0 ? numbers : [0], rows: count }), ...empty },
    };
  }
  const taken = textsOf(all);
  const numbered = numberedTexts(taken);
  if (numbered && areCounted(numbered.numbers)) {
    const { prefix, suffix, width, numbers } = numbered;
    return { writer: { ...numberKeys({ numbers, rows: count }), text: { prefix, suffix, width }, ...empty } };
  }
  const stream = new RandomStream(seed, 'key forms');
  const forms = learnKeyForms(shownTexts(rows), taken, stream, raisedBy(rows.rareThreshold));
  if (forms) return { writer: { as: 'forms', forms, ...empty } };
  return {
    writer: { as: 'uuid', ...empty },
    instead: { as: 'fake', kind: 'uuid', locale: 'en' },
  };
}

/** Texts of the form of the data: each once if they are so there. */
function learnForm(rows: WrittenRows, seed: number): Writer | null {
  if (!isUnique(rows.all)) return learnPool(rows, seed);
  const stream = new RandomStream(seed, 'key forms');
  const forms = learnKeyForms(shownTexts(rows), textsOf(rows.all), stream, raisedBy(rows.rareThreshold));
  return forms && { as: 'forms', forms, ...emptyShare(rows) };
}

function learnPattern(rows: WrittenRows, seed: number): LearnedWriter {
  const isText = rows.training.kind === 'text';
  if (!isText) return { writer: { as: 'constant', value: null }, instead: { as: 'empty' } };
  const pool = learnPool(rows, seed);
  if (pool) return { writer: pool };
  const { writer } = learnWriter({ as: 'fake', kind: 'text', locale: 'en' }, rows, seed, 'text');
  return { writer, instead: { as: 'fake', kind: 'text', locale: 'en' } };
}

/** Invented values as often repeated as in the data; null = the values have no form. */
function learnPool(rows: WrittenRows, seed: number): Writer | null {
  const { training, all } = rows;
  if (training.kind === 'number') return null;
  const empty = emptyShare(rows);
  const counts = new Uint32Array(training.dictionary.length);
  let present = 0;
  for (const code of training.codes) {
    if (code < 0) continue;
    counts[code]!++;
    present++;
  }
  const held = training.dictionary.flatMap((text, code) =>
    counts[code]! > 0 ? [[text, counts[code]!] as const] : [],
  );
  const taken = new Set(textsOf(all));
  const texts = inventRareTexts(
    {
      hidden: held.map(([text]) => text),
      shown: shownTexts(rows),
      counts: held.map(([, count]) => count),
      rows: present,
      isTaken: (text) => taken.has(text),
      rareThreshold: rows.rareThreshold,
    },
    seed,
  );
  if (!texts) return null;
  const { values, holders, ...slots } = texts;
  return { as: 'pool', values: [...values], holders: [...holders], ...slots, ...empty };
}

/** Texts that are one number between two texts that all of them share. */
function numberedTexts(texts: readonly string[]) {
  if (texts.length < 2) return null;
  const prefix = commonStart(texts);
  const suffix = /\D*$/.exec(texts[0]!.slice(prefix.length))![0];
  const numbers: number[] = [];
  let [shortest, longest, hasZero] = [Number.POSITIVE_INFINITY, 0, false];
  for (const text of texts) {
    if (!text.endsWith(suffix)) return null;
    const digits = text.slice(prefix.length, text.length - suffix.length);
    if (!/^\d{1,15}$/.test(digits)) return null;
    numbers.push(Number(digits));
    shortest = Math.min(shortest, digits.length);
    longest = Math.max(longest, digits.length);
    hasZero ||= digits.length > 1 && digits.startsWith('0');
  }
  return { numbers, prefix, suffix, width: hasZero || shortest === longest ? longest : 0 };
}

/** What all texts begin with; digits at its end belong to what follows. */
function commonStart(texts: readonly string[]): string {
  const first = texts[0]!;
  let same = first.length;
  for (const text of texts) {
    let i = 0;
    while (i < same && i < text.length && text[i] === first[i]) i++;
    same = i;
  }
  return first.slice(0, same).replace(/\d+$/, '');
}

/** Distinct texts that show the form: one of each subject. */
function shownTexts({ training, sample }: WrittenRows): string[] {
  if (training.kind === 'number') return [];
  const codes = new Set<number>();
  if (sample) for (const row of sample) codes.add(training.codes[row]!);
  else for (const code of training.codes) codes.add(code);
  codes.delete(-1);
  return Array.from(codes, (code) => training.dictionary[code]!).sort();
}

/** Distinct texts, in the order of the rows. */
function textsOf(data: ColumnData): string[] {
  if (data.kind === 'number') return [...new Set(numbersOf(data))].map(String);
  const codes = new Set(data.codes);
  codes.delete(-1);
  return Array.from(codes, (code) => data.dictionary[code]!);
}

function numbersOf(data: ColumnData): number[] {
  if (data.kind === 'text') return [];
  return Array.from(data.values).filter((_, row) => data.nulls?.[row] !== 1);
}

function valuesIn(data: ColumnData): number {
  if (data.kind === 'text') return data.codes.reduce((sum, code) => sum + Number(code >= 0), 0);
  return data.values.length - (data.nulls?.reduce((sum, flag) => sum + flag, 0) ?? 0);
}

/** Whether no value is there twice. */
function isUnique(data: ColumnData): boolean {
  return textsOf(data).length === valuesIn(data);
}

/** The part of the rows without a value in whole percent, where enough rows have none and enough have one. */
function emptyShare({ training, rareThreshold }: WrittenRows): { empty?: number } {
  const rows = training.kind === 'text' ? training.codes.length : training.values.length;
  const missing = rows - valuesIn(training);
  const told = MIN_TOLD + raisedBy(rareThreshold);
  if (missing < told || rows - missing < told) return {};
  return { empty: Math.max(0.01, Math.round((100 * missing) / rows) / 100) };
}

/** @param text as `chosenWriting` lets it through */
function constantOf(text: string, storageType: StorageType): string | number | null {
  if (storageType === 'text' || storageType === 'boolean') return text;
  const value = numberOfText(text, storageType);
  // A model that is stored has no other numbers.
  return value !== null && Number.isFinite(value) ? value : null;
}

function numberOfText(text: string, storageType: StorageType): number | null {
  if (storageType === 'integer' || storageType === 'float') return Number(text);
  if (storageType === 'time') return parseTimeOfDay(text);
  return Date.parse(
    /[T ]\d/.test(text) && !/Z|[+-]\d\d:?\d\d$/.test(text) ? `${text.replace(' ', 'T')}Z` : text,
  );
}
