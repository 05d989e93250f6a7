import { expect, test } from 'vitest';
import { ibanOf, withLuhn } from './check-digits';
import { localeOf, personalData } from './personal-data';
import { textProfile } from './testing/column-profile';

const twelve = (of: (i: number) => string) => Array.from({ length: 12 }, (_, i) => of(i));
const kindOf = (name: string, values: readonly string[]) =>
  personalData(textProfile(name, values))?.kind ?? null;

test.each([
  ['email', twelve((i) => `kim.${i}@mail.example.org`)],
  ['url', twelve((i) => `https://example.org/page/${i}`)],
  ['uuid', twelve((i) => `123e4567-e89b-42d3-a456-4266141740${10 + i}`)],
  ['ip', twelve((i) => `10.0.${i}.${200 + i}`)],
  ['iban', twelve((i) => ibanOf('AT', `19043002345732${10 + i}`))],
  ['iban', twelve((i) => ibanOf('DE', `3704004405320130${10 + i}`).replace(/.{4}(?=.)/g, '$& '))],
  ['card', twelve((i) => withLuhn(`4111111111111${10 + i}`))],
  ['ssn', twelve((i) => `219-09-99${10 + i}`)],
  ['phone', twelve((i) => `+43 660 12345${10 + i}`)],
  ['phone', twelve((i) => `(212) 555-01${10 + i}`)],
  ['street', twelve((i) => `${i + 1} Elm Street`)],
  ['street', twelve((i) => `Berggasse ${i + 1}`)],
  ['company', twelve((i) => `Varnholt ${'abcdefghijkl'[i]} GmbH`)],
  ['full-name', ['Anna Berg', 'Paul Ott', 'Lena Maur', 'Kurt Vogt', 'Maria Lisk', 'Franz Holl']],
  ['first-name', ['Anna', 'Paul', 'Lena', 'Kurt', 'Maria', 'Franz', 'Olaf', 'Zenzi']],
])('tells %s by the values alone', (kind, values) => {
  expect(kindOf('x17', values)).toBe(kind);
});

test.each([
  ['FirstName', 'first-name', twelve((i) => `Qu${'abcdefghijkl'[i]}`)],
  ['nachname', 'last-name', twelve((i) => `Xorb${'abcdefghijkl'[i]}`)],
  ['user_name', 'username', twelve((i) => `xq${i}`)],
  ['City', 'city', twelve((i) => `Xanth${'abcdefghijkl'[i]}`)],
  ['zip', 'postcode', twelve((i) => `A-12${10 + i}`)],
])('believes the name %s where the values could be so', (name, kind, values) => {
  const found = personalData(textProfile(name, values))!;
  expect(found.kind).toBe(kind);
  expect(found.confidence).toBeLessThan(0.8);
});

test.each([
  ['codes', twelve((i) => `AB-${1000 + i}`)],
  ['sentences', twelve((i) => `the delivery was late by ${i} days and nobody called back`)],
  ['dates', twelve((i) => `2024-01-${10 + i}`)],
  ['numbers that fail their check', twelve((i) => `41111111111111${10 + i}`)],
  ['versions', twelve((i) => `1.${i}.3`)],
  ['colours', ['red', 'green', 'blue', 'black', 'white', 'amber', 'pink', 'grey']],
  ['nothing', []],
])('%s are of nobody', (_, values) => {
  expect(kindOf('x17', values)).toBeNull();
});

test('whole numbers are cards by their check digits, and phone numbers by the name of the column', () => {
  const numbers = (name: string, values: readonly string[]) =>
    personalData({ ...textProfile(name, values), storageType: 'integer' })?.kind ?? null;
  const cards = twelve((i) => withLuhn(`41111111111111${i % 10}`)).slice(0, 10);
  expect(numbers('x17', cards)).toBe('card');
  expect(
    numbers(
      'x17',
      twelve((i) => `41111111111111${10 + i}`),
    ),
  ).toBeNull();
  expect(
    numbers(
      'phone',
      twelve((i) => `4366012345${10 + i}`),
    ),
  ).toBe('phone');
  expect(
    numbers(
      'x17',
      twelve((i) => `4366012345${10 + i}`),
    ),
  ).toBeNull();
});

test('a telling name is not believed where the values cannot be so', () => {
  expect(
    kindOf(
      'first name',
      twelve((i) => `${i}`),
    ),
  ).toBeNull();
  expect(
    kindOf(
      'phone',
      twelve((i) => `model ${i}`),
    ),
  ).toBeNull();
});

test('the language follows from countries, then from letters', () => {
  expect(localeOf(['+49 30 1234567', '+49 40 7654321'])).toBe('de');
  expect(localeOf(['a@b.fr', 'c@d.fr'])).toBe('fr');
  expect(localeOf(['Jürgen Groß', 'Anna Berg'])).toBe('de');
  expect(localeOf(['Łukasz Wąs', 'Zofia Nowak'])).toBe('pl');
  expect(localeOf(['John Smith'])).toBe('en');
});
