import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { guessHeader } from './header';

const guess = (rows: readonly (readonly string[])[]) =>
  guessHeader(rows.map((cells, i) => ({ line: i + 1, cells, quoted: cells.map(() => false) })));

/** Invented people: two names that hardly recur, an e-mail address, a phone number. */
function people(rows = 60): string[][] {
  const stream = new RandomStream(3, 'people');
  const name = () =>
    `${'BDFGK'[stream.below(5)]}${'aeiou'[stream.below(5)]}${'lmnr'[stream.below(4)]}${'aeio'[stream.below(4)]}`;
  return Array.from({ length: rows }, (_, i) => {
    const [first, last] = [name(), `${name()}er`];
    return [
      first,
      last,
      `${first}.${last}${i}@example.at`.toLowerCase(),
      `+43 6${50 + stream.below(40)} ${1_000_000 + stream.below(9_000_000)}`,
    ];
  });
}

describe('a first row that holds values', () => {
  it('has the e-mail address and phone number of a person', () => {
    expect(guess(people())).toEqual({ header: false, isSure: true, forms: ['e-mail', 'phone number'] });
    expect(guess([['Vorname', 'Nachname', 'E-Mail', 'Telefon'], ...people()])).toEqual({
      header: true,
      isSure: true,
      forms: [],
    });
  });

  it.each([
    ['web address', 'https://example.at/a', 'www.example.com/b'],
    ['identifier', '5dade1f0-c4f9-4328-bbb4-9c973e6ddd78', '0cade1f0-c4f9-4328-bbb4-9c973e6ddd00'],
    ['identifier', 'AT61 1904 3002 3457 3201', 'DE89 3704 0044 0532 0130 00'],
    ['code', 'CUST-0309', 'CUST-0311'],
  ])('has the form of the others: %s', (form, first, second) => {
    const rows = [[first, 'red'], ...Array.from({ length: 8 }, () => [second, 'red'])];
    expect(guess(rows)).toEqual({ header: false, isSure: true, forms: [form] });
    expect(guess([['key', 'colour'], ...rows])).toMatchObject({ header: true, isSure: true });
  });
});

describe('a first row that holds names', () => {
  const figures = (columns: number) =>
    Array.from({ length: 6 }, (_, row) => Array.from({ length: columns }, (_, i) => String(3.5 * row + i)));

  it.each([[['2019', '2020', '2021']], [['1990', '2000', '2010']]])('are years: %j', (years) => {
    expect(guess([years, ...figures(3)])).toMatchObject({ header: true, isSure: true });
    expect(guess([['region', ...years], ...figures(3).map((row) => ['north', ...row])])).toMatchObject({
      header: true,
    });
  });

  it('are not years where the rows are', () => {
    const rows = Array.from({ length: 6 }, (_, i) => [String(1950 + i), String(1960 + i), String(1970 + i)]);
    expect(guess(rows)).toMatchObject({ header: false });
  });

  it.each([[['2018-2019', '2019-2020', '2020-2021']], [['10000-19999', '20000 - 29999', '30000-39999']]])(
    'are spans, which are no phone numbers: %j',
    (spans) => {
      expect(guess([spans, ...figures(3)])).toMatchObject({ header: true, isSure: true });
      const named = figures(3).map((row, i) => [`north ${i}`, ...row]);
      expect(guess([['region', ...spans], ...named])).toMatchObject({ header: true, isSure: true });
    },
  );

  it('are dates above figures', () => {
    const rows = [
      ['Italy', '1', '2'],
      ['Norway', '4', '5'],
      ['Chile', '7', '9'],
    ];
    expect(guess([['country', '1/22/20', '1/23/20'], ...rows])).toMatchObject({ header: true });
  });

  it('do not occur among values that recur', () => {
    const colours = Array.from({ length: 40 }, (_, i) => [
      ['Red', 'Green', 'Blue'][i % 3]!,
      ['S', 'M', 'L'][i % 3]!,
    ]);
    expect(guess([['Farbton', 'Weite'], ...colours])).toMatchObject({ header: true, isSure: true });
    expect(guess(colours)).toMatchObject({ header: false, isSure: true });
  });
});

describe('a first row that could be either', () => {
  it.each([
    [
      ['姓名', '城市'],
      ['张伟', '北京'],
      ['王芳', '上海'],
      ['李娜', '广州'],
    ],
    [
      ['הערך', 'מקום'],
      ['דנה', 'חיפה'],
      ['יוסי', 'אילת'],
      ['רון', 'יפו'],
    ],
    [
      ['Имя', 'Город'],
      ['Анна', 'Москва'],
      ['Иван', 'Казань'],
      ['Олег', 'Тверь'],
    ],
  ])('holds names in scripts without capitals, and by words for names: %j', (...rows) => {
    expect(guess(rows).header).toBe(true);
  });

  it('is asked about: a row if it is written as those below in each column, else names', () => {
    const fruit = [
      ['apple', 'Apfel'],
      ['pear', 'Birne'],
      ['plum', 'Pflaume'],
      ['cherry', 'Kirsche'],
    ];
    expect(guess(fruit)).toEqual({ header: false, isSure: false, forms: [] });
    expect(guess(fruit.map(([name]) => [name!]))).toEqual({ header: true, isSure: false, forms: [] });
    const names = people().map(([first, last]) => [first!, last!]);
    expect(guess(names).isSure).toBe(false);
  });
});
