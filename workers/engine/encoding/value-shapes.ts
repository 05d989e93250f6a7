/** Kind of a run of characters of a text. */
export type RunKind =
  /** 0–9. */
  | 'digits'
  /** One upper-case letter and lower-case ones after it. */
  | 'capitalised'
  | 'upper'
  | 'lower'
  /** Letters without case. */
  | 'letters'
  /** Letters and digits in any order: only in coarse shapes. */
  | 'mixed'
  /** One character that is neither letter nor digit: part of the shape itself. */
  | 'literal';

export interface Run {
  readonly kind: RunKind;
  readonly text: string;
}

/** Longer texts, and texts of more words, are sentences: their form says nothing. */
const MAX_LENGTH = 80;
const MAX_WORDS = 5;

const FINE =
  /(?<digits>[0-9]+)|(?<capitalised>\p{Lu}\p{Ll}+)|(?<upper>\p{Lu}+)|(?<lower>\p{Ll}+)|(?<letters>[\p{L}\p{M}]+)|(?<literal>.)/gsu;
/** A part between spaces that has a letter. */
const WORD = /\S*\p{L}\S*/gu;
const COARSE = /(?<mixed>[\p{L}\p{M}0-9]+)|(?<literal>.)/gsu;

/**
 * A text as runs of one kind of character each; coarse: letters and digits are one kind, as in UUIDs and hashes.
 * @returns null for a sentence
 */
export function runsOf(text: string, coarse: boolean): Run[] | null {
  if (text.length > MAX_LENGTH || (text.match(WORD)?.length ?? 0) > MAX_WORDS) return null;
  return Array.from(text.matchAll(coarse ? COARSE : FINE), ({ groups }) => {
    const [kind, found] = Object.entries(groups!).find(([, part]) => part !== undefined)!;
    return { kind: kind as RunKind, text: found! };
  });
}

/** Texts with the same key have the same shape: kinds of runs and literal characters in the same order. */
export function shapeKey(runs: readonly Run[]): string {
  return runs.map(({ kind, text }) => (kind === 'literal' ? `=${text}` : kind)).join(' ');
}
