import { LETTER_TABLES } from './letters-of-languages';

/** Symbols that text holds, and the value of each where it stands as it should. */
const QUOTATION = '“”„‚‘«»‹›';
const AMOUNTS = '€£¥¢°§';
const SIGNS = '®™©²³¹½¼¾×±ªº•µ¿¡№';
const DASHES = '–—';

/**
 * How much a decoded text looks like one that people write, per character beyond ASCII: about 1 for text, below 0 for
 * what a wrong encoding makes of it. It looks at controls and undecodable bytes, at symbols and capitals inside words, at
 * scripts mixed in a word, and at how usual the letters are in the one language that suits them best.
 * Returns 0 for a text of ASCII alone.
 */
export function plausibility(text: string): number {
  const chars = [...text];
  const letters = new Map<string, number>();
  const pairs = new Map<string, number>();
  let sum = 0;
  let count = 0;
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i]!;
    if (char.charCodeAt(0) < 128) continue;
    count++;
    const kind = kindOf(char);
    const before = chars[i - 1] ?? ' ';
    const after = chars[i + 1] ?? ' ';
    if (kind === 'broken') sum -= 4;
    else if (kind === 'symbol') sum += symbolValue(char, before, after, chars, i);
    else {
      sum += contextValue(kind, before, char, after);
      const small = smallLetter(char);
      add(letters, small);
      if (kind !== 'latin') continue;
      add(pairs, neighbour(before) + small);
      // Of two letters beyond ASCII the second one has added the pair.
      if (after.charCodeAt(0) < 128) add(pairs, small + neighbour(after));
    }
  }
  if (count === 0) return 0;
  let best = letters.size === 0 ? 0 : Number.NEGATIVE_INFINITY;
  for (const table of LETTER_TABLES) {
    let value = 0;
    for (const [letter, times] of letters) value += times * table.letter(letter);
    for (const [pair, times] of pairs) value += times * table.pair(pair);
    best = Math.max(best, value);
  }
  return (sum + best) / count;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Its small form; İ, whose small form is two characters, as it is. */
function smallLetter(char: string): string {
  const small = char.toLowerCase();
  return small.length === char.length ? small : char;
}

function neighbour(char: string): string {
  return isLetter(char) ? smallLetter(char) : '_';
}

type Kind = 'broken' | 'symbol' | 'latin' | 'alphabet' | 'ideograph';

const kinds = new Map<string, Kind>();

function kindOf(char: string): Kind {
  let kind = kinds.get(char);
  if (kind === undefined) {
    if (/[\ufffd\p{Cc}\p{Co}\p{Cn}\p{Cs}]/u.test(char)) kind = 'broken';
    else if (
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー、。「」・（）]/u.test(char)
    ) {
      kind = 'ideograph';
    } else if (char !== 'ª' && char !== 'º' && /\p{Script=Latin}/u.test(char)) kind = 'latin';
    else if (/[\p{L}\p{M}]/u.test(char) && !'ªºµ'.includes(char)) kind = 'alphabet';
    else kind = 'symbol';
    kinds.set(char, kind);
  }
  return kind;
}

const isAsciiLetter = (char: string) => /[A-Za-z]/.test(char);
const isLetter = (char: string) => /\p{L}/u.test(char);
const isUpper = (char: string) => char !== char.toLowerCase() && char === char.toUpperCase();
const isLower = (char: string) => char !== char.toUpperCase() && char === char.toLowerCase();

function contextValue(kind: Kind, before: string, char: string, after: string): number {
  if (kind === 'ideograph') {
    const halfWidth = char >= '\uff61' && char <= '\uff9f' ? -1.2 : 0;
    const mixed = (isAsciiLetter(before) ? 1 : 0) + (isAsciiLetter(after) ? 1 : 0);
    const foreign = /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(before + after) ? 2 : 0;
    return halfWidth - mixed * (mixed === 2 ? 1.5 : 0.6) - foreign;
  }
  let value = 0;
  if (isUpper(char) && isLower(before)) value -= 3;
  else if (isLower(char) && isUpper(before) && isUpper(after)) value -= 3;
  else if (isLower(char) && isUpper(after)) value -= 1.5;
  if (kind === 'alphabet') {
    // In Hebrew's bytes KOI8-R sees capitals alone.
    if (isUpper(char) && (isUpper(before) || isUpper(after))) value -= 0.15;
    if (isAsciiLetter(before)) value -= 1.5;
    if (isAsciiLetter(after)) value -= 1.5;
    // Hardly a word, but for a few of Cyrillic and Greek.
    if (!/[\p{L}\p{M}]/u.test(before + after))
      value -= /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(char) ? 0.3 : 1.5;
    // A vowel sign or tone mark stands with a consonant; Thai's vowels before one have none.
    if (/\p{M}/u.test(char) && (!/[\p{L}\p{M}]/u.test(before) || /[เแโใไ]/.test(before))) value -= 2;
  } else {
    // Portuguese has ão, ãe, ãs, and manhã, irmã; elsewhere it is Romanian's ă.
    if (char === 'ã' && (isLetter(after) ? !/[oesn]/.test(after) : /[bcdgnpstvz]/.test(before))) value -= 0.6;
    if (!isLetter(before) && !isLetter(after)) value -= 1;
    if (/\d/.test(before) || /\d/.test(after)) value -= 1;
    if (/[^\p{Script=Latin}\P{L}]/u.test(before) || /[^\p{Script=Latin}\P{L}]/u.test(after)) value -= 1.5;
  }
  return value;
}

function symbolValue(
  char: string,
  before: string,
  after: string,
  chars: readonly string[],
  at: number,
): number {
  const inside = isLetter(before) && isLetter(after);
  if (char === '’' || char === 'ʼ') {
    if (!inside) return /[\s\p{P}\d]/u.test(before + after) ? 0.5 : -1;
    return isElision(chars, at) ? 1.2 : 0.5;
  }
  if (isOfUnit(char, before, after)) return 1.5;
  if (char === '\u00a0' || char === '\u00ad' || char === '·') return 0.3;
  if (inside) return -3;
  if (AMOUNTS.includes(char)) return /[\d\s]/.test(before + after) && !isLetter(before) ? 0.9 : -0.5;
  if (DASHES.includes(char)) return isLetter(before) !== isLetter(after) ? -0.3 : 0.8;
  if (char === '…') return 0.6;
  if (QUOTATION.includes(char)) return 0.6;
  if (SIGNS.includes(char)) return 0.4;
  if (/[\u2500-\u25ff\u2200-\u22ff]/u.test(char)) return -2.5;
  return -1.2;
}

/** µg, °C, km². */
function isOfUnit(char: string, before: string, after: string): boolean {
  if (char === 'µ') return !isLetter(before) && /[gmslAVFWJ]/.test(after);
  if (char === '°') return !isLetter(before) && /[CFKNESW]/.test(after);
  return (char === '²' || char === '³') && before === 'm' && !isLetter(after);
}

/** don’t, it’s, we’ll, O’Brien, l’eau, aujourd’hui. */
function isElision(chars: readonly string[], at: number): boolean {
  let end = at + 1;
  while (end < chars.length && isLetter(chars[end]!) && end - at < 5) end++;
  if (/^(?:s|t|d|m|re|ll|ve)$/i.test(chars.slice(at + 1, end).join(''))) return true;
  const before = chars.slice(Math.max(0, at - 3), at).join('');
  return /(?:^|\P{L})(?:[cdjlmnstyoOCDJLMNST]|qu|Qu)$/u.test(before);
}
