import { describe, expect, it } from 'vitest';
import { readFile } from '../testing/read-fixture';

const lines = (...records: readonly unknown[]) => records.map((record) => JSON.stringify(record)).join('\n');

describe('JSON Lines', () => {
  it('gives each key a column, missing keys no value, nested objects columns with dots', async () => {
    const { names, rows, types, format, previewed } = await readFile(
      lines({ a: 1, b: { c: 'x', d: { e: true } } }, { a: null, f: [1, { g: 2 }] }, { b: { c: '' } }, {}),
      'x.csv',
    );
    expect(format?.id).toBe('jsonl');
    expect(names).toEqual(['a', 'b.c', 'b.d.e', 'f']);
    expect(rows).toEqual([
      ['1', 'x', 'true', null],
      [null, null, null, '[1,{"g":2}]'],
      [null, '', null, null],
      [null, null, null, null],
    ]);
    expect(types).toEqual({ a: 'integer', 'b.c': 'text', 'b.d.e': 'boolean', f: 'text' });
    expect(previewed).toEqual(rows);
  });

  it('keeps all digits of long numbers, and texts of digits as texts', async () => {
    const text =
      '{"n":9007199254740993,"d":0.12345678901234567890,"z":"12345"}\n{"n":-9007199254740995,"d":1e3,"z":"9"}';
    const { columns, types } = await readFile(text, 'x.jsonl');
    expect(columns['n']).toEqual(['9007199254740993', '-9007199254740995']);
    expect(columns['d']).toEqual(['0.12345678901234568', '1000']);
    expect([types['n'], types['d'], types['z']]).toEqual(['integer', 'float', 'text']);
  });

  it('lists how texts were converted, and keeps them as they stand where a person undoes it', async () => {
    const text = lines(...Array.from({ length: 20 }, (_, i) => ({ n: i, day: `${i + 10}.03.2024` })));
    const read = await readFile(text, 'x.jsonl');
    expect([read.types['day'], read.columns['day']![0]]).toEqual(['date', '2024-03-10']);
    expect(read.conversions).toMatchObject([{ position: 1, column: 'day', kind: 'date', cells: 20 }]);
    const columns = { 1: { keepText: true as const } };
    const undone = await readFile(text, 'x.jsonl', { columns });
    expect([undone.types['day'], undone.columns['day']![0]]).toEqual(['text', '10.03.2024']);
    expect([undone.dialect.columns, undone.conversions[0]?.undone]).toEqual([columns, true]);
  });

  it('tells dates in texts, and names columns of several kinds', async () => {
    const records = Array.from({ length: 30 }, (_, i) => ({
      day: `2024-01-${String(i + 1).padStart(2, '0')}`,
      mixed: i % 2 ? i : `x${i}`,
    }));
    const { types, notes } = await readFile(lines(...records), 'x.jsonl');
    expect(types).toEqual({ day: 'date', mixed: 'text' });
    expect(notes).toEqual(['“mixed” holds values of several kinds: numbers, texts or booleans.']);
  });

  it('rejects a line that is no JSON and goes on, lost lines counted', async () => {
    const text = '{"a":1}\n{"a":2\n\n{"a":3}\n{"a":"<img src=x onerror=alert(1)>"}\n{"a":';
    const { columns, rejectedCount, rejected } = await readFile(text, 'x.jsonl');
    expect(columns['a']).toEqual(['1', '3', '<img src=x onerror=alert(1)>']);
    expect(rejectedCount).toBe(2);
    expect(rejected.map(({ line }) => line)).toEqual([2, 6]);
    expect(rejected[1]!.reason).toBe('the file ends within this record');
  });

  it("reads Python's NaN and Infinity, a byte-order mark, UTF-16, and records over several lines", async () => {
    const nan = await readFile(
      '{"x":NaN,"y":"NaN"}\n{"x":Infinity,"y":"b"}\n{"x":-Infinity,"y":"c"}',
      'x.jsonl',
    );
    expect(nan.columns['x']).toEqual([null, 'Infinity', '-Infinity']);
    const marked = await readFile('\ufeff{"a":1}\n{"a":2}', 'x.jsonl');
    expect(marked.columns['a']).toEqual(['1', '2']);
    const wide = await readFile(
      new Uint8Array(Buffer.from('\ufeff{"ä":"ö"}\n{"ä":"ü"}', 'utf16le')),
      'x.jsonl',
    );
    expect(wide.columns['ä']).toEqual(['ö', 'ü']);
    const long = await readFile('{\n  "a": 1\n}\n{\n  "a": 2\n}\n', 'x.json');
    expect(long.columns['a']).toEqual(['1', '2']);
  });

  it('takes names of prototypes for names', async () => {
    const { names, rows } = await readFile(
      '{"__proto__":1,"constructor":"a"}\n{"__proto__":{"x":2},"toString":3}',
      'x.jsonl',
    );
    expect(names).toEqual(['__proto__', 'constructor', '__proto__.x', 'toString']);
    expect(rows).toEqual([
      ['1', 'a', null, null],
      [null, null, '2', '3'],
    ]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('survives depth, and refuses too many keys in a sentence', async () => {
    const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    const { rowCount, rejectedCount } = await readFile(`${deep}\n{"b":1}\n{"b":2}`, 'x.jsonl');
    expect(rowCount + rejectedCount).toBe(3);
    const keys = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, i]));
    await expect(readFile(lines(keys, keys), 'x.jsonl')).rejects.toThrow(/more than 4096 different keys/);
  });
});

describe('a JSON document', () => {
  const RECORDS = [
    { a: 1, b: 'x' },
    { a: 2, b: 'y' },
  ];
  const EXPECTED = [
    ['1', 'x'],
    ['2', 'y'],
  ];

  it.each([
    ['an array of objects', RECORDS],
    ['an object of arrays', { a: [1, 2], b: ['x', 'y'] }],
    ['records under a key', { meta: { page: 1 }, data: RECORDS }],
    [
      "pandas' split",
      {
        columns: ['a', 'b'],
        index: [0, 1],
        data: [
          [1, 'x'],
          [2, 'y'],
        ],
      },
    ],
    ["pandas' columns", { a: { 0: 1, 1: 2 }, b: { 0: 'x', 1: 'y' } }],
    ["pandas' index", { 0: RECORDS[0], 1: RECORDS[1] }],
    ["pandas' table", { schema: { fields: [{ name: 'a' }] }, data: RECORDS }],
    [
      'arrays below their names',
      [
        ['a', 'b'],
        [1, 'x'],
        [2, 'y'],
      ],
    ],
  ])('is read as %s', async (_, document) => {
    for (const text of [JSON.stringify(document), JSON.stringify(document, null, 2)]) {
      const { rows, names, previewed } = await readFile(text, 'x.json');
      expect(names).toEqual(['a', 'b']);
      expect(rows).toEqual(EXPECTED);
      expect(previewed).toEqual(rows);
    }
  });

  it('offers its lists of records, the longest first', async () => {
    const text = JSON.stringify({ users: [{ u: 1 }], shop: { orders: [...RECORDS, { a: 3 }] } });
    const { format, rowCount, dialect } = await readFile(text, 'x.json');
    expect(format?.tables).toEqual([
      { name: 'shop.orders', rowCount: 3 },
      { name: 'users', rowCount: 1 },
    ]);
    expect([rowCount, dialect.table]).toEqual([3, 'shop.orders']);
    expect((await readFile(text, 'x.json', { table: 'users' })).names).toEqual(['u']);
    await expect(readFile(text, 'x.json', { table: 'gone' })).rejects.toThrow(/has no table “gone”/);
  });

  it('keeps records by their key', async () => {
    const { rows, names } = await readFile('{"ann":{"age":3,"n":1},"bob":{"age":4}}', 'x.json');
    expect(names).toEqual(['key', 'age', 'n']);
    expect(rows).toEqual([
      ['ann', '3', '1'],
      ['bob', '4', null],
    ]);
  });

  it.each([
    ['{"a": 1,', /looks like JSON and cannot be read/],
    ['[]', /no rows to import/],
    ['[{"a":1},{"a":', null],
  ])('says what is wrong with %s', async (text, sentence) => {
    if (sentence) await expect(readFile(text, 'x.json')).rejects.toThrow(sentence);
    else expect(await readFile(text, 'x.json')).toMatchObject({ rowCount: 1, rejectedCount: 1 });
  });

  it('leaves delimited text alone that begins with a bracket', async () => {
    expect((await readFile('[id],[name]\n1,a\n2,b\n', 'x.csv')).format).toBeUndefined();
    expect((await readFile('{id},b\n1,a\n2,b\n', 'x.csv')).format).toBeUndefined();
  });
});
