import { isIban, isLuhn } from './check-digits';
import type { ColumnProfile } from './columns';
import { COMMON_NAMES } from './common-names';
import type { FakeLocale, PersonalData } from './writing';

/** Less is a guess. */
export const MIN_CONFIDENCE = 0.6;
/** Values of which so many are so say it by themselves. */
const MIN_SHARE = 0.8;
/** The column's name says it, and this share of the values could be. */
const MIN_POSSIBLE = 0.8;
const BY_NAME = 0.7;
/** Fewer numbers pass a check by chance. */
const MIN_NUMBERS = 8;

/** Forms that nothing else has, the strictest first. */
const FORMS: readonly (readonly [PersonalData['kind'], (text: string) => boolean])[] = [
  ['email', (text) => /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]{2,}$/.test(text)],
  ['url', (text) => /^(?:https?:\/\/|www\.)\S+$/i.test(text)],
  ['uuid', (text) => /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i.test(text)],
  ['ip', isIp],
  ['iban', (text) => isIban(text.replaceAll(' ', ''))],
  ['ssn', (text) => /^(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}$/.test(text)],
  ['card', (text) => /^\d(?:[\d -]{10,22})\d$/.test(text) && isLuhn(text.replace(/[ -]/g, ''))],
  ['phone', isPhone],
  ['street', isStreet],
  ['company', (text) => COMPANY.test(text)],
];

const COMPANY =
  /(?:^|\s)(?:Inc|Ltd|LLC|LLP|PLC|Corp|GmbH|AG|KG|OHG|S\.?A\.?S?|S\.?r\.?l|S\.?p\.?A|B\.?V|N\.?V|Sp\. z o\.o|Lda|& Sons|and Sons|Group)\.?$/i;
const STREET_WORD =
  /\b(?:street|st|avenue|ave|road|rd|la[n]e|ln|drive|dr|boulevard|blvd|way|court|ct|square|sq|highway|hwy|terrace|rue|via|calle|avenida|plaza|piazza|ul|ulica|rua|laan)\b|(?:strasse|straße|str|gasse|weg|platz|allee|straat|laan|plein)\b/iu;

function isIp(text: string): boolean {
  if (/^(?:\d{1,3}\.){3}\d{1,3}$/.test(text)) return text.split('.').every((part) => Number(part) < 256);
  return /^[0-9a-f:]{3,39}$/i.test(text) && text.split(':').length >= 4;
}

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  if (digits < 7 || digits > 15 || !/^\+?\(?\d[\d ()./x-]{5,}\d$/.test(text)) return false;
  // Digits in two groups alone are a code, a range or a date as well.
  return /^\+|^00|\(\d+\)/.test(text) || /^\d{2,5}[ ./-]\d{3,}[ ./-]\d{2,}/.test(text);
}

function isStreet(text: string): boolean {
  return /\d/.test(text) && STREET_WORD.test(text) && /^[\p{L}\d .,'’/#-]{5,80}$/u.test(text);
}

/** What the names of columns say, whole or as one of their words. */
const NAMED: readonly (readonly [PersonalData['kind'], RegExp])[] = [
  ['email', /\be-?mails?\b|courriel|correo/],
  ['username', /\b(?:user ?name|login|nick ?name|handle|screen ?name|benutzername)\b/],
  ['first-name', /\b(?:first ?name|given ?name|fore ?name|vorname|pr[ée]nom|nombre|imi[eę])\b/],
  [
    'last-name',
    /\b(?:last ?name|sur ?name|family ?name|nachname|familienname|nom de famille|apellidos?|cognome|nazwisko)\b/,
  ],
  ['phone', /\b(?:phone|telephone|mobile|cell|tel|fax|telefon|handy|t[ée]l[ée]phone|tel[ée]fono)\b/],
  ['street', /\b(?:street|address|addr|adresse|stra(?:ss|ß)e|direcci[oó]n|indirizzo|adres)\b/],
  ['city', /\b(?:city|town|stadt|ville|ciudad|citt[àa]|miasto|gemeinde)\b/],
  ['postcode', /\b(?:zip|zip ?code|post ?code|postal ?code|plz|postleitzahl|code postal)\b/],
  ['country', /\b(?:country|land|pays|pa[ií]s|nation)\b/],
  ['iban', /\biban\b/],
  ['card', /\b(?:card ?(?:number|no)|credit ?card|pan)\b/],
  ['ssn', /\b(?:ssn|social security)\b/],
  ['ip', /\b(?:ip|ip ?address)\b/],
  ['url', /\b(?:url|website|homepage|web ?site)\b/],
  ['company', /\b(?:company|firm|firma|employer|organi[sz]ation|entreprise|empresa|azienda)\b/],
  [
    'full-name',
    /^(?:name|full ?name|(?:customer|client|patient|member|contact|passenger|employee|person|host|player|student|author|holder|owner|user|guest) ?name|kundenname|nom|nome)$/,
  ],
];

/** What a value must be for a column's name to be believed. */
const POSSIBLE: Partial<Record<PersonalData['kind'], RegExp>> = {
  username: /^[\p{L}\d._@-]{2,40}$/u,
  'first-name': /^\p{L}[\p{L}\p{M}'’ .-]{0,40}$/u,
  'last-name': /^\p{L}[\p{L}\p{M}'’ .-]{0,40}$/u,
  'full-name': /^\p{L}[\p{L}\p{M}'’ .,()"-]{2,80}$/u,
  phone: /^[+\d][\d ()./x-]{5,22}$/,
  street: /\p{L}{2}/u,
  city: /^\p{L}[\p{L}\p{M}'’ .()/-]{1,60}$/u,
  postcode: /^(?=.*\d)[A-Z\d][A-Z\d -]{2,9}$/i,
  country: /^\p{Lu}[\p{L}\p{M}'’ .,()&-]{1,60}$/u,
  ssn: /^[\d -]{9,13}$/,
  company: /\p{L}{2}/u,
};

/**
 * What of people a text column holds, told from its most frequent values (at most 20) and its name; a UUID or web address
 * is told, too. Suggests only: nothing that is learned changes by it (docs/encodings.md, Columns that are not learned).
 * @returns null: nothing of people, as far as can be told
 */
export function personalData(profile: ColumnProfile): PersonalData | null {
  if (profile.personal) return profile.personal;
  if (profile.storageType === 'integer') return numberOfPerson(profile);
  if (profile.storageType !== 'text') return null;
  const texts = sampleTexts(profile);
  if (texts.length === 0) return null;
  const share = (test: (text: string) => boolean) => texts.filter(test).length / texts.length;
  for (const [kind, test] of FORMS) {
    const found = share(test);
    if (found >= MIN_SHARE) return { kind, confidence: found };
  }
  const name = wordsOf(profile.originalName || profile.name);
  const said = NAMED.find(([, words]) => words.test(name))?.[0];
  const possible = said && POSSIBLE[said];
  const isSaid = possible !== undefined && share((text) => possible.test(text)) >= MIN_POSSIBLE;
  const byContent = personNames(texts);
  if (isSaid && said && said !== 'full-name') return { kind: said, confidence: BY_NAME };
  if (byContent) {
    const certain = isSaid ? Math.max(byContent.confidence, BY_NAME) : byContent.confidence;
    return { kind: byContent.kind, confidence: certain };
  }
  if (isSaid && said && share((text) => /\s/.test(text)) >= MIN_SHARE)
    return { kind: said, confidence: BY_NAME };
  return null;
}

/** Whole numbers that are cards by their check digits, or phone numbers by their column's name. */
function numberOfPerson(profile: ColumnProfile): PersonalData | null {
  const { rowCount, nullCount, distinctCount } = profile;
  const texts = sampleTexts(profile);
  if (texts.length < MIN_NUMBERS || distinctCount < MIN_SHARE * (rowCount - nullCount)) return null;
  const cards = texts.filter((text) => text.length >= 13 && isLuhn(text)).length / texts.length;
  if (cards >= MIN_SHARE) return { kind: 'card', confidence: cards };
  const isLong = texts.every((text) => /^\d{7,15}$/.test(text));
  const said = NAMED.find(([, words]) => words.test(wordsOf(profile.originalName || profile.name)))?.[0];
  return isLong && said === 'phone' ? { kind: 'phone', confidence: BY_NAME } : null;
}

/** Names of people by the first names in them. */
function personNames(texts: readonly string[]): PersonalData | null {
  const isName = /^\p{Lu}[\p{L}\p{M}'’.-]*(?:,? +[\p{L}\p{M}'’."()-]+){0,5}$/u;
  const words = texts.map((text) => (isName.test(text) ? text.split(/[\s,.()"]+/).filter(Boolean) : []));
  const known = (parts: readonly string[]) =>
    parts.some((part) => COMMON_NAMES.has(part.toLocaleLowerCase('en')));
  const shaped = words.filter(({ length }) => length > 0);
  if (shaped.length < MIN_SHARE * texts.length) return null;
  const share = words.filter(known).length / texts.length;
  // Few hundred first names cover about half of the people of a country.
  if (share < 0.3) return null;
  const several = words.filter(({ length }) => length >= 2).length / texts.length;
  return { kind: several >= 0.5 ? 'full-name' : 'first-name', confidence: Math.min(1, 0.5 + share / 2) };
}

/** Values that a profile holds: the most frequent ones, where all are rare some of them. */
export function sampleTexts({
  histogram,
  topValues,
}: Pick<ColumnProfile, 'histogram' | 'topValues'>): string[] {
  const labels = histogram.flatMap(({ label }) => (typeof label === 'string' ? [label] : []));
  return (labels.length > topValues.length ? labels : topValues.map(({ value }) => value)).map((text) =>
    text.trim(),
  );
}

/** A column's name as words: `CustomerName` → "customer name". */
function wordsOf(name: string): string {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[^\p{L}\p{M}\d-]+/gu, ' ')
    .trim()
    .toLocaleLowerCase('en');
}

const LETTERS: readonly (readonly [FakeLocale, RegExp])[] = [
  ['pl', /[łśżźćńąę]/i],
  ['de', /[äöüß]|(?:strasse|gasse|weg|platz)\b|\bGmbH\b/i],
  ['es', /[ñ¿¡]|\bcalle\b/i],
  ['pt', /[ãõ]|\brua\b/i],
  ['fr', /[èêçœ]|\brue\b/i],
  ['it', /[ìò]|\b(?:via|piazza)\b/i],
  ['nl', /(?:straat|laan|plein)\b|\bvan (?:de[nr]?|het)\b/i],
];
/** What comes first in IBANs and phone numbers, and last in addresses on the Internet. */
const COUNTRIES: readonly (readonly [FakeLocale, RegExp])[] = [
  ['de', /^(?:DE|AT|CH)\d\d|^(?:\+|00)4[139]|\.(?:de|at|ch)$/],
  ['fr', /^(?:FR|BE)\d\d|^(?:\+|00)33|\.fr$/],
  ['es', /^ES\d\d|^(?:\+|00)34|\.es$/],
  ['it', /^IT\d\d|^(?:\+|00)39|\.it$/],
  ['nl', /^NL\d\d|^(?:\+|00)31|\.nl$/],
  ['pl', /^PL\d\d|^(?:\+|00)48|\.pl$/],
  ['pt', /^PT\d\d|^(?:\+|00)(?:351|55)|\.(?:pt|br)$/],
];

/** The language that values are of, as far as a tenth of them tell; else English. */
export function localeOf(texts: readonly string[]): FakeLocale {
  for (const rules of [COUNTRIES, LETTERS]) {
    const counts = rules.map(
      ([locale, rule]) => [locale, texts.filter((text) => rule.test(text)).length] as const,
    );
    const [best, count] = counts.reduce((a, b) => (b[1] > a[1] ? b : a));
    const enough = rules === COUNTRIES ? 0.5 : 0.1;
    if (count > 0 && count >= enough * texts.length) return best;
  }
  return 'en';
}
