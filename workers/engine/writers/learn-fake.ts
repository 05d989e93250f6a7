import type { RandomStream } from '../../../src/domain/random';
import type { FakeKind } from '../../../src/domain/writing';
import { MIN_VALUES } from '../encoding/supported-counts';
import { makeSieve } from './sieve';
import type { WriterOf } from './writer';

/** What nearly all values share is form. */
const NEARLY_ALL = 0.9;
/** Values of these kinds are so many that none is met again. */
const VAST: ReadonlySet<FakeKind> = new Set(['uuid', 'iban', 'card']);
/** There are too few of these to avoid any: they are nobody's own. */
const SHARED: ReadonlySet<FakeKind> = new Set(['country']);
/** Words of a sentence, at nearlyAll. */
const MAX_WORDS = 100;

/**
 * How values are made up beside what they are: their letters, their separators, how long texts are, and which must not
 * occur.
 * @param texts distinct values of the data
 * @param raised by how much the threshold of rarity is
 */
export function learnFake(
  kind: FakeKind,
  texts: readonly string[],
  stream: RandomStream,
  raised = 0,
): Omit<Partial<WriterOf<'fake'>>, 'as' | 'kind' | 'locale'> {
  const nearlyAll = (test: (text: string) => boolean) =>
    texts.length > 0 && texts.filter(test).length >= NEARLY_ALL * texts.length;
  const hasLetters = kind !== 'uuid' && kind !== 'iban' && kind !== 'text';
  const isUpper =
    hasLetters && nearlyAll((text) => text === text.toUpperCase() && text !== text.toLowerCase());
  const isLower =
    /name$|company|city|street/.test(kind) &&
    nearlyAll((text) => text === text.toLowerCase() && text !== text.toUpperCase());
  const separator = separatorOf(kind, nearlyAll);
  const avoids = !VAST.has(kind) && !SHARED.has(kind) && kind !== 'text' && texts.length > 0;
  return {
    ...(isUpper && { letters: 'upper' as const }),
    ...(isLower && { letters: 'lower' as const }),
    ...(separator !== undefined && { separator }),
    ...(kind === 'iban' && countryOf(texts, MIN_VALUES + raised)),
    ...(kind === 'full-name' && nearlyAll((text) => /^\S[^,]*, \S/.test(text)) && { isLastFirst: true }),
    ...(kind === 'text' && { words: wordsOf(texts) }),
    ...(avoids && { sieve: makeSieve(texts, texts.length, stream) }),
  };
}

function separatorOf(
  kind: FakeKind,
  nearlyAll: (test: (text: string) => boolean) => boolean,
): '' | ' ' | '-' | undefined {
  if (kind === 'phone') return nearlyAll((text) => /^\+\d+$/.test(text)) ? '' : undefined;
  if (kind !== 'card' && kind !== 'iban') return undefined;
  if (nearlyAll((text) => /^\w{4} /.test(text))) return ' ';
  if (nearlyAll((text) => /^\w{4}-/.test(text))) return '-';
  return undefined;
}

/** The country and length that nearly all IBANs have. */
function countryOf(texts: readonly string[], least: number): Pick<WriterOf<'fake'>, 'country'> {
  const first = texts[0]?.replaceAll(' ', '').replaceAll('-', '') ?? '';
  const form = (text: string) => {
    const plain = text.replaceAll(' ', '').replaceAll('-', '');
    return plain.slice(0, 2) === first.slice(0, 2) && plain.length === first.length;
  };
  const isShared = texts.length >= least && texts.filter(form).length >= NEARLY_ALL * texts.length;
  if (!isShared || !/^[A-Z]{2}/.test(first)) return {};
  return { country: { code: first.slice(0, 2), length: first.length } };
}

/** The middle number of words, to two digits. */
function wordsOf(texts: readonly string[]): number {
  const counts = texts.map((text) => text.split(/\s+/).length).sort((a, b) => a - b);
  const middle = counts[Math.floor(counts.length / 2)] ?? 1;
  return Math.min(MAX_WORDS, Math.max(1, middle > 10 ? Math.round(middle / 5) * 5 : middle));
}
