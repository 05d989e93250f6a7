import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnData, ColumnSchema } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { uuidOf } from '../../../src/domain/ids';
import { RandomStream } from '../../../src/domain/random';
import { cellsOf } from '../testing/memory-database';
import { learnWriter } from './learn-writer';
import { openWriters } from './write-columns';
import { Writer } from './writer';

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function textData(values: readonly (string | null)[]): ColumnData {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  const codes = new Map(dictionary.map((value, code) => [value, code]));
  return {
    kind: 'text',
    codes: Int32Array.from(values, (value) => (value === null ? -1 : codes.get(value)!)),
    dictionary,
  };
}

function numberData(values: readonly number[]): ColumnData {
  return { kind: 'number', values: Float64Array.from(values), nulls: null };
}

/** New keys for those of a column, as they come out of what is stored. */
async function keysOf(
  data: ColumnData,
  rows: number,
  seed = 1,
  row0 = 0,
): Promise<(string | number | null)[]> {
  const storageType: StorageType = data.kind === 'text' ? 'text' : 'integer';
  const { writer } = learnWriter({ as: 'key' }, { training: data, all: data, sample: null }, 7, storageType);
  const stored = Writer.parse(JSON.parse(JSON.stringify(writer)));
  const schema: ColumnSchema = { name: 'k', originalName: 'k', storageType };
  const write = (await openWriters(new Map([[2, { writer: stored, schema }]]), seed, 0)).get(2)!;
  return cellsOf(await write({ row0, rows, drawn: new Map() }, async () => undefined));
}

/** Distinct texts of random characters of alphabets by position. */
function distinct(count: number, alphabets: readonly string[], seed = 5): string[] {
  const stream = new RandomStream(seed, 'keys');
  const texts = new Set<string>();
  while (texts.size < count) {
    texts.add(alphabets.map((alphabet) => alphabet[stream.below(alphabet.length)]!).join(''));
  }
  return [...texts];
}

const repeat = (alphabet: string, times: number) => Array.from({ length: times }, () => alphabet);
const many = <T>(count: number, of: (i: number) => T) => Array.from({ length: count }, (_, i) => of(i));

const FORMS: readonly (readonly [string, readonly string[], RegExp])[] = [
  [
    'digits and letters',
    distinct(2000, [...repeat(DIGITS, 4), '-', ...repeat(UPPER, 5)]),
    /^\d{4}-[A-Z]{5}$/,
  ],
  [
    'a prefix and a padded number',
    many(1500, (i) => `CUST-${String(i + 1).padStart(5, '0')}`),
    /^CUST-\d{5}$/,
  ],
  [
    'a year and a padded number',
    many(900, (i) => `R/${2019 + (i % 4)}/${String(i).padStart(6, '0')}`),
    /^R\/20\d\d\/\d{6,}$/,
  ],
  [
    'UUIDs of version 4',
    many(800, (i) => uuidOf(many(4, (k) => new RandomStream(i, k).word()))),
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  ],
  [
    'UUIDs of version 7',
    many(
      800,
      (i) =>
        `018f3c${uuidOf(many(4, (k) => new RandomStream(i, k).word())).slice(6, 14)}7${uuidOf(many(4, (k) => new RandomStream(i, k + 9).word())).slice(15)}`,
    ),
    /^018f3c[0-9a-f]{2}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  ],
  ['ULIDs', distinct(900, ['0', '1', 'H', ...repeat(CROCKFORD, 23)]), /^01H[0-9A-HJKMNP-TV-Z]{23}$/],
  ['hashes', distinct(900, repeat('0123456789abcdef', 32)), /^[0-9a-f]{32}$/],
];

describe.each(FORMS)('keys of %s', (_, texts, form) => {
  const data = textData(texts);

  it('have their form, are each another one and none of the data', async () => {
    const keys = await keysOf(data, 3000);
    expect(new Set(keys).size).toBe(3000);
    expect(keys.filter((key) => !form.test(String(key)))).toEqual([]);
    const known = new Set<unknown>(texts);
    expect(keys.filter((key) => known.has(key))).toEqual([]);
  });

  it('follow from seed and row alone', async () => {
    const keys = await keysOf(data, 300);
    expect(await keysOf(data, 50, 1, 200)).toEqual(keys.slice(200, 250));
  });
});

it('keys that use nearly all of their form get longer, and stay each another one', async () => {
  const all = distinct(26 * 100, [UPPER, DIGITS, DIGITS]).slice(0, 2000);
  const keys = await keysOf(textData(all), 20_000);
  expect(new Set(keys).size).toBe(20_000);
  const known = new Set<unknown>(all);
  expect(keys.filter((key) => known.has(key))).toEqual([]);
  expect(keys.filter((key) => !/^[A-Z]\d{3,}$/.test(String(key)))).toEqual([]);
});

it('texts without a form become UUIDs, and say so', () => {
  const data = textData(['a', 'b c', '§§', 'Zebra 9']);
  const { writer, instead } = learnWriter(
    { as: 'key' },
    { training: data, all: data, sample: null },
    7,
    'text',
  );
  expect(writer.as).toBe('uuid');
  expect(instead).toEqual({ as: 'fake', kind: 'uuid', locale: 'en' });
});

it('rows without a value come as often, where enough rows have none', async () => {
  const texts = FORMS[0]![1];
  const keys = await keysOf(textData([...texts, ...many(500, () => null)]), 4000);
  expect(keys.filter((key) => key === null).length / 4000).toBeCloseTo(0.2, 1);
  expect(await keysOf(textData([...texts, null]), 500)).not.toContain(null);
});

describe('whole numbers', () => {
  it('are each another one and none of the data, for any number of rows', async () => {
    const numbers = fc.uniqueArray(fc.integer({ min: -1e9, max: 1e12 }), { minLength: 2, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(numbers, fc.integer({ min: 1, max: 500 }), async (values, rows) => {
        const keys = await keysOf(numberData(values), rows);
        expect(new Set(keys).size).toBe(rows);
        const known = new Set<unknown>(values);
        expect(keys.filter((key) => known.has(key) || !Number.isSafeInteger(key))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('have as many digits as before where there is enough left, and stay sorted', async () => {
    const stream = new RandomStream(2, 'numbers');
    const sorted = [...new Set(many(400, () => 1_000_000 + stream.below(4_000_000)))].sort((a, b) => a - b);
    const keys = (await keysOf(numberData(sorted), sorted.length)).map(Number);
    expect(keys.every((key) => String(key).length === 7)).toBe(true);
    expect(keys).toEqual(keys.toSorted((a, b) => a - b));
    const shuffled = (await keysOf(numberData(sorted.toReversed()), sorted.length)).map(Number);
    expect(shuffled).not.toEqual(shuffled.toSorted((a, b) => a - b));
  });

  it('beyond what a double holds are new, too', async () => {
    const values = many(50, (i) => 4e18 + i * 4096);
    const keys = await keysOf(numberData(values), 200);
    expect(new Set(keys).size).toBe(200);
    expect(keys.filter((key) => values.includes(Number(key)))).toEqual([]);
  });
});
