import type { ColumnData, TextColumn } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { MAX_CHARACTERS } from '../../../src/domain/decide-encoding';
import { UserError } from '../../../src/domain/errors';
import { RandomStream } from '../../../src/domain/random';
import { mayShow } from '../privacy/protection';
import { columnProtection } from '../privacy/table-protection';
import { compareCodePoints } from './categorical';
import { type AnalyseOptions, type SubColumn, toldCount } from './contract';
import { joinParts, partedColumns, splitParts } from './parted-codes';
import { SharedFronts, type Words } from './shared-fronts';

/** The end of a text, in the list of a position's characters. */
const END = '';

/**
 * TABULAR_CHARACTER (docs/encodings.md, Characters): sub-columns `nan` (if there are nulls), then the characters that vary,
 * from the first. A column of which nothing may show is `nan` alone: all null.
 */
export interface CharacterEncoding {
  readonly type: 'TABULAR_CHARACTER';
  readonly storageType: StorageType;
  readonly subColumns: readonly SubColumn[];
  readonly hasNull: boolean;
  /** Characters of each position by code point, after the end of the text where texts may end there. */
  readonly characters: readonly (readonly string[])[];
  /** Distinct values that are not learned whole, to tens. */
  readonly hiddenValues: number;
  /** Of the imputation of nulls. */
  readonly seed: number;
}

/** Finds the characters that enough rows share at each position. */
export function analyseCharacter(
  data: ColumnData,
  storageType: StorageType,
  options: AnalyseOptions,
): CharacterEncoding {
  const text = requireText(data, 'TABULAR_CHARACTER');
  const plan = columnProtection(options.valueProtection, options.seed, options.rareThreshold);
  const subjects = (options.valueProtection && options.subjects) || null;
  const { alphabet, fronts } = frontsOf(text, options);
  // Where nothing may stand, no text goes on.
  const end = fronts.kept.findIndex((codes) => codes.length === 0);
  const characters = fronts.kept
    .slice(0, end < 0 ? fronts.kept.length : end)
    .map((codes) => codes.map((code) => alphabet[code]!));
  while (characters.length > 1 && characters[characters.length - 1]!.every((char) => char === END)) {
    characters.pop();
  }
  const hasNull = characters.length === 0 || mayShow(missingCount(text, subjects), plan);
  const sizes = characters.map((codes) => codes.length);
  const encoding: CharacterEncoding = {
    type: 'TABULAR_CHARACTER',
    storageType,
    subColumns: partedColumns({ hasNull, sizes }, (p) => `P${p}`),
    hasNull,
    characters,
    hiddenValues: plan.enabled ? toldCount(fronts.hidden, fronts.hiddenRows, plan.threshold) : 0,
    seed: options.seed,
  };
  // The same rows are encoded next, as a rule.
  lastFronts.set(encoding, { text, alphabet, fronts });
  return encoding;
}

const lastFronts = new WeakMap<CharacterEncoding, TextFronts & { readonly text: TextColumn }>();

interface TextFronts {
  readonly alphabet: readonly string[];
  readonly fronts: SharedFronts;
}

type FrontOptions = Pick<AnalyseOptions, 'valueProtection' | 'seed' | 'subjects' | 'rareThreshold'>;

function frontsOf(text: TextColumn, options: FrontOptions): TextFronts {
  const { valueProtection, seed, subjects, rareThreshold } = options;
  const { words, alphabet } = wordsOf(text);
  const { threshold } = columnProtection(valueProtection, seed, rareThreshold);
  return { alphabet, fronts: new SharedFronts(words, threshold, (valueProtection && subjects) || null) };
}

/** Subjects with a row without a value. */
export function missingCount({ codes }: TextColumn, subjects: Uint32Array | null): number {
  if (!subjects) return codes.reduce((sum, code) => sum + Number(code < 0), 0);
  return new Set(subjects.filter((_, row) => codes[row]! < 0)).size;
}

/** The column as text. @throws UserError `config/invalid` for numbers */
export function requireText(data: ColumnData, encodingType: string): TextColumn {
  if (data.kind === 'text') return data;
  throw new UserError(
    'config/invalid',
    `A column of numbers or dates cannot be encoded as ${encodingType}. Choose AUTO for it.`,
    { details: { encodingType } },
  );
}

/** The first characters of a text, whole code points. */
function charactersOf(text: string): string[] {
  return Array.from(text.length > 4 * MAX_CHARACTERS ? text.slice(0, 4 * MAX_CHARACTERS) : text).slice(
    0,
    MAX_CHARACTERS,
  );
}

/** Texts as words of codes into an alphabet by code point; code 0 is the end. */
function wordsOf({ codes: rows, dictionary }: TextColumn): {
  readonly words: Words;
  readonly alphabet: readonly string[];
} {
  const used = new Uint8Array(dictionary.length);
  for (const code of rows) if (code >= 0) used[code] = 1;
  // Long texts that are the same up to their cut are one word.
  const byText = new Map<string, string[]>();
  const cut = dictionary.map((text, i) => {
    if (used[i] === 0) return END;
    const characters = charactersOf(text);
    const key = characters.join('');
    byText.set(key, characters);
    return key;
  });
  // By UTF-16 units: texts with a common front stand together, and no comparison is called.
  const sorted = [...byText.keys()].sort();
  const index = new Map(sorted.map((text, i) => [text, i]));
  const alphabet = [END, ...[...new Set([...byText.values()].flat())].sort(compareCodePoints)];
  const codeOf = new Map(alphabet.map((char, code) => [char, code]));
  // Of empty texts alone, the end is what they have.
  const positions = [...byText.values()].reduce((longest, { length }) => Math.max(longest, length), 1);
  const codes = new Uint16Array(sorted.length * positions);
  sorted.forEach((text, word) => {
    byText.get(text)!.forEach((char, p) => {
      codes[word * positions + p] = codeOf.get(char)!;
    });
  });
  const wordOf = Int32Array.from(rows, (code) => (code < 0 ? -1 : index.get(cut[code]!)!));
  return { words: { codes, positions, wordOf }, alphabet };
}

/** Codes [sub-column][rows] for training: what few rows share of a text is drawn anew (`shared-fronts.ts`). */
export function encodeLearnedCharacter(
  encoding: CharacterEncoding,
  data: ColumnData,
  options: FrontOptions,
): Uint16Array[] {
  const text = requireText(data, encoding.type);
  const last = lastFronts.get(encoding);
  const { alphabet, fronts } = last?.text === text ? last : frontsOf(text, options);
  const drawn = fronts.standIns(options.seed);
  const parts = encoding.characters.map((kept, p) => {
    const table = Uint16Array.from(alphabet, (char) => Math.max(0, kept.indexOf(char)));
    return drawn[p] ? drawn[p].map((code) => table[code]!) : new Uint16Array(text.codes.length);
  });
  return codesOf(encoding, text, parts);
}

/** Codes [sub-column][rows]; a character that few rows have at its position becomes the first of those that more have. */
export function encodeCharacter(encoding: CharacterEncoding, data: ColumnData): Uint16Array[] {
  const text = requireText(data, encoding.type);
  const indices = encoding.characters.map((kept) => new Map(kept.map((char, code) => [char, code])));
  const words = text.dictionary.map((value) => {
    const characters = charactersOf(value);
    return indices.map((index, p) => index.get(characters[p] ?? END) ?? 0);
  });
  const parts = indices.map((_, p) =>
    Uint16Array.from(text.codes, (code) => (code < 0 ? 0 : words[code]![p]!)),
  );
  return codesOf(encoding, text, parts);
}

function codesOf(
  { characters, hasNull, seed }: CharacterEncoding,
  { codes }: TextColumn,
  parts: readonly Uint16Array[],
): Uint16Array[] {
  const stream = new RandomStream(seed, 'impute');
  const missing = Uint8Array.from(codes, (code) => Number(code < 0));
  const sizes = characters.map((kept) => kept.length);
  return joinParts({ hasNull, sizes }, parts, missing, (bound) => stream.below(bound));
}

/** Texts, each up to the first end. */
export function decodeCharacter(
  { characters, hasNull }: CharacterEncoding,
  codes: readonly Uint16Array[],
): TextColumn {
  const index = new Map<string, number>();
  const dictionary: string[] = [];
  const out = new Int32Array(codes[0]!.length).fill(-1);
  const sizes = characters.map((kept) => kept.length);
  splitParts({ hasNull, sizes }, codes, (row, word) => {
    if (!word) return;
    let text = '';
    for (let p = 0; p < word.length; p++) {
      const char = characters[p]![word[p]!] ?? END;
      if (char === END) break;
      text += char;
    }
    let code = index.get(text);
    if (code === undefined) {
      code = dictionary.push(text) - 1;
      index.set(text, code);
    }
    out[row] = code;
  });
  return { kind: 'text', codes: out, dictionary };
}
