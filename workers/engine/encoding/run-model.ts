import type { RandomStream } from '../../../src/domain/random';
import { type Choices, choicesOf, choose, evenly, SupportedCounts } from './supported-counts';
import type { RunKind } from './value-shapes';

const DIGITS = [...'0123456789'];
/** Letters before the next one that its draw depends on. */
const CONTEXT = 2;
const START = '\u0002';

/**
 * How one run of a shape is drawn: as a text that enough values share, or character by character. Whatever is used –
 * text, length, character at a position or after others – at least `MIN_VALUES` distinct values have; where none is, the
 * draw falls back to a coarser count (docs/encodings.md, Invented values).
 */
export interface RunModel {
  /**
   * @param width how much wider than the data the choice is, from 0: see `docs/encodings.md`
   * @returns null if too little is shared to draw from
   */
  draw(stream: RandomStream, width: number): string | null;
  /** Distinct texts where they are spelled; 1 where shared ones suffice. */
  readonly variety: number;
}

/** Where shared texts are this part of all, no others are spelled: days, years, domains, first names. */
const MOSTLY_SHARED = 0.5;

/**
 * @param texts of the run, one of each value
 * @param raised by how much the threshold of rarity is
 */
export function learnRun(kind: RunKind, texts: readonly string[], raised: number): RunModel {
  if (kind === 'literal') return { variety: 1, draw: () => texts[0]! };
  const words = new SupportedCounts<string>(raised);
  for (const text of texts) words.add([text]);
  const shared = words.choices();
  if (shared.total >= MOSTLY_SHARED * texts.length) {
    return { variety: 1, draw: (stream) => choose(shared, stream) };
  }
  const spell = learnSpelling(kind, texts, raised);
  return {
    variety: new Set(texts).size,
    draw: (stream, width) =>
      width === 0 && stream.below(texts.length) < shared.total
        ? choose(shared, stream)
        : spell(stream, width),
  };
}

type Spelling = (stream: RandomStream, width: number) => string | null;

function learnSpelling(kind: RunKind, texts: readonly string[], raised: number): Spelling {
  const lengths = lengthsOf(texts, raised);
  if (kind === 'digits') return digitSpelling(texts, lengths, raised);
  if (kind === 'mixed') return positionSpelling(texts, lengths, raised);
  return letterSpelling(texts, lengths, raised);
}

/** Lengths that enough texts have, else the mean one. */
function lengthsOf(texts: readonly string[], raised: number): Choices<number> {
  const counts = new SupportedCounts<number>(raised);
  for (const text of texts) counts.add([[...text].length]);
  const choices = counts.choices();
  if (choices.total > 0) return choices;
  const sum = texts.reduce((total, text) => total + [...text].length, 0);
  return evenly([Math.max(1, Math.round(sum / texts.length))]);
}

/** Characters by position of the texts of each length. */
function positionsOf(
  texts: readonly string[],
  lengths: Choices<number>,
  raised: number,
): Map<number, readonly Choices<string>[]> {
  return new Map(
    lengths.items.map((length) => {
      const counts = Array.from({ length }, () => new SupportedCounts<string>(raised));
      for (const text of texts) {
        const characters = [...text];
        if (characters.length !== length) continue;
        for (const [i, character] of characters.entries()) counts[i]!.add([character]);
      }
      return [length, counts.map((position) => position.choices())];
    }),
  );
}

/**
 * Digits by position. Each step of width gives all digits to one more of the positions that have not all of them, from
 * the right; then the number gets longer.
 */
function digitSpelling(texts: readonly string[], lengths: Choices<number>, raised: number): Spelling {
  const positions = positionsOf(texts, lengths, raised);
  return (stream, width) => {
    const learned = positions.get(choose(lengths, stream))!;
    let left = width;
    const choices = learned.map((choice) => choice);
    for (let i = choices.length - 1; i >= 0 && left > 0; i--) {
      const { items } = choices[i]!;
      const all = i === 0 && items.length > 0 && !items.includes('0') ? DIGITS.slice(1) : DIGITS;
      if (items.length >= all.length) continue;
      choices[i] = evenly(all);
      left--;
    }
    for (; left > 0; left--) choices.push(evenly(DIGITS));
    return choices.map((choice) => choose(choice.total > 0 ? choice : evenly(DIGITS), stream)).join('');
  };
}

/** Characters by position, where few are shared by those of the whole run. */
function positionSpelling(texts: readonly string[], lengths: Choices<number>, raised: number): Spelling {
  const positions = positionsOf(texts, lengths, raised);
  const anywhere = new SupportedCounts<string>(raised);
  for (const text of texts) anywhere.add(text);
  const all = anywhere.choices();
  return (stream, width) => {
    if (all.total === 0) return null;
    return positions
      .get(choose(lengths, stream))!
      .map((choice) =>
        choose(choice.total > 0 && (width === 0 || choice.items.length === 1) ? choice : all, stream),
      )
      .join('');
  };
}

/** Letters, each after those before it. Each step of width forgets one of these. */
function letterSpelling(texts: readonly string[], lengths: Choices<number>, raised: number): Spelling {
  const next = Array.from({ length: CONTEXT + 1 }, () => new Map<string, SupportedCounts<string>>());
  for (const text of texts) {
    const characters = [...text];
    next.forEach((contexts, size) => {
      const followers = new Map<string, string[]>();
      characters.forEach((character, i) => {
        const context = contextAt(characters, i, size);
        const list = followers.get(context);
        if (list) list.push(character);
        else followers.set(context, [character]);
      });
      for (const [context, list] of followers) {
        let counts = contexts.get(context);
        if (!counts) {
          counts = new SupportedCounts(raised);
          contexts.set(context, counts);
        }
        counts.add(list);
      }
    });
  }
  const choices = next.map(
    (contexts) => new Map(Array.from(contexts, ([context, counts]) => [context, counts.choices()])),
  );
  const none = choicesOf<string>([]);
  return (stream, width) => {
    const length = choose(lengths, stream);
    const characters: string[] = [];
    for (let i = 0; i < length; i++) {
      let size = Math.max(0, CONTEXT - width);
      let choice = none;
      for (; size >= 0 && choice.total === 0; size--) {
        choice = choices[size]!.get(contextAt(characters, i, size)) ?? none;
      }
      if (choice.total === 0) return null;
      characters.push(choose(choice, stream));
    }
    return characters.join('');
  };
}

/** The characters before index i; the first letter of a word has a context of its own at every size. */
function contextAt(characters: readonly string[], i: number, size: number): string {
  return i === 0 ? START : characters.slice(Math.max(0, i - size), i).join('');
}
