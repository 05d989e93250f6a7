import { afterEach, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { sharedEngine } from '../testing/shared-engine';
import { writtenAgain } from './testing/written-again';
import { textWriter } from './text-encoder';

afterEach(async () => {
  await (await sharedEngine()).query('DROP TABLE IF EXISTS own_rows');
});

const ROWS = 60;
const stream = new RandomStream(13, 'same bytes');
const rows = (cells: (i: number) => readonly string[], delimiter = ',', end = '\n') =>
  Array.from({ length: ROWS }, (_, i) => cells(i).join(delimiter) + end).join('');
const two = (value: number) => String(value).padStart(2, '0');
const amount = (digits: number, scale = 1000) => (stream.uniform() * scale + 1).toFixed(digits);
const city = (i: number) => ['Bergen', 'Lisboa', 'Porto, Gaia'][i % 3]!;

describe('the rows of a file, written as the original', () => {
  it.each<[string, string, string?]>([
    [
      'standard CSV',
      `id,city,x\r\n${rows((i) => [`${i}`, city(i).replace(',', ''), amount(2)], ',', '\r\n')}`,
    ],
    [
      'pandas: floats for whole numbers, True, empty cells',
      `n,x,ok\n${rows((i) => [`${i * 7}.0`, i % 6 ? `${(i * 37) % 91}.5` : '', i % 2 ? 'True' : 'False'])}`,
    ],
    ['pandas: the index without a name', `,city,x\n${rows((i) => [`${i}`, city(i).slice(0, 5), amount(3)])}`],
    [
      'R: names and texts in quotes, NA',
      `"id","city","x"\n${rows((i) => [`${i}`, `"${city(i)}"`, i % 5 ? amount(1) : 'NA'])}`,
    ],
    ['everything in quotes', `"id","city"\n${rows((i) => [`"${1000 + i}"`, `"${city(i)}"`])}`],
    [
      'a spreadsheet in German',
      `Datum;Betrag;Ort\r\n${rows((i) => [`${two(1 + (i % 28))}.${two(1 + (i % 12))}.2023`, `${amount(2).replace('.', ',')}`, ['Köln', 'Würzburg'][i % 2]!], ';', '\r\n')}`,
      'windows-1252',
    ],
    [
      'thousands and currency',
      `id,price\n${rows((i) => [`${i}`, `"$${1 + (i % 9)},${String((i * 137) % 1000).padStart(3, '0')}.${two((i * 7) % 100)}"`])}`,
    ],
    ['percentages', `id,share\n${rows((i) => [`${i}`, `${amount(1, 90)}%`])}`],
    [
      'tabs, question marks, no last line end',
      `a\tb\n${rows((i) => [`${i}`, i % 4 ? amount(0) : '?'], '\t')}x`.slice(0, -2),
    ],
    [
      'times with T and Z',
      `at,v\n${rows((i) => [`2024-${two(1 + (i % 12))}-${two(1 + (i % 28))}T${two(i % 24)}:${two(i)}:00Z`, `${i}`])}`,
    ],
    [
      'American dates and times',
      `at,v\n${rows((i) => [`${two(1 + (i % 12))}/${two(1 + (i % 28))}/2024 ${two(1 + (i % 12))}:${two(i)} ${i % 2 ? 'AM' : 'PM'}`, `${i}`])}`,
    ],
    ['truth in words, case kept', `id,member\n${rows((i) => [`${i}`, i % 3 ? 'YES' : 'NO'])}`],
    [
      'leading zeros and codes',
      `zip,plan\n${rows((i) => [String(1000 + i * 37).padStart(5, '0'), `A-${two(i)}`])}`,
    ],
    [
      'UTF-16 with its mark',
      `\ufeffid,stadt\r\n${rows((i) => [`${i}`, ['Łódź', 'Žilina'][i % 2]!], ',', '\r\n')}`,
      'utf-16le',
    ],
    ['UTF-8 with its mark, pipes', `\ufeffid|name\n${rows((i) => [`${i}`, `née ${city(i)}`], '|')}`],
    ['no names', rows((i) => [`${i + 1}`, amount(2), `2020-01-${two(1 + (i % 28))}`])],
    [
      'quotes and line ends inside of cells',
      `id,note\n${rows((i) => [`${i}`, i % 2 ? '"say ""hi"""' : '"two\nlines"'])}`,
    ],
    ['blanks before cells', `id, city\n${rows((i) => [`${i}`, ` ${city(i).slice(0, 5)}`])}`],
  ])('are the same bytes: %s', async (_kind, text, encoding = 'utf-8') => {
    const bytes = textWriter(encoding)!.encode(text);
    const decoder = new TextDecoder(encoding, { ignoreBOM: true });
    const again = await writtenAgain(bytes);
    expect(decoder.decode(again, { stream: true })).toBe(text);
    expect(again).toEqual(bytes);
  });
});
