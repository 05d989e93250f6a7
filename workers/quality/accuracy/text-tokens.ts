import type { TextColumn } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';

/** Share of values that occur once above which a column counts as free text (docs/metrics.md, Free text). */
const UNIQUE_SHARE = 0.05;
/** Letters of one token at most, about the mean length of a byte-pair token of English text. */
const TOKEN_LETTERS = 4;
/** A cell's tokens are drawn from its beginning, so that 100 kB cells cost no more than short ones. */
const MAX_CELL_LENGTH = 4096;

/**
 * True if a column is compared by its tokens instead of its values: more than 5 % of its non-null rows hold a value
 * that occurs once. Decided on the original, for all sets.
 */
export function isFreeText(original: TextColumn): boolean {
  const counts = new Int32Array(original.dictionary.length);
  let present = 0;
  for (const code of original.codes) {
    if (code < 0) continue;
    counts[code]!++;
    present++;
  }
  const unique = counts.reduce((sum, count) => sum + (count === 1 ? 1 : 0), 0);
  return present > 0 && unique / present > UNIQUE_SHARE;
}

/**
 * Sub-word tokens of a text: letter runs cut every four letters, digit runs every three, single marks. A blank before a
 * token is part of it, shown as ▁ as in the reference. They replace GPT-2's byte pairs, in original and synthetic rows.
 */
export function tokenize(text: string): string[] {
  const tokens: string[] = [];
  for (const [run] of text
    .slice(0, MAX_CELL_LENGTH)
    .matchAll(/\s?(?:[\p{L}\p{M}]+|\p{N}+|[^\s\p{L}\p{M}\p{N}])/gu)) {
    const blank = /^\s/.test(run);
    const body = Array.from(blank ? run.slice(1) : run);
    const step = /^\p{N}/u.test(body[0]!) ? 3 : TOKEN_LETTERS;
    for (let at = 0; at < body.length; at += step) {
      tokens.push((blank && at === 0 ? '▁' : '') + body.slice(at, at + step).join(''));
    }
  }
  return tokens;
}

/** One random token of every cell; null for cells without any. */
export function drawTokens(column: TextColumn, seed: number, stream: string): TextColumn {
  const random = new RandomStream(seed, stream);
  const tokensByCode = new Map<number, Int32Array>();
  const dictionary: string[] = [];
  const known = new Map<string, number>();
  const tokensOf = (code: number): Int32Array => {
    let tokens = tokensByCode.get(code);
    if (!tokens) {
      tokens = Int32Array.from(tokenize(column.dictionary[code]!), (token) => {
        const index = known.get(token) ?? dictionary.push(token) - 1;
        known.set(token, index);
        return index;
      });
      tokensByCode.set(code, tokens);
    }
    return tokens;
  };
  const codes = Int32Array.from(column.codes, (code) => {
    const tokens = code < 0 ? null : tokensOf(code);
    return tokens && tokens.length > 0 ? tokens[random.below(tokens.length)]! : -1;
  });
  return { kind: 'text', codes, dictionary };
}
