import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CsvDialect } from '../../../src/domain/sources';
import type { SqlEngine } from '../duckdb/sql';
import { SqlTable } from '../tables';
import { sharedEngine } from '../testing/shared-engine';
import { importTable } from './import-table';
import { openHead } from './open-head';

let sql: SqlEngine;
beforeAll(async () => {
  sql = await sharedEngine();
});

async function read(content: string | Uint8Array, overrides: Partial<CsvDialect> = {}, name = 'test.csv') {
  const file = new File([content as BlobPart], name);
  const head = await openHead(file);
  const options = { overrides, onProgress: () => {}, checkpoint: () => {} };
  const table = await importTable(sql, file, head, { ...options, sqlTable: 'imported' });
  const preview = await new SqlTable(table.columns, table.rowCount, sql, 'imported').preview(0, 100);
  // A table too long for two copies in memory comes out the same.
  const inPlace = await importTable(sql, file, head, { ...options, sqlTable: 'in_place', inPlaceFrom: 0 });
  expect(inPlace).toEqual({ ...table, sqlTable: 'in_place' });
  expect(await new SqlTable(table.columns, table.rowCount, sql, 'in_place').preview(0, 100)).toEqual(preview);
  await sql.query('DROP TABLE in_place');
  return { ...table, cells: preview.rows, types: table.columns.map(({ storageType }) => storageType) };
}

/** One column with the given values. */
const column = (values: readonly string[], overrides: Partial<CsvDialect> = {}) =>
  read(
    `id,x\n${values.map((value, i) => `${i},"${value.replaceAll('"', '""')}"\n`).join('')}`,
    overrides,
  ).then((table) => ({
    ...table,
    profile: table.columns[1]!,
    type: table.columns[1]!.storageType,
    values: table.cells.map((row) => row[1]),
  }));

describe('numbers', () => {
  it.each([
    ['integer', ['1', '-2', '+3', '0'], ['1', '-2', '3', '0']],
    ['integer', ['9223372036854775807', '-1'], ['9223372036854775807', '-1']],
    ['float', ['1.5', '2', '.5', '5.', '1e-12', '1e300'], ['1.5', '2', '0.5', '5', '1e-12', '1e+300']],
    ['float', ['1.5', 'inf', '-Infinity', '+INF'], ['1.5', 'Infinity', '-Infinity', 'Infinity']],
    ['integer', ['1,234', '567', '1,234,567'], ['1234', '567', '1234567']],
    ['float', ['1,234.5', '-12,345.25', '7'], ['1234.5', '-12345.25', '7']],
    ['float', ['1,5', '-2,25', '3'], ['1.5', '-2.25', '3']],
    ['integer', ['1.234.567', '12', '1.000'], ['1234567', '12', '1000']],
    ['integer', ['1,234', '2,345'], ['1234', '2345']],
    ['text', ['007', '008', '12'], ['007', '008', '12']],
    ['text', ['1e400', '1'], ['1e400', '1']],
    ['text', ['1_000', '2_000'], ['1_000', '2_000']],
    ['text', ['0x1F', '0x2A'], ['0x1F', '0x2A']],
    ['boolean', ['true', 'FALSE', 'True'], ['true', 'false', 'true']],
    ['boolean', ['yes', 'no'], ['true', 'false']],
    ['text', ['no', 'no'], ['no', 'no']],
  ])('%s %j', async (type, values, expected) => {
    const result = await column(values, { nullValues: [''] });
    expect([result.type, result.values]).toEqual([type, expected]);
  });

  it('keeps integers beyond 64 bits as text and says so', async () => {
    const { type, profile, values } = await column(['123456789012345678901', '5', '6']);
    expect([type, profile.exceedsSafeInteger, profile.nearMiss]).toEqual(['text', true, null]);
    expect(values[0]).toBe('123456789012345678901');
    expect((await column(['9007199254740993', '5'])).profile.exceedsSafeInteger).toBe(true);
    expect((await column(['9007199254740993', '5'])).type).toBe('integer');
    const wide = Array.from({ length: 7 }, (_, i) => String(9_007_199_254_740_993n + BigInt(i)));
    const codes = await column([...wide, '5']);
    expect([codes.type, codes.profile.exceedsSafeInteger]).toEqual(['text', true]);
    expect(codes.values).toEqual([...wide, '5']);
    expect(codes.profile).toMatchObject({ distinctCount: 8, maxLength: 16 });
    expect((await column(['123456789012345678901', '5.5'])).type).toBe('float');
  });

  it('takes the decimal comma of the file when a person sets it, and not the other one', async () => {
    const text = 'a;b\n1,234;x\n2,500;y\n';
    expect((await read(text, { decimal: ',' })).cells.map((row) => row[0])).toEqual(['1.234', '2.5']);
    expect((await read('a;b\n1,5;x\n', { decimal: '.' })).types[0]).toBe('text');
  });

  it('decides on all rows: late words make a text, and it says which', async () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `${i},${i}.5`);
    for (let row = 50_000; row < 57_000; row += 1000) lines[row] = `${row},n.v.`;
    const { columns, rowCount } = await read(`id,x\n${lines.join('\n')}\n`);
    expect(rowCount).toBe(60_000);
    expect(columns.map(({ storageType }) => storageType)).toEqual(['integer', 'text']);
    expect(columns[1]!.nearMiss).toEqual({ type: 'float', count: 7, example: 'n.v.', line: 50_002 });
  });
});

describe('dates', () => {
  it.each([
    ['date', ['2020-01-31', '1999-2-3'], ['2020-01-31', '1999-02-03']],
    ['date', ['31/01/2020', '01/02/2020'], ['2020-01-31', '2020-02-01']],
    ['date', ['01/31/2020', '02/01/2020'], ['2020-01-31', '2020-02-01']],
    ['date', ['01/02/2020', '03/04/2020'], ['2020-01-02', '2020-03-04']],
    ['date', ['01.02.2020', '03.04.2020'], ['2020-02-01', '2020-04-03']],
    ['date', ['1/8/90', '12/31/99'], ['1990-01-08', '1999-12-31']],
    ['date', ['24 October 2011', '1 May 2012'], ['2011-10-24', '2012-05-01']],
    ['date', ['5-Jan-2012', '6-FEB-2013'], ['2012-01-05', '2013-02-06']],
    ['date', ['Jan 5, 2012', 'Feb 6, 2013'], ['2012-01-05', '2013-02-06']],
    [
      'datetime',
      ['2024-01-02T03:04:05Z', '2024-01-02 03:04'],
      ['2024-01-02 03:04:05', '2024-01-02 03:04:00'],
    ],
    ['datetime', ['2024-01-02T03:04:05.250+02:00'], ['2024-01-02 01:04:05.250']],
    ['datetime', ['31/01/2020 13:05', '01/02/2020 00:00'], ['2020-01-31 13:05:00', '2020-02-01 00:00:00']],
    [
      'datetime',
      ['1/31/2020 1:05:09 PM', '2/1/2020 12:00:00 AM'],
      ['2020-01-31 13:05:09', '2020-02-01 00:00:00'],
    ],
    ['text', ['31/02/2020', '30/02/2020'], ['31/02/2020', '30/02/2020']],
    ['text', ['2020-01-01', '31/01/2020'], ['2020-01-01', '31/01/2020']],
    ['time', ['12:30', '13:45'], ['12:30:00', '13:45:00']],
  ])('%s %j', async (type, values, expected) => {
    const result = await column(values);
    expect([result.type, result.values]).toEqual([type, expected]);
  });

  it('is told by one late day above twelve which way round a column is', async () => {
    const days = Array.from({ length: 40_000 }, (_, i) => `0${1 + (i % 9)}/0${1 + (i % 5)}/2020`);
    days[39_000] = '25/03/2020';
    const { columns } = await read(`id,d\n${days.map((day, i) => `${i},${day}\n`).join('')}`);
    expect(columns[1]!.storageType).toBe('date');
    expect(columns[1]!.max).toBe(Date.UTC(2020, 4, 9));
  });
});

describe('no value', () => {
  it('drops blanks, strong spellings everywhere and weak ones where the column proves them', async () => {
    const { cells, types, dialect } = await read('n,t,w\n1,NA,None\n-,x,None\n ,?,maybe\n3,NA ,y\n');
    expect(types).toEqual(['integer', 'text', 'text']);
    expect(dialect.nullValues).toEqual(['', 'NA', '?', '-']);
    expect(cells).toEqual([
      ['1', null, 'None'],
      [null, 'x', 'None'],
      [null, null, 'maybe'],
      ['3', null, 'y'],
    ]);
  });

  it('finds a spelling that first appears after the part of the file that was looked at', async () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `row ${i},${i}`);
    lines[49_000] = 'row,N/A';
    const { columns, dialect } = await read(`a,b\n${lines.join('\n')}\n`);
    expect([columns[1]!.storageType, columns[1]!.nullCount, dialect.nullValues]).toEqual([
      'integer',
      1,
      ['', 'N/A'],
    ]);
  });

  it('takes exactly the spellings a person sets', async () => {
    const { cells, types } = await read('a,b\n1,NA\n2,none\n', { nullValues: ['', 'none'] });
    expect([types, cells]).toEqual([
      ['integer', 'text'],
      [
        ['1', 'NA'],
        ['2', null],
      ],
    ]);
    const empty = await read('a,b\nx,\ny,z\n', { nullValues: [] });
    expect(empty.cells).toEqual([
      ['x', ''],
      ['y', 'z'],
    ]);
  });

  it('keeps a column without any value', async () => {
    const { columns } = await read('a,b\n1,\n2,\n');
    expect(columns[1]).toMatchObject({ storageType: 'text', nullCount: 2, distinctCount: 0, topValues: [] });
  });
});

describe('text travels unharmed', () => {
  const texts = [
    '<script>alert(1)</script>',
    "'; DROP TABLE imported; --",
    '=HYPERLINK("http://x")',
    '😀👩‍👧',
    '\u202eright to left',
    '\ufeffmarked',
    'nul\0inside',
    'line\r\nbreak',
    'x'.repeat(100_000),
    '  kept blanks ',
  ];

  it('in cells', async () => {
    expect((await column(texts)).values).toEqual(texts);
  });

  it('in names', async () => {
    const names = texts.filter((text) => !text.includes('\0'));
    const { columns, types } = await read(
      `${names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',')}\n${names.map(() => '1').join(',')}\n`,
      { header: true },
    );
    expect(columns.map(({ originalName }) => originalName)).toEqual(names);
    expect(types.every((type) => type === 'integer')).toBe(true);
  });
});

describe('files', () => {
  it('reads names of 10,000 characters, twenty of them', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `${'n'.repeat(10_000)}${i}`);
    const { columns, rowCount } = await read(`${names.join(',')}\n${names.map((_, i) => i).join(',')}\n`);
    expect(rowCount).toBe(1);
    expect(columns.map(({ originalName }) => originalName)).toEqual(names);
    expect(new Set(columns.map(({ name }) => name)).size).toBe(20);
  });

  it('reads gzip, UTF-16 and Windows-1252', async () => {
    const text = 'name,n\nGröße,1\nÄnderung,2\n';
    const expected = [
      ['Größe', '1'],
      ['Änderung', '2'],
    ];
    expect((await read(gzipSync(text), {}, 'x.csv.gz')).cells).toEqual(expected);
    const utf16 = new Uint8Array(new Uint16Array([...`\ufeff${text}`].map((c) => c.charCodeAt(0))).buffer);
    expect((await read(utf16)).cells).toEqual(expected);
    expect((await read(Uint8Array.from(text, (c) => c.charCodeAt(0)))).cells).toEqual(expected);
  });

  it('reads on as Windows-1252 when the first such byte comes late', async () => {
    const ascii = `name,n\n${'plain,1\n'.repeat(60_000)}`;
    const bytes = Uint8Array.from(`${ascii}Größe,2\n`, (c) => c.charCodeAt(0));
    const { dialect, rowCount, columns } = await read(bytes);
    expect([dialect.encoding, rowCount]).toEqual(['windows-1252', 60_001]);
    expect(columns[0]!.topValues.map(({ value }) => value)).toContain('Größe');
  });

  it('mends single rows that are not UTF-8 in a file that is, and lists them', async () => {
    const head = new TextEncoder().encode('name,n\nGröße,1\n');
    const bad = Uint8Array.from('na\xefve,2\nok,3\n', (c) => c.charCodeAt(0));
    const bytes = new Uint8Array([...head, ...bad]);
    const { rowCount, rejectedCount, mended } = await read(bytes, { encoding: 'utf-8' });
    expect([rowCount, rejectedCount]).toEqual([3, 0]);
    expect(mended).toMatchObject([{ line: 3, text: 'naïve,2' }]);
  });

  it('lists rejected rows with line, column and reason', async () => {
    const { rowCount, rejectedCount, rejected, filledRows } = await read(
      'a,b\n1,2\n1,2,3\n4\n5,"x"y\n6,7\n',
      { quote: '"' },
    );
    expect([rowCount, rejectedCount, filledRows]).toEqual([3, 2, { count: 1, line: 4 }]);
    expect(rejected.map(({ line, column }) => [line, column])).toEqual([
      [3, null],
      [5, 'b'],
    ]);
  });

  it.each([
    ['empty', '', /is empty/],
    ['names only', 'a,b\n', /no rows below the names/],
    ['binary', '\x00\x01\x02\x03\x00\x05\x06\x00\x02', /is not text/],
    ['a damaged gzip', '\x1f\x8bgarbage that is no gzip', /not an intact gzip/],
  ])('says what is wrong with %s', async (_, content, message) => {
    const bytes = Uint8Array.from(content, (c) => c.charCodeAt(0));
    await expect(read(bytes)).rejects.toThrow(message);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const file = new File(['a,b\n1,2\n'], 'x.csv');
    const run = importTable(sql, file, await openHead(file), {
      overrides: {},
      sqlTable: 'canceled',
      onProgress: (bytes) => {
        if (bytes > 3) throw new Error('stop');
      },
      checkpoint: () => {},
    });
    await expect(run).rejects.toThrow('stop');
    for (const table of ['canceled', 'canceled_raw', 'canceled_groups']) {
      await expect(sql.query(`SELECT * FROM ${table}`)).rejects.toThrow('does not exist');
    }
  });
});
