import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TextEncoding } from '../../../src/domain/sources';
import type { RenewableEngine } from '../duckdb/renewed-engine';
import { dirtyFiles } from '../testing/dirty-files';
import { encodeText } from '../testing/encode-text';
import { fuzzImport } from '../testing/fuzz';
import { TEXT_CHANGES } from '../testing/mutations/text';
import { readFile } from '../testing/read-file';
import { sharedEngine } from '../testing/shared-engine';
import { loadFileHead } from './import-file';

let sql: RenewableEngine;
beforeAll(async () => {
  sql = await sharedEngine();
});

const latin = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

describe('bytes that are no UTF-8', () => {
  it.each([
    [latin('name,n\nGr\xc3\xbc\xc3\x9fe,1\ncaf\xe9,2\n\xc5\x81,3\n'), 3, 'café'],
    [latin('t\n\xc3\xa4\n\xc3\xb6\n\xfcber\n\xc3\xbc\n'), 4, 'über'],
    [latin('a,b\nx,"\xe2\x82\xac five"\ny,"\x80 seven"\nz,"\xe2\x82\xac nine"\n'), 3, '€ seven'],
  ])('are mended and listed (%#)', async (bytes, line, cell) => {
    const { dialect, cells, mended, mendedCount, rejectedCount } = await readFile(sql, bytes);
    expect(dialect.encoding).toBe('utf-8');
    expect(cells.flat()).toContain(cell);
    expect([mended[0]?.line, mendedCount, rejectedCount]).toEqual([line, 1, 0]);
  });

  it('behind a head that is UTF-8 are seen, and the file is read again', async () => {
    const body = `${'plain row of text,1\n'.repeat(20_000)}`;
    const mixed = latin(`name,n\nZo\xc3\xab,0\n${body}Bj\xc3\xb6rn,1\ncaf\xe9,2\n`);
    expect((await readFile(sql, mixed)).mended.map(({ line }) => line)).toEqual([20_004]);
    const cyrillic = encodeText(`name,n\n${body}Иванов,1\nПетрова,2\n`, 'windows-1251')!;
    const { dialect, rowCount, mendedCount } = await readFile(sql, cyrillic);
    expect([dialect.encoding, rowCount, mendedCount]).toEqual(['windows-1251', 20_002, 0]);
    // A preview shows what the import decides.
    for (const bytes of [cyrillic, mixed]) {
      const head = await loadFileHead(sql, new File([bytes as BlobPart], 'head.csv'), {
        ...{ overrides: {}, sqlTable: 'head', onProgress: () => {}, checkpoint: () => {} },
      });
      expect(head.dialect.encoding).toBe(bytes === mixed ? 'utf-8' : 'windows-1251');
    }
  });

  it('that are no text in another encoding either are shown as U+FFFD and listed', async () => {
    const bytes = encodeText('名前,数\n東京,1\n大阪,2\n名古屋,3\n京都府,4\n北海道,5\n', 'shift_jis')!;
    const { cells, mended } = await readFile(sql, Uint8Array.from([...bytes, 0x82, 0xff, 44, 52, 10]));
    expect(cells.at(-1)![0]).toContain('\ufffd');
    expect(mended.map(({ line }) => line)).toEqual([7]);
  });
});

describe('control characters', () => {
  it.each([
    ['id,t\n1,"a\bb"\n2,c\n', 'a\bb'],
    ['id,t\n1,a\u0007\n2,c\n', 'a\u0007'],
    ['id,t\n1,a\u001b[0m\n2,c\n', 'a\u001b[0m'],
    ['id,t\n1,a\u000bb\n2,c\n', 'a\u000bb'],
    ['id,t\n1,a\u0000b\n2,c\n', 'a\u0000b'],
  ])('a few in a text are data: %j', async (text, cell) => {
    expect((await readFile(sql, text)).cells).toEqual([
      ['1', cell],
      ['2', 'c'],
    ]);
  });

  it('the mark at the end of a file of DOS is no row', async () => {
    const { rowCount, rejectedCount } = await readFile(sql, 'a,b\r\n1,2\r\n3,4\r\n\u001a');
    expect([rowCount, rejectedCount]).toEqual([2, 0]);
  });

  it.each([
    Uint8Array.from({ length: 300 }, (_, i) => (i * 151 + 7) % 256),
    Uint8Array.from({ length: 64 }, (_, i) => (i % 3 === 0 ? 0 : i)),
    Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 62, 0, 1, 0, 0, 0),
  ])('many make a file that is refused with a sentence (%#)', async (bytes) => {
    await expect(readFile(sql, bytes)).rejects.toMatchObject({ name: 'UserError' });
  });
});

/** Characters of cells that an encoding has, with all that needs care. */
const ALPHABETS: readonly [TextEncoding, string][] = [
  ['utf-8', 'aé漢😀'],
  ['utf-16le', 'aé漢'],
  ['windows-1252', 'aéß€'],
  ['windows-1251', 'aЖя'],
  ['shift_jis', 'a東ソ表'],
  ['gb18030', 'a中国'],
  ['big5', 'a功許'],
  ['euc-kr', 'a한국'],
  ['macintosh', 'aéñ'],
  ['koi8-r', 'aЖя'],
];

it('a table comes back cell by cell, whatever its delimiter, quote, escape, line end and encoding', async () => {
  const dialect = fc.record({
    alphabet: fc.constantFrom(...ALPHABETS),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    escape: fc.constantFrom('double' as const, 'backslash' as const),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r', '\r\r\n'),
    last: fc.boolean(),
  });
  const shapes = fc.tuple(dialect, fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 6 }));
  await fc.assert(
    fc.asyncProperty(shapes, fc.infiniteStream(fc.nat()), async ([chosen, width, height], numbers) => {
      const { alphabet, delimiter, escape: by, lineEnd, last } = chosen;
      const [encoding, letters] = alphabet;
      // A cell of other than digits, so that it stays a text as it is.
      const signs = [...letters, 'b', ' ', '"', '\\', delimiter, "'", lineEnd === '\r' ? '\r' : '\n'];
      const next = () => numbers.next().value as number;
      const cell = () =>
        `x${Array.from({ length: next() % 9 }, () => signs[next() % signs.length]).join('')}y`;
      const rows = Array.from({ length: height }, () => Array.from({ length: width }, cell));
      const quoted = (text: string) =>
        by === 'double'
          ? `"${text.replaceAll('"', '""')}"`
          : `"${text.replace(/["\\]/g, (char) => `\\${char}`)}"`;
      const names = rows[0]!.map((_, i) => `name_${i}`);
      const lines = [names, ...rows].map((row) => row.map(quoted).join(delimiter));
      const text = lines.join(lineEnd) + (last ? lineEnd : '');
      const bytes = encodeText(text, encoding)!;
      const read = await readFile(sql, bytes, {
        encoding,
        delimiter,
        quote: '"',
        escape: by,
        header: true,
        skipLines: 0,
        nullValues: [''],
      });
      expect(read.cells).toEqual(rows);
      expect([read.names, read.rejectedCount, read.mendedCount]).toEqual([names, 0, 0]);
    }),
    { numRuns: 40 },
  );
}, 60_000);

it('mutants of dirty files are read or refused with a sentence, and leave the table from before', async () => {
  const seeds = { format: 'Text', fileName: 'mutant.csv', files: dirtyFiles(), changes: TEXT_CHANGES };
  let read = 0;
  for await (const { fault, isRead } of fuzzImport(sql, seeds, 150, 3)) {
    expect(fault).toBeUndefined();
    read += Number(isRead);
  }
  expect(read).toBeGreaterThan(60);
  expect(read).toBeLessThan(140);
}, 120_000);
