import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { inventValues } from './invented-values';
import { MIN_VALUES } from './supported-counts';

const stream = (seed = 1) => new RandomStream(seed, 'test');

/** `count` distinct texts of a form, in which the k-th random number below a bound is drawn by `below`. */
function textsOf(form: (below: (bound: number) => number) => string, count: number, seed = 1): string[] {
  const draws = new RandomStream(seed, 'texts');
  const texts = new Set<string>();
  while (texts.size < count) texts.add(form((bound) => draws.below(bound)));
  return [...texts];
}

function invent(hidden: readonly string[], count = hidden.length, seed = 1): string[] | null {
  const taken = new Set(hidden);
  return inventValues(hidden, count, (text) => taken.has(text), stream(seed));
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const SYLLABLES = [
  'an',
  'bo',
  'cel',
  'dor',
  'fin',
  'gra',
  'kar',
  'lin',
  'mar',
  'nor',
  'pet',
  'ro',
  'tor',
  'ven',
];
type Below = (bound: number) => number;
const digits = (below: Below, n: number) => Array.from({ length: n }, () => below(10)).join('');
const name = (below: Below) => {
  const word = Array.from({ length: 2 + below(2) }, () => SYLLABLES[below(SYLLABLES.length)]!).join('');
  return word[0]!.toUpperCase() + word.slice(1);
};
const hex = (below: Below, n: number) =>
  Array.from({ length: n }, () => '0123456789abcdef'[below(16)]!).join('');

const FORMS: Record<string, { form: (below: Below) => string; pattern: RegExp }> = {
  'customer numbers': { form: (b) => `CUST${digits(b, 4)}`, pattern: /^CUST\d{4}$/ },
  phones: { form: (b) => `+49 30 ${digits(b, 7)}`, pattern: /^\+49 30 \d{7}$/ },
  'first and last names': { form: (b) => `${name(b)} ${name(b)}`, pattern: /^\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+$/u },
  'e-mails': {
    form: (b) => `${name(b).toLowerCase()}${b(90)}@${['mail', 'post', 'web'][b(3)]}.example`,
    pattern: /^[a-z]+\d+@(mail|post|web)\.example$/,
  },
  uuids: {
    form: (b) => `${hex(b, 8)}-${hex(b, 4)}-4${hex(b, 3)}-a${hex(b, 3)}-${hex(b, 12)}`,
    pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
  },
  hashes: { form: (b) => hex(b, 16), pattern: /^[0-9a-f]{16}$/ },
  'number plates': {
    form: (b) =>
      `${['B', 'HH', 'K'][b(3)]}-${LETTERS[b(26)]!.toUpperCase()}${LETTERS[b(26)]!.toUpperCase()} ${1 + b(9)}${digits(b, 3)}`,
    pattern: /^(B|HH|K)-[A-Z]{2} \d{4}$/,
  },
  'accented names': {
    form: (b) => `Ø${name(b).toLowerCase()} Łę${name(b).toLowerCase()}`,
    pattern: /^Ø[a-z]+ Łę[a-z]+$/,
  },
};

describe.each(Object.entries(FORMS))('%s', (_, { form, pattern }) => {
  const hidden = textsOf(form, 300);

  it('become others of their form, as many as wanted, all different and none of the data', () => {
    const invented = invent(hidden)!;
    expect(invented).toHaveLength(hidden.length);
    expect(new Set([...invented, ...hidden]).size).toBe(2 * hidden.length);
    for (const text of invented) expect(text).toMatch(pattern);
  });

  it('become the same for the same seed alone', () => {
    expect(invent(hidden)).toEqual(invent(hidden));
    expect(invent(hidden, hidden.length, 2)).not.toEqual(invent(hidden));
  });
});

test('numbers that are nearly all in use go beyond them', () => {
  const padded = Array.from({ length: 400 }, (_, i) => `C${String(i).padStart(4, '0')}`);
  for (const text of invent(padded)!) expect(text).toMatch(/^C\d{4}$/);
  const full = Array.from({ length: 1000 }, (_, i) => `K${String(i).padStart(3, '0')}`);
  for (const text of invent(full)!) expect(text).toMatch(/^K\d{4,}$/);
});

test('texts without a common form are not invented', () => {
  const sentences = textsOf((b) => Array.from({ length: 8 }, () => name(b)).join(' '), 200);
  expect(invent(sentences)).toBeNull();
  const emoji = textsOf(
    (b) => Array.from({ length: 30 }, () => ['😀', '🎉', '✨', '🙂'][b(4)]!).join(''),
    200,
  );
  expect(invent(emoji)).toBeNull();
  expect(invent(textsOf(name, 19))).toBeNull();
  // All dates are in use: no other is one.
  const dates = Array.from(
    { length: 360 },
    (_, i) => `2020-${pad(1 + Math.floor(i / 30))}-${pad(1 + (i % 30))}`,
  );
  expect(invent(dates)).toBeNull();
});

const pad = (n: number) => String(n).padStart(2, '0');

test('nothing that fewer values share is in an invented one', () => {
  // Each of the hidden values may have a word, a letter, a digit or a form of its own.
  const odd = fc.constantFrom('Xq', 'Ünal', 'Zzyzx', 'ß', '77', 'Ω', 'x');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(119), odd), { maxLength: MIN_VALUES - 1 }),
      fc.nat(),
      (marks, seed) => {
        const hidden = textsOf(
          (b) => `Ab${'bcde'[b(4)]}${'bcde'[b(4)]}a ${1 + b(5)}${1 + b(5)}${1 + b(5)}${1 + b(5)}`,
          120,
        );
        for (const [row, mark] of marks) hidden[row] = `${mark}${hidden[row]}${mark}`;
        const invented = invent([...new Set(hidden)], 100, seed)!;
        for (const text of invented) expect(text).toMatch(/^Ab[abcde]+ \d+$/);
        for (const text of invented) expect(text).not.toMatch(/x|q|Ü|ß|Ω|77Ab/i);
      },
    ),
    { numRuns: 30 },
  );
});

test('a first character that makes a formula comes from the data alone', () => {
  const hidden = [...textsOf((b) => `R${digits(b, 5)}`, 200), '=1+1', '@cmd', '+1', '-1', '<b>'];
  for (const text of invent(hidden)!) expect(text).toMatch(/^R\d{5}$/);
});
