import { z } from './zod';

/** How a person may have a column written that is not learned. */
export const WrittenAs = z.enum(['auto', 'key', 'pattern', 'fake', 'constant', 'omit']);
export type WrittenAs = z.infer<typeof WrittenAs>;

/** What can be made up. `text` is a sentence without meaning. */
export const FakeKind = z.enum([
  ...(['full-name', 'first-name', 'last-name', 'username', 'email', 'phone', 'company'] as const),
  ...(['street', 'city', 'postcode', 'country'] as const),
  ...(['iban', 'card', 'ssn', 'ip', 'url', 'uuid', 'text'] as const),
]);
export type FakeKind = z.infer<typeof FakeKind>;

/** What of people the values of a column are. */
export interface PersonalData {
  readonly kind: Exclude<FakeKind, 'text'>;
  /** 0 … 1: the share of the values seen that are plainly so; less where only the name of the column says it. */
  readonly confidence: number;
}

/** Languages that names and addresses are made up in: those that the app ships. */
export const FakeLocale = z.enum(['en', 'de', 'es', 'fr', 'it', 'nl', 'pl', 'pt']);
export type FakeLocale = z.infer<typeof FakeLocale>;

/** How a column is written that is not learned (docs/encodings.md, Columns that are not learned). */
export const Writing = z.discriminatedUnion('as', [
  /** Values of the native form, each once, none of the data. */
  z.object({ as: z.literal('key') }),
  /** start, start + step, … */
  z.object({ as: z.literal('running'), start: z.number(), step: z.number() }),
  /** Letters and digits by position, as often repeated as in the data. */
  z.object({ as: z.literal('pattern') }),
  z.object({ as: z.literal('fake'), kind: FakeKind, locale: FakeLocale }),
  /** One value in every row. */
  z.object({ as: z.literal('constant'), text: z.string() }),
  z.object({ as: z.literal('empty') }),
  /** Not in the output at all. */
  z.object({ as: z.literal('omit') }),
]);
export type Writing = z.infer<typeof Writing>;

const FAKES: Record<FakeKind, string> = {
  'full-name': 'names of people',
  'first-name': 'first names',
  'last-name': 'last names',
  username: 'user names',
  email: 'e-mail addresses',
  phone: 'phone numbers',
  company: 'names of companies',
  street: 'street addresses',
  city: 'names of towns',
  postcode: 'postcodes',
  country: 'names of countries',
  iban: 'IBANs',
  card: 'card numbers',
  ssn: 'social security numbers',
  ip: 'IP addresses',
  url: 'web addresses',
  uuid: 'UUIDs',
  text: 'sentences without meaning',
};

/** What is made up, in the plural: "e-mail addresses". */
export function fakeInWords(kind: FakeKind): string {
  return FAKES[kind];
}

/** How a column is written, to follow "written as". */
export function writingInWords(writing: Writing): string {
  switch (writing.as) {
    case 'key':
      return 'new keys of the same form';
    case 'running':
      return writing.step === 1
        ? `running numbers from ${writing.start}`
        : `running numbers from ${writing.start} in steps of ${writing.step}`;
    case 'pattern':
      return 'texts of the same pattern';
    case 'fake':
      return writing.kind === 'text'
        ? 'made-up sentences without meaning, as free text is not learned'
        : `made-up ${fakeInWords(writing.kind)}`;
    case 'constant': {
      const { text } = writing;
      return `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}” in every row`;
    }
    case 'empty':
      return 'empty cells';
    case 'omit':
      return 'nothing: it is left out';
  }
}
