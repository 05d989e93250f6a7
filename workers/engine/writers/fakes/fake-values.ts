import type { Faker } from '@faker-js/faker';
import { ibanOf, withLuhn } from '../../../../src/domain/check-digits';
import { uuidOf } from '../../../../src/domain/ids';
import { hash, hashText, RandomStream } from '../../../../src/domain/random';
import type { FakeLocale } from '../../../../src/domain/writing';
import { permuted } from '../permute';
import { openSieve } from '../sieve';
import type { WriterOf } from '../writer';
import { openFaker } from './open-faker';

type FakeWriter = WriterOf<'fake'>;

/** Candidates for one value; after these a number makes it another. */
const MAX_TRIES = 60;
/** Domains that nobody has (RFC 2606): an address that is made up reaches nobody. */
const DOMAINS = ['example.com', 'example.org', 'example.net'];
const COUNTRIES: Record<FakeLocale, readonly [code: string, digits: number]> = {
  en: ['GB', 18],
  de: ['DE', 18],
  es: ['ES', 20],
  fr: ['FR', 23],
  it: ['IT', 23],
  nl: ['NL', 14],
  pl: ['PL', 24],
  pt: ['PT', 21],
};

/** Who a row is about: the same for all its made-up columns. */
export interface FakePerson {
  /** Of all draws about the person. */
  readonly seed: number;
  /** Tells persons apart: another one has another number. */
  readonly number: number;
  /** What the person is called in drawn columns; absent or null = made up. */
  readonly first?: string | null;
  readonly last?: string | null;
}

/** Makes up the values of one column. */
export interface FakeColumn {
  /** The same person has the same value. */
  value(person: FakePerson): string;
}

/** The fakers of one output: columns of a row agree with each other, as name and e-mail do. */
export class FakeColumns {
  readonly #fakers = new Map<FakeLocale, Faker>();
  #stream = new RandomStream(0, 'fake');
  readonly #first: ((text: string) => boolean)[] = [];
  readonly #last: ((text: string) => boolean)[] = [];
  readonly #whole: { readonly isFree: (text: string) => boolean; readonly isLastFirst: boolean }[] = [];
  readonly #names = new Map<FakeLocale, { person: FakePerson; first: string; last: string }>();

  /** Loads the languages. @param writers of all columns that are made up */
  static async open(writers: readonly FakeWriter[]): Promise<FakeColumns> {
    const columns = new FakeColumns();
    for (const locale of new Set(writers.map((writer) => writer.locale))) {
      columns.#fakers.set(locale, await openFaker(locale, () => columns.#stream.uniform()));
    }
    for (const { kind, sieve, isLastFirst = false } of writers) {
      if (!sieve) continue;
      const isFree = openSieve(sieve);
      if (kind === 'first-name') columns.#first.push(isFree);
      if (kind === 'last-name') columns.#last.push(isFree);
      if (kind === 'full-name') columns.#whole.push({ isFree, isLastFirst });
    }
    return columns;
  }

  column(writer: FakeWriter): FakeColumn {
    const isFree = writer.sieve ? openSieve(writer.sieve) : () => true;
    const { letters } = writer;
    const cased = (text: string) =>
      letters === 'upper' ? text.toUpperCase() : letters === 'lower' ? text.toLowerCase() : text;
    const stream = hashText(writer.kind);
    // Names are drawn once for all columns of a person.
    const isName = /^(?:first|last|full)-name$/.test(writer.kind);
    return {
      value: (person) => {
        if (isName) return cased(this.#name(writer, person));
        for (let tries = 0; tries < MAX_TRIES; tries++) {
          this.#stream = new RandomStream(hash(person.seed, stream, tries), 'fake');
          const text = cased(this.#candidate(writer, person, tries));
          if (isFree(text)) return text;
        }
        this.#stream = new RandomStream(hash(person.seed, stream, MAX_TRIES), 'fake');
        return cased(`${this.#candidate(writer, person, 0)} ${person.number}`);
      },
    };
  }

  #faker(locale: FakeLocale): Faker {
    return this.#fakers.get(locale)!;
  }

  #name({ kind, locale, isLastFirst }: FakeWriter, person: FakePerson): string {
    const { first, last } = this.#nameOf(locale, person);
    if (kind === 'first-name') return first;
    if (kind === 'last-name') return last;
    return isLastFirst ? `${last}, ${first}` : `${first} ${last}`;
  }

  /** First and last name of a person, none of which is in the data, nor both together. */
  #nameOf(locale: FakeLocale, person: FakePerson): { first: string; last: string } {
    const known = this.#names.get(locale);
    if (known?.person.seed === person.seed && known.person.number === person.number) return known;
    this.#stream = new RandomStream(person.seed, 'fake name');
    const { person: names } = this.#faker(locale);
    const passes = (tests: readonly ((text: string) => boolean)[], text: string) =>
      tests.every((test) => test(text));
    let first = names.firstName();
    for (let k = 0; k < MAX_TRIES && !passes(this.#first, first); k++) first = names.firstName();
    let last = names.lastName();
    for (let k = 0; k < MAX_TRIES && !this.#mayBe(first, last); k++) last = names.lastName();
    const drawn = { person, first, last };
    this.#names.set(locale, drawn);
    return drawn;
  }

  #mayBe(first: string, last: string): boolean {
    return (
      this.#last.every((test) => test(last)) &&
      this.#whole.every(({ isFree, isLastFirst }) =>
        isFree(isLastFirst ? `${last}, ${first}` : `${first} ${last}`),
      )
    );
  }

  #candidate(writer: FakeWriter, person: FakePerson, tries: number): string {
    const { kind, locale, separator } = writer;
    const faker = this.#faker(locale);
    const digits = (count: number) =>
      Array.from({ length: count }, () => String(this.#stream.below(10))).join('');
    const grouped = (text: string, by: string) => text.replace(/.{4}(?=.)/g, `$&${by}`);
    switch (kind) {
      case 'first-name':
      case 'last-name':
      case 'full-name':
        return this.#name(writer, person);
      case 'username':
        return this.#handle(locale, person, writer.isUnique === true, tries);
      case 'email': {
        // The handle may have to be read again after the draws of the name.
        const handle = this.#handle(locale, person, writer.isUnique === true, tries);
        return `${handle}@${DOMAINS[hash(person.seed, 7, tries) % DOMAINS.length]}`;
      }
      case 'phone': {
        const style = separator === '' ? 'international' : 'national';
        return faker.phone.number({ style });
      }
      case 'company':
        return faker.company.name();
      case 'street':
        return faker.location.streetAddress();
      case 'city':
        return faker.location.city();
      case 'postcode':
        return faker.location.zipCode();
      case 'country':
        return faker.location.country();
      case 'iban': {
        const [country, length] = COUNTRIES[locale];
        const own = writer.country;
        if (own) {
          const iban = ibanOf(own.code, digits(own.length - 4));
          return separator === undefined ? iban : grouped(iban, separator);
        }
        const iban = ibanOf(country, country === 'GB' ? `WEST${digits(14)}` : digits(length));
        return separator === undefined ? iban : grouped(iban, separator);
      }
      case 'card':
        return grouped(withLuhn(`4${digits(14)}`), separator ?? '');
      case 'ssn':
        return `${100 + this.#stream.below(565)}-${10 + this.#stream.below(89)}-${1000 + this.#stream.below(8999)}`;
      case 'ip':
        return Array.from({ length: 4 }, (_, i) => 1 + this.#stream.below(i === 0 ? 223 : 254)).join('.');
      case 'url':
        return `https://www.${DOMAINS[this.#stream.below(DOMAINS.length)]}/${faker.lorem.slug(2)}-${digits(3)}`;
      case 'uuid':
        return uuidOf(Array.from({ length: 4 }, () => this.#stream.word()));
      case 'text':
        return faker.lorem.sentence(writer.words ?? 6);
    }
  }

  /** What a person is called by machines: `anna.berger42`, with a number of its own where nobody may share it. */
  #handle(locale: FakeLocale, person: FakePerson, isUnique: boolean, tries: number): string {
    const made = this.#nameOf(locale, person);
    const [first, last] = [person.first ?? made.first, person.last ?? made.last];
    const [a = '', b = ''] = [first, last].map((name) => foldLetters(name).replace(/[^a-z0-9]/g, ''));
    const styles = [
      `${a}.${b}`,
      `${a[0] ?? ''}.${b}`,
      `${a}${b}`,
      `${a}_${b}`,
      `${b}.${a}`,
      `${a[0] ?? ''}${b}`,
      `${b}_${a}`,
      `${a}-${b}`,
    ];
    const style = (hash(person.seed, 11) + tries) % styles.length;
    const round = Math.floor(tries / styles.length);
    const more = round > 0 ? String.fromCharCode(96 + round) : '';
    const plain = a + b === '' ? 'user' : styles[style]!.replace(/^[._-]|[._-]$/, '');
    if (isUnique) return `${plain}${more}${numberOf(person)}`;
    return tries === 0 && a + b !== '' ? plain : `${plain}${more}${hash(person.seed, 12, tries) % 1000}`;
  }
}

/** Letters without marks, lower case, in ASCII as far as there are such. */
function foldLetters(text: string): string {
  const folded = text.toLowerCase().replaceAll('ß', 'ss').replaceAll('ł', 'l').replaceAll('ø', 'o');
  return folded.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').normalize('NFD');
}

/** A number of four digits, more where they do not suffice, in no order. */
function numberOf({ number }: FakePerson): string {
  let width = 4;
  let first = 0;
  while (number - first >= 10 ** width) {
    first += 10 ** width;
    width += 2;
  }
  return String(permuted(0x5eed, number - first, 10 ** width)).padStart(width, '0');
}
