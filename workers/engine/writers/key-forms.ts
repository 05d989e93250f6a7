import type { RandomStream } from '../../../src/domain/random';
import { rangeValues } from '../../../src/domain/rarity';
import { MIN_VALUES } from '../encoding/supported-counts';
import { type Run, type RunKind, runsOf, shapeKey } from '../encoding/value-shapes';
import { carriersOf, indexOfText } from './key-texts';
import { unpermuted } from './permute';
import type { KeyForm, KeyPart } from './writer';

/** Part of the values that forms must cover. */
const MIN_COVERED = 0.5;
/** Fine shapes must cover this part of what coarse ones do, and be no more than so many times as many. */
const WELL_COVERED = 0.8;
const MAX_FINE_SHAPES = 4;
/** Shared texts of a run that are so much of all stand as they are: prefixes, years. */
const MOSTLY_SHARED = 0.5;
/** Characters that enough values have must be this part of a position, else it may hold any of its kind. */
const MOSTLY_SUPPORTED = 0.9;
/** Orders that are tried for one that begins with many new values. */
const ORDERS = 8;
/** Bits more than the logarithm of the number of values: no value is met in any number of rows. */
const SURE_BITS = 50;
const MAX_LIMIT = 2 ** 40;
const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();

/** One position, and what else may stand there. */
interface Position {
  readonly part: KeyPart;
  readonly all: string | null;
}

/**
 * The forms of distinct texts of different subjects, run by run as invented values have them (docs/encodings.md, Keys):
 * whatever is taken over at least 7 values have, more with a raised threshold.
 * @param shown texts that show the form
 * @param taken every text of the data
 * @param raised by how much the threshold of rarity is
 * @returns null: they have no form
 */
export function learnKeyForms(
  shown: readonly string[],
  taken: readonly string[],
  stream: RandomStream,
  raised = 0,
): KeyForm[] | null {
  const fine = shapesOf(shown, false, raised);
  const coarse = shapesOf(shown, true, raised);
  const isFine =
    covered(fine) >= WELL_COVERED * covered(coarse) && fine.length <= MAX_FINE_SHAPES * coarse.length;
  const shapes = (isFine ? fine : coarse).sort((a, b) => b.length - a.length);
  if (shapes.length === 0 || covered(shapes) < MIN_COVERED * shown.length) return null;
  const longest = taken.reduce((length, text) => Math.max(length, text.length), 0);
  const total = covered(shapes);
  const forms = shapes.map((values) =>
    learnForm(values, taken, longest, values.length / total, stream, MIN_VALUES + raised),
  );
  const roomy = forms.filter(({ limit }) => limit > 0);
  const used = roomy.length > 0 ? roomy : forms.slice(0, 1);
  const shares = used.reduce((sum, { share }) => sum + share, 0);
  return used.map((form) => ({ ...form, share: form.share / shares }));
}

/** Values by exact form: kinds and lengths of runs. */
function shapesOf(texts: readonly string[], coarse: boolean, raised: number): Run[][][] {
  const shapes = new Map<string, Run[][]>();
  for (const text of texts) {
    const runs = runsOf(text, coarse);
    if (!runs || runs.length === 0) continue;
    const key = `${shapeKey(runs)}:${runs.map((run) => [...run.text].length).join()}`;
    const values = shapes.get(key);
    if (values) values.push(runs);
    else shapes.set(key, [runs]);
  }
  return [...shapes.values()].filter((values) => values.length >= rangeValues(raised));
}

function covered(shapes: readonly (readonly unknown[])[]): number {
  return shapes.reduce((sum, { length }) => sum + length, 0);
}

function learnForm(
  values: readonly (readonly Run[])[],
  taken: readonly string[],
  longest: number,
  share: number,
  stream: RandomStream,
  least: number,
): KeyForm {
  const positions = values[0]!.flatMap(({ kind }, r) =>
    positionsOf(
      kind,
      values.map((value) => value[r]!.text),
      least,
    ),
  );
  const at = positions.findLastIndex(({ all }) => all !== null);
  const length = positions.reduce((sum, { part }) => sum + ('chars' in part ? 1 : shortest(part.words)), 0);
  const grow = {
    at: at < 0 ? positions.length : at + 1,
    chars: (at < 0 ? null : positions[at]!.all) ?? DIGITS,
    from: Math.max(1, longest - length + 1),
  };
  const wanted = 2 * values.length;
  // One position more may hold anything of its kind, from the right.
  const narrow = positions.flatMap(({ all, part }, i) =>
    all !== null && 'chars' in part && part.chars.length < all.length ? [i] : [],
  );
  let best: KeyForm | null = null;
  for (let width = 0; width <= narrow.length; width++) {
    const widened = new Set(width === 0 ? [] : narrow.slice(-width));
    const parts = positions.map(({ part, all }, i) => (widened.has(i) ? { chars: all! } : part));
    const { key, limit } = bestOrder(parts, taken, stream);
    if (limit > (best?.limit ?? -1)) best = { share, parts, key, limit, grow };
    if (limit >= wanted) return best!;
  }
  return { ...best!, limit: 0 };
}

/** The order that begins with most new texts, and how many. */
function bestOrder(
  parts: readonly KeyPart[],
  taken: readonly string[],
  stream: RandomStream,
): { key: number; limit: number } {
  const carriers = carriersOf(parts);
  const bits = parts.reduce((sum, part) => sum + Math.log2('chars' in part ? part.chars.length : 1), 0);
  if (bits >= SURE_BITS + Math.log2(taken.length + 1)) {
    return { key: stream.word(), limit: Math.min(MAX_LIMIT, carriers.size) };
  }
  const indices = taken.flatMap((text) => indexOfText(parts, carriers, text) ?? []);
  let best = { key: stream.word(), limit: 0 };
  if (indices.length === 0) return { ...best, limit: carriers.size };
  for (let k = 0; k < ORDERS; k++) {
    const key = stream.word();
    const first = indices.reduce(
      (min, index) => Math.min(min, unpermuted(key, index, carriers.size)),
      carriers.size,
    );
    // Rounded, so that it tells no value.
    const limit = first < 2 ? 0 : 2 ** Math.floor(Math.log2(first));
    if (limit > best.limit) best = { key, limit };
  }
  return best;
}

function shortest(words: readonly string[]): number {
  return words.reduce((length, word) => Math.min(length, word.length), Number.POSITIVE_INFINITY);
}

/** How the positions of one run are drawn. @param texts of one length, one of each value */
function positionsOf(kind: RunKind, texts: readonly string[], least: number): Position[] {
  if (kind === 'literal') return [{ part: { chars: texts[0]! }, all: null }];
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const shared = [...counts].filter(([, count]) => count >= least).sort(([a], [b]) => (a < b ? -1 : 1));
  const sharedRows = shared.reduce((sum, [, count]) => sum + count, 0);
  if (sharedRows >= MOSTLY_SHARED * texts.length && shared.length <= texts.length / least / 2 + 1) {
    return [{ part: { words: shared.map(([word]) => word), counts: shared.map(([, n]) => n) }, all: null }];
  }
  const letters = texts.map((text) => [...text]);
  return letters[0]!.map((_, i): Position => {
    const own = new Map<string, number>();
    for (const characters of letters) own.set(characters[i]!, (own.get(characters[i]!) ?? 0) + 1);
    const supported = [...own].filter(([character, count]) => count >= least && character.length === 1);
    const rows = supported.reduce((sum, [, count]) => sum + count, 0);
    const found = supported
      .map(([character]) => character)
      .sort()
      .join('');
    const all = alphabetOf(kind, i, letters);
    // Of a position that any character of its kind may hold, no single one says anything.
    const isKnown = rows >= MOSTLY_SUPPORTED * letters.length && found !== '';
    return { part: { chars: isKnown ? found : all }, all };
  });
}

/** Characters that a position of a run may hold. */
function alphabetOf(kind: RunKind, position: number, letters: readonly (readonly string[])[]): string {
  if (kind === 'digits') return DIGITS;
  if (kind === 'upper') return UPPER;
  if (kind === 'capitalised') return position === 0 ? UPPER : LOWER;
  if (kind === 'lower') return LOWER;
  const all = new Set(letters.flat());
  const every = (chars: string) => [...all].every((character) => chars.includes(character));
  const known = [
    `${DIGITS}abcdef`,
    `${DIGITS}ABCDEF`,
    // Crockford's base 32 (ULID).
    `${DIGITS}ABCDEFGHJKMNPQRSTVWXYZ`,
    DIGITS + UPPER,
    DIGITS + LOWER,
    DIGITS + UPPER + LOWER,
  ].find(every);
  return known ?? DIGITS + UPPER + LOWER;
}
