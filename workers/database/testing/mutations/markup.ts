import type { RandomStream } from '../../../../src/domain/random';
import type { Change } from './bytes';

/** Values of attributes: of cells, sizes, counts, indices, types. */
const VALUES = [
  '',
  '0',
  '-1',
  '4294967295',
  '1e308',
  'NaN',
  'A1',
  'XFD1048576',
  'ZZZZZZZ1',
  'A99999999999',
  'A1:XFD1048576',
  'A0',
  'b',
  's',
  'e',
  'd',
  'str',
  'inlineStr',
  '&#0;',
  '&undefined;',
  'true',
];
/** Texts of elements. */
const TEXTS = [
  ...[
    '',
    '1e400',
    '-1',
    '2958466',
    '1e15',
    '#N/A',
    '<![CDATA[<c>]]>',
    '&#x10FFFF;&#xD800;',
    ']]>',
    '9'.repeat(400),
  ],
  ...['&lt;script&gt;', '=1+1', '\ufffe', 'x'.repeat(40_000)],
];
/** Entities of entities (https://en.wikipedia.org/wiki/Billion_laughs_attack). */
const ENTITIES = Array.from(
  { length: 10 },
  (_, i) => `<!ENTITY e${i + 1} "${i === 0 ? 'ha' : `&e${i};`.repeat(10)}">`,
);
const BOMB = `<!DOCTYPE x [${ENTITIES.join('')}]>`;

const ATTRIBUTE = /[\w:]+="[^"]*"/g;
const TEXT = />[^<>]+</g;
const ELEMENT = /<(\w+)[^<>]*(?:\/>|>[^<]*<\/\1>)/g;

type TextChange = (text: string, random: RandomStream) => string;

const CHANGES: readonly TextChange[] = [
  (text, random) =>
    replaced(text, ATTRIBUTE, random, (found) => `${found.split('=')[0]}="${pick(VALUES, random)}"`),
  (text, random) =>
    replaced(text, ATTRIBUTE, random, (found) => `${found.split('=')[0]}="${pick(VALUES, random)}"`),
  (text, random) => replaced(text, ATTRIBUTE, random, () => ''),
  (text, random) => replaced(text, TEXT, random, () => `>${pick(TEXTS, random)}<`),
  (text, random) => replaced(text, ELEMENT, random, () => ''),
  (text, random) => replaced(text, ELEMENT, random, (found) => repeated(found, 1 + 10 ** random.below(4))),
  (text, random) =>
    replaced(text, ELEMENT, random, (found) => {
      const depth = 10 ** (1 + random.below(4));
      return `${repeated('<g>', depth, DEEP)}${found}${repeated('</g>', depth, DEEP)}`;
    }),
  (text, random) => {
    const laughing = replaced(text, TEXT, random, () => '>&e10;<');
    const at = laughing.indexOf('?>') + 2;
    return `${laughing.slice(0, at)}${BOMB}${laughing.slice(at)}`;
  },
  (text, random) => replaced(text, /<\/?\w+/g, random, (found) => `${found}x`),
];

/** Attributes, texts and elements of XML: extremes, entities, depth, numbers of elements. */
export const MARKUP_CHANGES: readonly Change[] = CHANGES.map(onText);

/** A change of a text as one of its bytes in UTF-8. */
export function onText(change: TextChange): Change {
  return (bytes, random) => new TextEncoder().encode(change(new TextDecoder().decode(bytes), random));
}

export function pick<T>(from: readonly T[], random: RandomStream): T {
  return from[random.below(from.length)]!;
}

/** A text over and over, but not without end: small files are to be read fast. */
export function repeated(text: string, times: number, characters = 1_500): string {
  return text.repeat(Math.min(times, Math.ceil(characters / Math.max(1, text.length))));
}

/** Of elements within elements. */
export const DEEP = 40_000;

/** One of the finds of a pattern as something else. */
export function replaced(
  text: string,
  pattern: RegExp,
  random: RandomStream,
  by: (found: string) => string,
): string {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const { 0: match, index } = pick(found, random);
  return text.slice(0, index) + by(match) + text.slice(index + match.length);
}
