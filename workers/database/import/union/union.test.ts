import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unionDifferences } from '../../../../src/domain/union-parts';
import { fixture, readFile } from '../../formats/testing/read-fixture';

const rows = (from: number, to: number, row: (i: number) => string) =>
  Array.from({ length: to - from }, (_, i) => `${row(from + i)}\n`).join('');
const zip = (files: Record<string, string | Uint8Array>) =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, typeof text === 'string' ? strToU8(text) : text]),
    ),
    { level: 0 },
  );
const readAll = (files: Record<string, string | Uint8Array>, more = {}) =>
  readFile(zip(files), 'parts.zip', { union: 'tables', ...more });
const sentences = ({ format, names }: Awaited<ReturnType<typeof readAll>>) =>
  unionDifferences(format?.parts ?? [], names);

describe('several texts as one table', () => {
  it('matches columns by name, in the order of the files, and leaves missing ones empty', async () => {
    const read = await readAll({
      'part-10.csv': `city,id,area\n${rows(40, 60, (i) => `Oslo,${i},${i / 4}`)}`,
      'part-2.csv': `id,city\n${rows(0, 40, (i) => `${i},Graz`)}`,
    });
    expect(read.names).toEqual(['id', 'city', 'area']);
    expect(read.types).toEqual({ id: 'integer', city: 'text', area: 'float' });
    expect(read.columns['id']).toEqual(Array.from({ length: 60 }, (_, i) => String(i)));
    expect(read.rows[0]).toEqual(['0', 'Graz', null]);
    expect(read.rows[40]).toEqual(['40', 'Oslo', '10']);
    expect(read.format?.parts).toEqual([
      { name: 'part-2.csv', rowCount: 40, absent: [2] },
      { name: 'part-10.csv', rowCount: 20 },
    ]);
    expect(sentences(read)).toEqual(['“area” is not in part-2.csv, and empty there.']);
    expect(read.dialect).toMatchObject({ union: 'tables', delimiter: ',', header: true });
    expect(read.layout).toMatchObject({ delimiter: ',', lineEnd: '\n' });
  });

  it('decides types on all files, and says which holds texts where the others hold numbers', async () => {
    const read = await readAll({
      'a.csv': `id,x\n${rows(0, 30, (i) => `${i},${i}`)}`,
      'b.csv': `id,x\n${rows(0, 30, (i) => `${i},${i}.5`)}`,
      'c.csv': `id,x\n${rows(0, 30, (i) => `${i},no ${i}`)}`,
    });
    expect(read.types).toEqual({ id: 'integer', x: 'text' });
    expect(sentences(read)).toEqual([
      '“x” holds texts in c.csv and numbers in the other files: all are read as text.',
    ]);
    const zeros = await readAll({
      'a.csv': `id,x\n${rows(0, 30, (i) => `${i},${i}`)}`,
      'b.csv': `id,x\n${rows(0, 30, (i) => `${i},00${i}`)}`,
    });
    expect(zeros.types['x']).toBe('text');
    expect(sentences(zeros)).toEqual([]);
  });

  it('reads each file by what is found in it, and says so', async () => {
    const read = await readAll({
      'a.csv': `name,n\n${rows(0, 30, (i) => `Anna${i},${i}`)}`,
      'b.csv': new Uint8Array([
        ...strToU8('name;n\n'),
        ...rows(0, 30, (i) => `J\xf6rg ${i} M\xfcller;${i}`)
          .split('')
          .map((c) => c.charCodeAt(0)),
      ]),
    });
    expect(read.rowCount).toBe(60);
    expect(read.columns['name']?.[30]).toBe('Jörg 0 Müller');
    expect(sentences(read)).toEqual(['b.csv was read as separator “;”, encoding windows-1252.']);
    expect(read.layout).toBeUndefined();
  });

  it('gives the rows of files without names to the columns of the others', async () => {
    const row = (i: number) => `${i},u${i}@mail.example,${i * 3}`;
    const read = await readAll({
      'x-1.csv': `id,mail,amount\n${rows(0, 30, row)}`,
      'x-2.csv': rows(30, 60, row),
    });
    expect(read.names).toEqual(['id', 'mail', 'amount']);
    expect(read.rowCount).toBe(60);
    expect(sentences(read)).toEqual([
      'x-2.csv has no names: the columns are those of the others, in their order.',
    ]);
    const none = await readAll({ 'x-1.csv': rows(0, 30, row), 'x-2.csv': rows(30, 60, row) });
    expect([none.rowCount, none.names.length]).toEqual([60, 3]);
  });

  it('counts rows, rejected rows, skipped lines and empty files by file: none is lost', async () => {
    const read = await readAll({
      'a.csv': `id,x\n${rows(0, 30, (i) => `${i},${i}`)}1,2,3,4\n`,
      'b.csv': `Sales\n\nid,x\n${rows(0, 20, (i) => `${i},${i}`)}id,x\n`,
      'c.csv': '',
      'd.csv': ' \n',
      'e.csv': 'id,x\n',
      'readme.txt': 'Read me first.\n',
    });
    expect(read.format?.parts).toEqual([
      { name: 'a.csv', rowCount: 30, rejectedCount: 1 },
      { name: 'b.csv', rowCount: 20, skippedCount: 2 },
      { name: 'c.csv', rowCount: 0, problem: 'c.csv is empty.' },
      { name: 'd.csv', rowCount: 0, problem: 'd.csv is empty.' },
      { name: 'e.csv', rowCount: 0 },
    ]);
    expect(read.rejected).toMatchObject([{ file: 'a.csv', line: 32 }]);
    expect(read.skipped.map(({ file, reason }) => [file, reason])).toEqual([
      ['b.csv', 'title or note'],
      ['b.csv', 'names again'],
    ]);
    expect(read.notes).toEqual(['Not read, as their names are not those of tables: readme.txt.']);
  });

  it('holds what a person set for all files', async () => {
    const files = {
      'a.csv': `id,x\n${rows(0, 30, (i) => `${i},${i % 3 ? i : 'none'}`)}`,
      'b.csv': 'id,x\n7,8\n',
    };
    expect((await readAll(files, { columns: { '1': { keepText: true } } })).types['x']).toBe('text');
    expect((await readAll(files, { header: false })).rowCount).toBe(33);
  });

  it('reads sheets as texts, and refuses texts beside columns with types', async () => {
    const sheet = await readAll({ 'a.xlsx': fixture('book.xlsx'), 'b.xlsx': fixture('book.xlsx') });
    expect(sheet.rowCount).toBe(24);
    await expect(
      readAll({ 'a.csv': 'id,x\n1,2\n', 'b.parquet': fixture('encodings.parquet') }),
    ).rejects.toThrow(/cannot be one table: a\.csv is Delimited text.*b\.parquet is Parquet/);
    await expect(readAll({ 'a.csv': 'id,x\n1,2\n', 'b.csv': new Uint8Array(2000) })).rejects.toThrow(
      /b\.csv/,
    );
  });

  it('ignores the wish for a file that is no archive of files', async () => {
    expect((await readFile('id,x\n1,2\n', 'a.csv', { union: 'tables' })).format).toBeUndefined();
    const book = await readFile(fixture('book.xlsx'), 'book.xlsx', { union: 'tables' });
    expect([book.format?.id, book.format?.parts]).toEqual(['xlsx', undefined]);
  });
});

describe('several tables with types as one', () => {
  it('keeps the types of the files', async () => {
    const one = await readFile(fixture('encodings.parquet'), 'x.parquet');
    const two = await readAll({
      'a.parquet': fixture('encodings.parquet'),
      'b.parquet': fixture('encodings.parquet'),
    });
    expect(two.rowCount).toBe(2 * one.rowCount);
    expect(two.types).toEqual(one.types);
    expect(two.rows).toEqual(one.rows);
    expect(sentences(two)).toEqual([]);
  });

  it('joins JSON records of different fields', async () => {
    const lines = (from: number, row: (i: number) => object) =>
      Array.from({ length: 20 }, (_, i) => JSON.stringify(row(from + i))).join('\n');
    const read = await readAll({
      'a.jsonl': lines(0, (i) => ({ id: i, x: i / 2 })),
      'b.jsonl': `${lines(20, (i) => ({ id: i, note: `n${i}` }))}\n{"id": broken\n`,
    });
    expect(read.types).toEqual({ id: 'integer', x: 'float', note: 'text' });
    expect(read.rows[20]).toEqual(['20', null, 'n20']);
    expect(read.format?.parts).toEqual([
      { name: 'a.jsonl', rowCount: 20, absent: [2] },
      { name: 'b.jsonl', rowCount: 20, rejectedCount: 1, absent: [1] },
    ]);
    expect(read.rejected).toMatchObject([{ file: 'b.jsonl', line: 21 }]);
  });
});
