import { type ColumnData, columnLength, type TextColumn } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { MAX_CATEGORIES } from '../../../src/domain/decide-encoding';
import type { RareCategoryReplacementMethod } from '../../../src/domain/model-settings';
import { hashText, pcg } from '../../../src/domain/random';
import { mayShow } from '../privacy/protection';
import { columnProtection } from '../privacy/table-protection';
import { type AnalyseOptions, CLASS_RULE, type DecodeDraws, planClasses, type SubColumn } from './contract';
import { inventRareTexts, RareTextDraw, type RareTexts } from './rare-texts';
import { isNull } from './sorted-values';

/** What stands for every hidden category in the output. */
export const RARE_LABEL = '_RARE_';

/** Code of every rare or unknown category; always exists. */
const RARE_CODE = 0;

/**
 * TABULAR_CATEGORICAL (docs/encodings.md, Categories): code 0 rare, code 1 null if the column has nulls, then the kept
 * categories. Special codes are separate from the categories' texts, so the values "_RARE_" and "<<NULL>>" are ordinary
 * categories and need no escaping.
 */
export interface CategoricalEncoding {
  readonly type: 'TABULAR_CATEGORICAL';
  readonly storageType: StorageType;
  readonly subColumns: readonly SubColumn[];
  readonly hasNull: boolean;
  /**
   * Kept categories in the order of their codes: text by code point, numbers (as their shortest text) ascending; with
   * classes, by frequency.
   */
  readonly categories: readonly string[];
  /** Distinct values hidden behind code 0; 0 also where too few rows hold one to say so. */
  readonly rareCategories: number;
  /** Code 0 is written as `_RARE_` or as an invented text; if not, it is never generated. */
  readonly emitsRare: boolean;
  /** What code 0 is written as; absent = `_RARE_`. */
  readonly invented?: RareTexts;
}

/**
 * Counts categories and keeps those that enough rows share, at most the `MAX_CATEGORIES` most frequent.
 * @param data the rows that count
 * @param all all rows, which say how often hidden values repeat
 */
export function analyseCategorical(
  data: ColumnData,
  storageType: StorageType,
  options: AnalyseOptions,
  all: ColumnData = data,
): CategoricalEncoding {
  const plan = columnProtection(options.valueProtection, options.seed, options.rareThreshold);
  const { labels, counts, nullCount } = countCategories(data);
  const present = labels.map((_, i) => i).filter((i) => counts[i]! > 0);
  const kept = present
    .filter((i) => !options.identifiesSubjects && counts[i]! >= plan.threshold)
    .sort((a, b) => counts[b]! - counts[a]! || compareCodePoints(labels[a]!, labels[b]!))
    .slice(0, MAX_CATEGORIES);
  const categories = kept.map((i) => labels[i]!);
  const hasNull = mayShow(nullCount, plan);
  const rareRows =
    present.reduce((sum, i) => sum + counts[i]!, 0) - kept.reduce((sum, i) => sum + counts[i]!, 0);
  // With fewer rows, a placeholder would say that they are there.
  const hasRare = mayShow(rareRows, plan);
  const special = 1 + Number(hasNull);
  const total = special + categories.length;
  const classes = planClasses(total, special, options.classRule ?? CLASS_RULE);
  if (!classes) {
    if (data.kind === 'number') categories.sort((a, b) => Number(a) - Number(b));
    else categories.sort(compareCodePoints);
  }
  const method = methodOf(storageType, options);
  const isKept = new Set(categories);
  const hidden = labels.filter((label, i) => counts[i]! > 0 && !isKept.has(label));
  const invented = method === 'INVENT' ? invent(hidden, all, options) : null;
  return {
    type: 'TABULAR_CATEGORICAL',
    storageType,
    subColumns: [{ name: 'cat', cardinality: total, ordinal: false, ...(classes ? { classes } : {}) }],
    hasNull,
    categories,
    rareCategories: hasRare ? present.length - kept.length : 0,
    // A boolean, number or date column cannot hold the text "_RARE_".
    emitsRare:
      method === 'CONSTANT' ||
      (method === 'INVENT' && (invented !== null || (kept.length === 0 && storageType === 'text'))),
    ...(invented ? { invented } : {}),
  };
}

/** What stands for the values that are not kept. Whole numbers that identify subjects are invented as texts are. */
function methodOf(
  storageType: StorageType,
  { identifiesSubjects, rareCategoryReplacementMethod }: AnalyseOptions,
): RareCategoryReplacementMethod {
  if (identifiesSubjects && (storageType === 'text' || storageType === 'integer')) return 'INVENT';
  return storageType === 'text' ? rareCategoryReplacementMethod : 'SAMPLE';
}

/** Texts for the categories that are not kept; null where frequent ones are to stand for them. */
function invent(
  hidden: readonly string[],
  all: ColumnData,
  { seed, unseen, subjects, rareThreshold, identifiesSubjects }: AnalyseOptions,
): RareTexts | null {
  const { labels, counts } = countCategories(all);
  const rowsOf = new Map(labels.map((label, i) => [label, counts[i]!]));
  const taken = new Set([...labels, ...(unseen ? countCategories(unseen).labels : [])]);
  const isTaken = (text: string) => taken.has(text);
  // A number has no leading zeros: two texts could be one.
  const isNoNumber = (text: string) => String(Number(text)) !== text;
  return inventRareTexts(
    {
      hidden,
      shown: subjects ? oneOfEachSubject(hidden, all, subjects) : hidden,
      counts: hidden.map((label) => rowsOf.get(label)!),
      rows: columnLength(all),
      isTaken: all.kind === 'text' ? isTaken : (text) => isTaken(text) || isNoNumber(text),
      rareThreshold,
      // Whose rows are whose must show, whatever the values look like.
      ...(identifiesSubjects && { numbered: all.kind === 'text' ? (n) => `ID-${n}` : String }),
    },
    seed,
  );
}

/** Of each subject one of its hidden values, by a hash: what several share, several subjects have. */
function oneOfEachSubject(hidden: readonly string[], all: ColumnData, subjects: Uint32Array): string[] {
  const rank = new Map(hidden.map((label) => [label, pcg(hashText(label))]));
  const chosen = new Map<number, string>();
  subjects.forEach((subject, row) => {
    const label =
      all.kind === 'text'
        ? all.dictionary[all.codes[row]!]
        : all.nulls?.[row] === 1
          ? undefined
          : String(all.values[row]);
    if (label === undefined || !rank.has(label)) return;
    const before = chosen.get(subject);
    if (before === undefined || rank.get(label)! < rank.get(before)!) chosen.set(subject, label);
  });
  return [...new Set(chosen.values())];
}

function countCategories(data: ColumnData): {
  labels: readonly string[];
  counts: ArrayLike<number>;
  nullCount: number;
} {
  let nullCount = 0;
  if (data.kind === 'text') {
    const counts = new Uint32Array(data.dictionary.length);
    for (const code of data.codes) {
      if (code < 0) nullCount++;
      else counts[code]!++;
    }
    return { labels: data.dictionary, counts, nullCount };
  }
  const seen = new Map<number, number>();
  for (let i = 0; i < data.values.length; i++) {
    const value = data.values[i]!;
    if (isNull(data.nulls, i, value)) nullCount++;
    else seen.set(value, (seen.get(value) ?? 0) + 1);
  }
  return { labels: Array.from(seen.keys(), String), counts: [...seen.values()], nullCount };
}

/** Codes [rows]; null without a null code, rare and unseen values become code 0. */
export function encodeCategorical(encoding: CategoricalEncoding, data: ColumnData): Uint16Array {
  const first = 1 + Number(encoding.hasNull);
  const nullCode = encoding.hasNull ? 1 : RARE_CODE;
  if (data.kind === 'text') {
    const byLabel = new Map(encoding.categories.map((label, i) => [label, first + i]));
    const table = Uint16Array.from(data.dictionary, (label) => byLabel.get(label) ?? RARE_CODE);
    const codes = new Uint16Array(data.codes.length);
    for (let i = 0; i < codes.length; i++) codes[i] = data.codes[i]! < 0 ? nullCode : table[data.codes[i]!]!;
    return codes;
  }
  const byValue = new Map(encoding.categories.map((label, i) => [Number(label), first + i]));
  const codes = new Uint16Array(data.values.length);
  for (let i = 0; i < codes.length; i++) {
    const value = data.values[i]!;
    codes[i] = isNull(data.nulls, i, value) ? nullCode : (byValue.get(value) ?? RARE_CODE);
  }
  return codes;
}

/**
 * Values of codes: texts for text and booleans, else numbers. Code 0 is `_RARE_` or an invented text if it may be
 * written, else null.
 * @param draws of the invented texts, which are functions of (seed, column, row0 + i)
 */
export function decodeCategorical(
  encoding: CategoricalEncoding,
  codes: Uint16Array,
  draws: DecodeDraws = { seed: 0, column: 0 },
  row0 = 0,
): ColumnData {
  const first = 1 + Number(encoding.hasNull);
  const isText = encoding.storageType === 'text' || encoding.storageType === 'boolean';
  if (!isText && encoding.invented) {
    return asNumbers(decodeInvented(encoding, encoding.invented, codes, draws, row0));
  }
  if (!isText) {
    const numbers = encoding.categories.map(Number);
    const nulls = new Uint8Array(codes.length);
    const values = new Float64Array(codes.length);
    let anyNull = false;
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i]!;
      if (code >= first) values[i] = numbers[code - first]!;
      else {
        nulls[i] = 1;
        anyNull = true;
      }
    }
    return { kind: 'number', values, nulls: anyNull ? nulls : null };
  }
  if (encoding.invented) return decodeInvented(encoding, encoding.invented, codes, draws, row0);
  const writesRare = encoding.emitsRare && encoding.rareCategories > 0;
  const literal = encoding.categories.indexOf(RARE_LABEL);
  const appended = writesRare && literal < 0;
  const dictionary = appended ? [...encoding.categories, RARE_LABEL] : encoding.categories;
  const rareIndex = !writesRare ? -1 : appended ? encoding.categories.length : literal;
  const indices = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    indices[i] = code === RARE_CODE ? rareIndex : code < first ? -1 : code - first;
  }
  return { kind: 'text', codes: indices, dictionary };
}

function asNumbers({ codes, dictionary }: TextColumn): ColumnData {
  const numbers = dictionary.map(Number);
  const nulls = Uint8Array.from(codes, (code) => Number(code < 0));
  const values = Float64Array.from(codes, (code) => (code < 0 ? 0 : numbers[code]!));
  return { kind: 'number', values, nulls: nulls.includes(1) ? nulls : null };
}

/** Texts of codes, with invented ones for code 0. */
function decodeInvented(
  encoding: CategoricalEncoding,
  invented: RareTexts,
  codes: Uint16Array,
  draws: DecodeDraws,
  row0: number,
): TextColumn {
  const first = 1 + Number(encoding.hasNull);
  const draw = new RareTextDraw(invented, draws);
  const dictionary = [...encoding.categories];
  const appended = new Map<number, number>();
  const indices = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code !== RARE_CODE) {
      indices[i] = code < first ? -1 : code - first;
      continue;
    }
    const value = draw.indexOf(row0 + i);
    let index = appended.get(value);
    if (index === undefined) {
      index = dictionary.push(invented.values[value]!) - 1;
      appended.set(value, index);
    }
    indices[i] = index;
  }
  return { kind: 'text', codes: indices, dictionary };
}

/** Code 0 if nothing is rare or nothing may be written for it, unless it is the only code. */
export function forbiddenCategorical(encoding: CategoricalEncoding): readonly number[] {
  const useless = encoding.rareCategories === 0 || !encoding.emitsRare;
  return useless && encoding.subColumns[0]!.cardinality > 1 ? [RARE_CODE] : [];
}

/** Order by Unicode code point; JavaScript's own order is by UTF-16 unit, which differs beyond U+FFFF. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return codePointKey(a, i) - codePointKey(b, i);
  }
  return a.length - b.length;
}

/** Surrogates sort above every other unit. */
function codePointKey(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
