import { concatBytes } from '@noble/hashes/utils.js';
import { tableFromIPC } from 'apache-arrow';
import { XMLParser } from 'fast-xml-parser';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors';
import { openSqlite } from '../formats/sqlite/open-sqlite';
import type { Exporter } from './exporter';
import { loadExporter } from './load-exporter';
import { exported, schemaOf, type TestColumn } from './testing/export-table';
import { xlsxOf } from './xlsx';

const DAY = 86_400_000;
const AT = Date.UTC(2024, 1, 29, 13, 5, 9);
const ODD = '=1+1 <b>&"quoted"</b>\ttab\nline_x0041_ 😀 \u0007';

/** Every type, without a value too, with names that readers trip over. */
const TABLE: readonly TestColumn[] = [
  { name: 'n', type: 'integer', values: [1, -5, null, 2 ** 53, 0] },
  { name: 'x', type: 'float', values: [1.5, 4, null, -0.1, 1e300] },
  { name: 'yes', type: 'boolean', values: [true, false, null, true, false] },
  {
    name: 'day',
    type: 'date',
    values: [0, AT - (AT % DAY), null, Date.UTC(1900, 0, 1), Date.UTC(9999, 11, 31)],
  },
  { name: 'at', type: 'datetime', values: [AT, AT + 7, null, 0, Date.UTC(1999, 0, 1)] },
  { name: 'a "b", <c>', type: 'text', values: [ODD, '', null, '007', '=SUM(A1)'] },
];
const load = (format: Parameters<typeof loadExporter>[0]) => loadExporter(format);
const value = (column: number, row: number) => TABLE[column]!.values[row] ?? null;
const iso = (instant: unknown) => (instant === null ? null : new Date(Number(instant)).toISOString());
/** The table as rows of names and values, dates as ISO texts. */
const ROWS = Array.from({ length: 5 }, (_, row) => ({
  n: value(0, row),
  x: value(1, row),
  yes: value(2, row),
  day: iso(value(3, row))?.slice(0, 10) ?? null,
  at: iso(value(4, row))?.replace('.000', '').replace('Z', '') ?? null,
  'a "b", <c>': value(5, row),
}));
const text = async (exporter: Exporter) =>
  new TextDecoder().decode((await exported(exporter, TABLE, { groupRows: 2 })).bytes);

describe('JSON', () => {
  it('reads back as the same objects', async () => {
    expect(JSON.parse(await text(await load('json')))).toEqual(ROWS);
    const lines = (await text(await load('jsonl'))).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line))).toEqual(ROWS);
  });

  it('says that infinite numbers are lost', async () => {
    const { bytes, notes } = await exported(await load('json'), [
      { name: 'x', type: 'float', values: [Number.POSITIVE_INFINITY, 1] },
    ]);
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual([{ x: null }, { x: 1 }]);
    expect(notes).toEqual(['1 infinite numbers became null: JSON has none.']);
  });
});

describe('Arrow', () => {
  it('keeps values and types in every record batch, read by apache-arrow', async () => {
    const table = tableFromIPC((await exported(await load('arrow'), TABLE, { groupRows: 2 })).bytes);
    expect(table.batches.map(({ numRows }) => numRows)).toEqual([2, 2, 1]);
    expect(table.schema.fields.map(({ type, nullable }) => [String(type), nullable])).toEqual([
      ['Int64', true],
      ['Float64', true],
      ['Bool', true],
      ['Date32<DAY>', true],
      ['Timestamp<MICROSECOND>', true],
      ['Utf8', true],
    ]);
    const rows = Array.from({ length: table.numRows }, (_, row) => {
      const [n, x, yes, day, at, name] = table.schema.fields.map((_field, c) =>
        table.getChildAt(c)!.get(row),
      );
      return {
        n: n === null ? null : Number(n),
        ...{ x, yes },
        day: iso(day)?.slice(0, 10) ?? null,
        at: iso(at)?.replace('.000', '').replace('Z', '') ?? null,
        'a "b", <c>': name,
      };
    });
    expect(rows).toEqual(ROWS);
  });
});

describe('SQLite', () => {
  it('holds typed columns, whole numbers in full, dates as ISO texts', async () => {
    const { bytes } = await exported(await load('sqlite'), [...TABLE, { ...TABLE[0]!, name: 'N' }]);
    expect(new TextDecoder().decode(bytes.subarray(0, 15))).toBe('SQLite format 3');
    const database = await openSqlite(bytes);
    const [columns] = database.exec('SELECT name, type FROM pragma_table_info("people")');
    expect(columns!.values).toEqual([
      ['n', 'INTEGER'],
      ['x', 'REAL'],
      ['yes', 'BOOLEAN'],
      ['day', 'DATE'],
      ['at', 'DATETIME'],
      ['a "b", <c>', 'TEXT'],
      ['N_', 'INTEGER'],
    ]);
    const [rows] = database.exec('SELECT *, typeof(n), typeof(x), CAST(n AS TEXT) FROM people');
    expect(rows!.values.map((row) => row.slice(0, 6))).toEqual(
      ROWS.map((row) => [
        ...[
          row.n,
          row.x,
          row.yes === null ? null : Number(row.yes),
          row.day,
          row.at?.replace('T', ' ') ?? null,
        ],
        row['a "b", <c>'],
      ]),
    );
    expect(rows!.values[3]!.slice(-3)).toEqual(['integer', 'real', '9007199254740992']);
    database.close();
  });

  it('refuses more columns than a table takes', async () => {
    const many = Array.from({ length: 2_001 }, (_, i) => ({
      name: `c${i}`,
      type: 'integer' as const,
      values: [1],
    }));
    await expect(exported(await load('sqlite'), many)).rejects.toMatchObject({ code: 'export/failed' });
  });
});

/** The cells of a workbook by sheet, as its XML has them: [type, style, content]. */
function cellsOf(bytes: Uint8Array): Map<string, Map<string, [string, string, string]>> {
  const files = unzipSync(bytes);
  const parser = new XMLParser({
    ...{ ignoreAttributes: false, attributeNamePrefix: '', trimValues: false, parseTagValue: false },
    isArray: (name) => ['sheet', 'row', 'c', 'Relationship', 'numFmt', 'xf'].includes(name),
  });
  const part = (path: string) => parser.parse(new TextDecoder().decode(files[path]));
  const sheets: { name: string; sheetId: string }[] = part('xl/workbook.xml').workbook.sheets.sheet;
  return new Map(
    sheets.map(({ name, sheetId }) => [
      name,
      new Map(
        part(`xl/worksheets/sheet${sheetId}.xml`).worksheet.sheetData.row.flatMap(
          ({ c = [] }: { c?: Record<string, unknown>[] }) =>
            c.map(({ r, t = '', s = '', v, is }: Record<string, unknown>) => [
              r,
              [t, s, is === undefined ? v : textOf((is as { t: string | { '#text'?: string } }).t)],
            ]),
        ),
      ),
    ]),
  );
}

/** Content of a `<t>`, which is an object where it has an attribute. */
function textOf(t: string | { '#text'?: string }): string {
  return typeof t === 'string' ? t : (t['#text'] ?? '');
}

describe('Excel', () => {
  it('holds numbers, booleans, dates by their serial and texts that are no formulas', async () => {
    const { bytes, notes } = await exported(await load('xlsx'), TABLE);
    const cells = cellsOf(bytes).get('people')!;
    expect(['A1', 'F1'].map((address) => cells.get(address))).toEqual([
      ['inlineStr', '1', 'n'],
      ['inlineStr', '', 'a "b", <c>'],
    ]);
    expect(['A2', 'B2', 'C2', 'D2', 'E2', 'F2'].map((address) => cells.get(address))).toEqual([
      ['', '1', '1'],
      ['', '', '1.5'],
      ['b', '', '1'],
      ['', '2', '25569'],
      ['', '3', (45351 + (13 * 3600 + 5 * 60 + 9) / 86_400).toFixed(10)],
      ['inlineStr', '', ODD.replace('_x0041_', '_x005F_x0041_').replace('\u0007', '_x0007_')],
    ]);
    // The first day that Excel has, and a number beyond its digits.
    expect(['D5', 'A5', 'F6'].map((address) => cells.get(address))).toEqual([
      ['', '2', '1'],
      ['inlineStr', '1', '9007199254740992'],
      ['inlineStr', '', '=SUM(A1)'],
    ]);
    expect(
      [...cells].flatMap(([address, [type, , content]]) => (address.endsWith('4') ? [[type, content]] : [])),
    ).toEqual(Array.from({ length: 3 }, () => ['', undefined]));
    expect(notes).toEqual([expect.stringContaining('1 values that Excel has no number or date for')]);
  });

  it('goes on with another sheet when one is full, each with the names', async () => {
    const values = Array.from({ length: 7 }, (_, i) => i);
    const { bytes, notes } = await exported(xlsxOf(3), [{ name: 'n', type: 'integer', values }]);
    const sheets = cellsOf(bytes);
    expect([...sheets.keys()]).toEqual(['people', 'people_2', 'people_3']);
    const read = [...sheets.values()].flatMap((cells) => [...cells.entries()]);
    expect(read.filter(([address]) => address === 'A1').map(([, cell]) => cell[2])).toEqual(['n', 'n', 'n']);
    expect(read.filter(([address]) => address !== 'A1').map(([, cell]) => Number(cell[2]))).toEqual(values);
    expect(notes).toEqual(['A sheet takes 3 rows: these stand on 3 sheets.']);
  });

  it('ends with the error that reading the rows throws', async () => {
    const canceled = new UserError('canceled', 'The export was cancelled.');
    const rows = {
      count: 10,
      async *blocks() {
        yield { columns: [[1, 2, 3]], rows: 3 };
        throw canceled;
      },
    };
    const schema = schemaOf([{ name: 'n', type: 'integer', values: [] }]);
    const request = { rows, schema, name: 'n', csv: { neutraliseFormulas: false }, note: () => undefined };
    const read = async () => {
      for await (const _chunk of (await load('xlsx')).write(request)) void _chunk;
    };
    await expect(read()).rejects.toBe(canceled);
  });

  it.each(["''", 'History', 'a/b[c]:*?', 'x'.repeat(40), '😀'.repeat(20)])(
    'finds a name for a sheet of %j',
    async (name) => {
      const rows = {
        count: 1,
        async *blocks() {
          yield { columns: [[1]], rows: 1 };
        },
      };
      const schema = schemaOf([{ name: 'n', type: 'integer', values: [] }]);
      const parts: Uint8Array[] = [];
      const request = { rows, schema, name, csv: { neutraliseFormulas: false }, note: () => undefined };
      for await (const chunk of (await load('xlsx')).write(request)) parts.push(chunk);
      const [sheet] = cellsOf(concatBytes(...parts)).keys();
      expect(sheet).toMatch(/^[^'[\]:*?/\\]{1,31}$/);
      expect([sheet!.toLowerCase() === 'history', sheet!.isWellFormed()]).toEqual([false, true]);
    },
  );

  it('shows decimals and percentages as the original wrote them', async () => {
    const column = { name: 'share', type: 'float' as const, values: [12.5] };
    const layout = {
      encoding: 'utf-8',
      delimiter: ',',
      quote: '"',
      lineEnd: '\n',
      header: true,
      decimal: '.',
    } as const;
    const number = { minDecimals: 1, maxDecimals: 1, suffix: '%' };
    const { bytes } = await exported(await load('xlsx'), [column], {
      original: { layout, columns: [{ name: 'share', format: { number } }] },
    });
    expect(new TextDecoder().decode(unzipSync(bytes)['xl/styles.xml'])).toContain(
      'formatCode="0.0&quot;%&quot;"',
    );
    expect(cellsOf(bytes).get('people')!.get('A2')![2]).toBe('12.5');
  });
});
