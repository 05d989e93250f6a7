import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileLayout, OriginalForm } from '../../../src/domain/original-form';
import { fileLayout } from '../dialect/file-layout';
import { importTable } from '../import/import-table';
import { openHead } from '../import/open-head';
import { SqlTable } from '../tables';
import { sharedEngine } from '../testing/shared-engine';
import { csv } from './csv';
import { exported, type TestColumn } from './testing/export-table';

const LAYOUT: FileLayout = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  lineEnd: '\n',
  header: true,
  decimal: '.',
};
const read = ({ bytes }: { bytes: Uint8Array }, encoding = 'utf-8') =>
  new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes, { stream: true });

const PEOPLE: readonly TestColumn[] = [
  { name: 'id', type: 'integer', values: [1, 2, 3] },
  { name: 'pay', type: 'float', values: [1250.5, null, -3] },
  { name: 'on', type: 'date', values: [Date.UTC(2024, 0, 31), Date.UTC(1999, 11, 1), null] },
  { name: 'ok', type: 'boolean', values: [true, null, false] },
  { name: 'note', type: 'text', values: ['a;b', '', 'plain'] },
];

describe('CSV as the original', () => {
  it('says where the original has times finer than those of the rows', async () => {
    const at: TestColumn = { name: 'at', type: 'datetime', values: [Date.UTC(2024, 0, 31)] };
    const date = { pattern: 'yyyy-MM-dd HH:mm:ss.SSSSSS' };
    const original = { layout: LAYOUT, columns: [{ name: 'at', format: { date } }] };
    const { bytes, notes } = await exported(csv, [at], { original });
    expect(read({ bytes })).toBe('at\n2024-01-31 00:00:00.000000\n');
    expect(notes).toEqual([
      '“at” has times finer than milliseconds in the original; the further digits are zeros here.',
    ]);
  });

  it('has its delimiter, marks, spellings, quotes and line ends', async () => {
    const original: OriginalForm = {
      layout: {
        ...{ ...LAYOUT, delimiter: ';', lineEnd: '\r\n', decimal: ',', encoding: 'windows-1252' },
        quotedHeader: 'all',
      },
      columns: [
        {
          name: 'pay',
          format: {
            nullSpelling: 'k. A.',
            number: { thousands: '.', minDecimals: 2, maxDecimals: 2, suffix: ' €' },
          },
        },
        { name: 'on', format: { nullSpelling: '?', date: { pattern: 'd.M.yyyy' } } },
        { name: 'ok', format: { boolean: { yes: 'Ja', no: 'Nein' } } },
        { name: 'note', quoted: true },
      ],
    };
    const file = await exported(csv, PEOPLE, { original });
    expect(read(file, 'windows-1252').split('\r\n')).toEqual([
      '"id";"pay";"on";"ok";"note"',
      '1;1.250,50 €;31.1.2024;Ja;"a;b"',
      '2;k. A.;1.12.1999;;""',
      '3;-3,00 €;?;Nein;"plain"',
      '',
    ]);
    expect(file.notes).toEqual([]);
  });

  it('is standard CSV where that is asked for or nothing else is known', async () => {
    const original: OriginalForm = { layout: { ...LAYOUT, delimiter: '|', header: false }, columns: [] };
    const standard = await exported(csv, PEOPLE, {
      original,
      csv: { neutraliseFormulas: false, form: 'standard' },
    });
    expect(read(standard)).toBe(read(await exported(csv, PEOPLE)));
    expect(read(standard)).toContain(
      'id,pay,on,ok,note\r\n1,1250.5,2024-01-31,true,a;b\r\n2,,1999-12-01,,""\r\n',
    );
  });

  it('begins with the mark of its encoding', async () => {
    const layout = { ...LAYOUT, encoding: 'utf-16le', byteOrderMark: true as const };
    const { bytes } = await exported(csv, [PEOPLE[0]!], { original: { layout, columns: [] } });
    expect([...bytes.subarray(0, 4)]).toEqual([0xff, 0xfe, 0x69, 0]);
  });

  it('says what it could not write: characters, cells without quotes, texts that read as no value', async () => {
    const layout = { ...LAYOUT, encoding: 'iso-8859-1', quote: '', delimiter: '\t' };
    const texts = { name: 't', type: 'text' as const, values: ['a\tb', 'c\r\nd', '日本', 'NA', null] };
    const file = await exported(csv, [texts], {
      original: { layout, columns: [{ name: 't', format: { nullSpelling: 'NA' } }] },
    });
    expect(read(file)).toBe('t\na b\nc d\n??\nNA\nNA\n');
    expect(file.notes).toEqual([
      '2 characters that iso-8859-1 lacks became “?”. Standard CSV is UTF-8 and keeps them.',
      '2 cells held the delimiter or a line end, and the original knows no quotes: blanks stand instead. Standard CSV keeps them.',
      '1 text will read as no value, which the original writes as “NA”.',
    ]);
  });

  it('escapes quotes as the original does, and formulas where asked', async () => {
    const layout = { ...LAYOUT, escape: '\\' as const };
    const texts = { name: 't', type: 'text' as const, values: ['say "hi"', 'C:\\', '=1'] };
    const options = { original: { layout, columns: [] }, csv: { neutraliseFormulas: true } };
    expect(read(await exported(csv, [texts], options))).toBe('t\n"say \\"hi\\""\n"C:\\\\"\n\'=1\n');
  });
});

it('keeps missing cells between runs of delimiters, and delimiters behind backslashes', async () => {
  const texts = { name: 't', type: 'text' as const, values: ['a', null, 'c d'] };
  const runs = { ...LAYOUT, delimiter: ' ', mergeDelimiters: true as const };
  const again = { ...texts, name: 'u' };
  expect(read(await exported(csv, [texts, again], { original: { layout: runs, columns: [] } }))).toBe(
    't u\na a\n"" ""\n"c d" "c d"\n',
  );
  const bare = { ...runs, quote: '', escape: '\\' as const };
  expect(read(await exported(csv, [texts, again], { original: { layout: bare, columns: [] } }))).toBe(
    't u\na a\nNA NA\nc\\ d c\\ d\n',
  );
});

/** What the head of a text says of its layout; all columns are texts. */
function layoutOf(text: string, dialect: Partial<FileLayout> = {}) {
  const bytes = new TextEncoder().encode(text);
  const found = { ...LAYOUT, encoding: 'utf-8', skipLines: 0, nullValues: ['', 'NA'], ...dialect } as const;
  return fileLayout(bytes, true, found as never, new Set([0, 1]));
}

describe('the layout of a file', () => {
  it('is told from line ends, byte-order mark and quotes', () => {
    expect(layoutOf('a,b\n1,x\n')).toEqual(LAYOUT);
    expect(layoutOf('\ufeffa,b\r\n1,x\r\n2,"y\n"\r\n')).toEqual({
      ...LAYOUT,
      lineEnd: '\r\n',
      byteOrderMark: true,
    });
    expect(layoutOf('"a","b"\n1,"x"\n2,NA\n3,"say ""hi"""\n')).toEqual({
      ...{ ...LAYOUT, quotedHeader: 'all', quotedColumns: [1] },
    });
    expect(layoutOf('"1","x"\n"2","NA"\n', { header: false })).toEqual({
      ...{ ...LAYOUT, header: false, quotedNulls: true, quotedColumns: [0, 1] },
    });
    expect(layoutOf('a,b\n1,"say \\"x\\" , y"\n2,"z"\n', { escape: 'backslash' as never })).toEqual({
      ...{ ...LAYOUT, escape: '\\', quotedColumns: [1] },
    });
    expect(layoutOf('a,b\r1,2\r')).toEqual({ ...LAYOUT, lineEnd: '\r' });
  });
});

const DELIMITERS = [',', ';', '\t', '|'] as const;
const wordOf = fc.string({ unit: fc.constantFrom(...'abcXYZ äß,;|\t"=\n'), minLength: 1, maxLength: 8 });
/** Texts that stand in one column and are no numbers, dates or spellings of no value. */
const textOf = wordOf.map((word) => `w${word}w`);
const MONTH = 31 * 86_400_000;

it('imports again as the same values in the same form, whatever the form', async () => {
  const sql = await sharedEngine();
  const forms = fc.record({
    delimiter: fc.constantFrom(...DELIMITERS),
    lineEnd: fc.constantFrom('\n' as const, '\r\n' as const),
    encoding: fc.constantFrom('utf-8', 'utf-16le', 'windows-1252'),
    decimal: fc.constantFrom('.' as const, ',' as const),
    quotedTexts: fc.boolean(),
    nulls: fc.constantFrom('', 'NA', '?'),
    digits: fc.integer({ min: 1, max: 3 }),
    texts: fc.array(textOf, { minLength: 30, maxLength: 30 }),
    seed: fc.nat(1_000),
  });
  await fc.assert(
    fc.asyncProperty(
      forms,
      async ({ delimiter, lineEnd, encoding, decimal, quotedTexts, nulls, digits, texts, seed }) => {
        const rows = texts.length;
        const row = (of: (i: number) => number) =>
          Array.from({ length: rows }, (_, i) => (i % 7 === 3 ? null : of(i + seed)));
        const table: TestColumn[] = [
          { name: 'number', type: 'float', values: row((i) => (1 + ((i * 7919) % 5000)) / 10 ** digits) },
          { name: 'when', type: 'date', values: row((i) => MONTH * 12 * 20 + i * MONTH) },
          { name: 'text', type: 'text', values: texts },
        ];
        const layout: FileLayout = {
          ...{ encoding, delimiter, quote: '"', lineEnd, header: true, decimal },
          ...(encoding === 'utf-16le' && { byteOrderMark: true as const }),
          ...(quotedTexts && { quotedHeader: 'all' as const, quotedColumns: [2] }),
        };
        // A decimal comma in a file with commas for delimiters stands in quotes.
        const inQuotes = decimal === ',' && delimiter === ',';
        const original: OriginalForm = {
          layout,
          columns: [
            {
              name: 'number',
              format: { nullSpelling: nulls, number: { minDecimals: digits, maxDecimals: digits } },
            },
            { name: 'when', format: { nullSpelling: nulls } },
            { name: 'text', ...(quotedTexts && { quoted: true as const }) },
          ],
        };
        const { bytes } = await exported(csv, table, { original });
        const file = new File([bytes as Uint8Array<ArrayBuffer>], 'again.csv');
        const head = await openHead(file);
        const options = { sqlTable: 'again', onProgress: () => undefined, checkpoint: () => undefined };
        const overrides = { decimal, delimiter, encoding: encoding as 'utf-8' };
        const imported = await importTable(sql, file, head, { ...options, overrides });
        try {
          const { rows: cells } = await new SqlTable(
            imported.columns,
            imported.rowCount,
            sql,
            'again',
          ).preview(0, 100);
          expect(cells).toEqual(
            texts.map((text, i) => {
              const [number, when] = [table[0]!.values[i], table[1]!.values[i]];
              return [
                number === null ? null : String(number),
                when === null ? null : new Date(Number(when)).toISOString().slice(0, 10),
                text,
              ];
            }),
          );
          const again = fileLayout(head.bytes, head.complete, imported.dialect, new Set([2]));
          const { quotedColumns: _found, ...found } = again;
          const { quotedColumns: _given, ...given } = layout;
          expect(found).toEqual(given);
          if (quotedTexts && !inQuotes) expect(again.quotedColumns).toEqual([2]);
        } finally {
          await sql.query('DROP TABLE IF EXISTS again');
        }
      },
    ),
    { numRuns: 8 },
  );
}, 60_000);
