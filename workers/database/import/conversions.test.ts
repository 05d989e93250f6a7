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

async function read(content: string, overrides: Partial<CsvDialect> = {}) {
  const file = new File([content], 'test.csv');
  const table = await importTable(sql, file, await openHead(file), {
    overrides,
    onProgress: () => {},
    checkpoint: () => {},
    sqlTable: 'converted',
  });
  const { rows } = await new SqlTable(table.columns, table.rowCount, sql, 'converted').preview(0, 100);
  return { ...table, rows };
}

/** A column beside another, quoted: its type, cells, format and what was done to it. */
async function column(name: string, values: readonly string[], overrides: Partial<CsvDialect> = {}) {
  const lines = values.map((value, i) => `r${i},"${value.replaceAll('"', '""')}"`);
  const { columns, rows, conversions } = await read(`row,${name}\n${lines.join('\n')}\n`, {
    header: true,
    ...overrides,
  });
  const { storageType, format } = columns[1]!;
  const [conversion] = conversions;
  return { type: storageType, cells: rows.map((row) => row[1]), format, conversion };
}

/** So many times that the form of the cells may show. */
const repeated = (values: readonly string[]) => Array.from({ length: 7 }, () => values).flat();

describe('numbers in the notation of their column', () => {
  it.each([
    ['currency', ['$5.00', '$1,250.50', '-$7.25'], 'float', ['5', '1250.5', '-7.25']],
    ['currency', ['1.250,50 €', '7,00 €', '12,99 €'], 'float', ['1250.5', '7', '12.99']],
    ['currency', ["CHF 1'250.50", 'CHF 7.00', 'CHF 12.05'], 'float', ['1250.5', '7', '12.05']],
    ['currency', ['1 200 kr', '95 kr', '10 000 kr'], 'integer', ['1200', '95', '10000']],
    ['currency', ['$5.00', '($2.50)', '$1.25'], 'float', ['5', '-2.5', '1.25']],
    ['percent', ['12.5%', '3.0%', '-4.5%'], 'float', ['12.5', '3', '-4.5']],
    ['percent', ['12 %', '3 %', '100 %'], 'integer', ['12', '3', '100']],
    ['percent', ['1,5%', '2,25%', '0,75%'], 'float', ['1.5', '2.25', '0.75']],
    ['unit', ['70 kg', '81.5 kg', '64.2 kg'], 'float', ['70', '81.5', '64.2']],
    ['unit', ['180cm', '175cm', '169cm'], 'integer', ['180', '175', '169']],
    ['unit', ['1 night', '2 nights', '3 nights'], 'integer', ['1', '2', '3']],
    ['unit', ['7.6K', '1.5K', '12.0K'], 'float', ['7.6', '1.5', '12']],
    ['thousands', ['20,152', '2,243', '11,074'], 'integer', ['20152', '2243', '11074']],
    ['thousands', ['1,00,000', '12,34,567', '45,000'], 'integer', ['100000', '1234567', '45000']],
    ['currency', ['₹1,00,000.50', '₹99.00', '₹10,12,34,567.00'], 'float', ['100000.5', '99', '101234567']],
    ['thousands', ["1'234", "12'345", '99'], 'integer', ['1234', '12345', '99']],
    ['thousands', ['1 234.5', '12 345.0', '99.25'], 'float', ['1234.5', '12345', '99.25']],
    ['thousands', ['1\u00a0234', '12\u00a0345', '99'], 'integer', ['1234', '12345', '99']],
    ['brackets', ['(1.50)', '2.25', '3.75'], 'float', ['-1.5', '2.25', '3.75']],
    ['brackets', ['1.50-', '2.25', '3.75'], 'float', ['-1.5', '2.25', '3.75']],
    ['brackets', ['−1.50', '2.25', '3.75'], 'float', ['-1.5', '2.25', '3.75']],
    ['decimal-comma', ['1,5', '2,25', '-3,125'], 'float', ['1.5', '2.25', '-3.125']],
  ])('%s %j', async (kind, values, type, cells) => {
    const result = await column('amount', values);
    expect([result.type, result.cells, result.conversion?.kind]).toEqual([type, cells, kind]);
  });

  it.each([
    [['$5', '€7', '£9']],
    [['5 kg', '7 lb', '9 m']],
    [['12A', '14B', '9C']],
    [['10-20 kg', '20-30 kg', '5-9 kg']],
    [['(1)', '(2)', '(3)']],
    [['$007', '$008', '$010']],
    [['5 May', '6 May', '7 May']],
    [['A1', 'A2', 'A3']],
  ])('keeps %j as text', async (values) => {
    const { type, cells } = await column('x', values);
    expect([type, cells]).toEqual(['text', values]);
  });

  it('reads “-” beside amounts as no value', async () => {
    const { type, cells, conversion } = await column('x', ['$1.50', '-', '$2.00', '']);
    expect([type, cells, conversion?.cells]).toEqual(['float', ['1.5', null, '2', null], 2]);
  });

  it('reads a file of one column of decimal commas, or of thousands', async () => {
    expect((await read('price\n12,50\n8,25\n145,00\n')).rows).toEqual([['12.5'], ['8.25'], ['145']]);
    expect((await read('people\n20,152\n2,243\n11,074\n')).rows).toEqual([['20152'], ['2243'], ['11074']]);
    expect((await read('a,b\n12,50\n8,25\n')).columns).toHaveLength(2);
  });
});

describe('words for true and false', () => {
  it.each([
    [['Yes', 'No', 'Yes'], { yes: 'Yes', no: 'No' }],
    [['y', 'n', 'n'], { yes: 'y', no: 'n' }],
    [['T', 'F', 'F'], { yes: 'T', no: 'F' }],
    [['ON', 'OFF', 'ON'], { yes: 'ON', no: 'OFF' }],
    [['ja', 'nein', 'ja'], { yes: 'ja', no: 'nein' }],
    [['Oui', 'Non', 'Non'], { yes: 'Oui', no: 'Non' }],
    [['sí', 'no', 'sí'], { yes: 'sí', no: 'no' }],
    [['SIM', 'NÃO', 'SIM'], { yes: 'SIM', no: 'NÃO' }],
    [['tak', 'nie', 'tak'], { yes: 'tak', no: 'nie' }],
    [['True', 'False', 'True'], { yes: 'True', no: 'False' }],
  ])('%j', async (values, boolean) => {
    const { type, cells, format } = await column('x', repeated(values));
    const expected = repeated(values).map((value) => String(value === boolean.yes));
    expect([type, cells, format?.boolean]).toEqual(['boolean', expected, boolean]);
  });

  it.each([[['yes', 'yes', 'yes']], [['no', 'se', 'dk']], [['Y', 'N', 'M']], [['yes', 'no', 'maybe']]])(
    'keeps %j as text',
    async (values) => {
      expect((await column('x', values)).type).toBe('text');
    },
  );

  it('leaves 0 and 1 numbers', async () => {
    expect((await column('flag', ['0', '1', '1'])).type).toBe('integer');
  });
});

describe('dates in local forms', () => {
  it.each([
    [
      'd',
      ['5. Januar 2020', '17. März 2021', '1. Mai 2019'],
      ['2020-01-05', '2021-03-17', '2019-05-01'],
      'd. MMMM yyyy',
    ],
    [
      'd',
      ['05 févr. 2020', '17 août 2021', '01 déc. 2019'],
      ['2020-02-05', '2021-08-17', '2019-12-01'],
      null,
    ],
    [
      'd',
      ['5 de enero de 2020', '17 de marzo de 2021'],
      ['2020-01-05', '2021-03-17'],
      "d 'de' MMMM 'de' yyyy",
    ],
    ['d', ['5 gennaio 2020', '17 marzo 2021'], ['2020-01-05', '2021-03-17'], 'd MMMM yyyy'],
    ['d', ['5 stycznia 2020', '17 marca 2021'], ['2020-01-05', '2021-03-17'], 'd MMMM yyyy'],
    ['date', ['20200105', '20210317', '20191231'], ['2020-01-05', '2021-03-17', '2019-12-31'], 'yyyyMMdd'],
    ['d', ['05.01.20', '17.03.21', '31.12.19'], ['2020-01-05', '2021-03-17', '2019-12-31'], 'dd.MM.yy'],
  ])('%s %j', async (name, values, cells, pattern) => {
    const result = await column(name, repeated(values));
    expect([result.type, result.cells, result.conversion?.kind]).toEqual(['date', repeated(cells), 'date']);
    if (pattern !== null) expect(result.format?.date?.pattern).toBe(pattern);
  });

  it('says which order was taken where every date could be read both ways, and takes the other', async () => {
    const values = ['01/02/2020', '03/04/2020', '05/06/2021'];
    const first = await column('d', values);
    expect([first.cells[0], first.conversion?.order]).toEqual(['2020-01-02', 'month-first']);
    const other = await column('d', values, { columns: { 1: { dayFirst: true } } });
    expect([other.cells[0], other.conversion?.order]).toEqual(['2020-02-01', 'day-first']);
    expect((await column('d', [...values, '25/12/2020'])).conversion?.order).toBeUndefined();
  });

  it('reads counts from 1970 where the name says that they are times', async () => {
    const seconds = ['1577836800', '1577836861', '1609459200'];
    const read = await column('created_at', repeated(seconds));
    expect([read.type, read.cells[1]]).toEqual(['datetime', '2020-01-01 00:01:01']);
    expect(read.format?.date?.pattern).toBe('epoch-seconds');
    const milliseconds = await column(
      'timeStamp',
      seconds.map((text) => `${text}250`),
    );
    expect([milliseconds.type, milliseconds.cells[1]]).toEqual(['datetime', '2020-01-01 00:01:01.250']);
    for (const name of ['account', 'elapsed_time', 'amount']) {
      expect((await column(name, seconds)).type).toBe('integer');
    }
    expect((await column('created_at', ['5', '17', '1577836861'])).type).toBe('integer');
  });

  it('knows that GMT is UTC', async () => {
    const { cells, format } = await column('t', repeated(['2020-01-01 10:00:00 GMT']));
    expect([cells[0], format?.date?.pattern]).toEqual(['2020-01-01 10:00:00', "yyyy-MM-dd HH:mm:ss 'GMT'"]);
  });

  it('makes offsets UTC, names the commonest, and keeps microseconds in previews', async () => {
    const { cells, format, conversion } = await column(
      't',
      repeated(['2020-01-01T10:00:00.123456+02:00', '2020-01-01T10:00:00.500000+02:00']),
    );
    expect(cells.slice(0, 2)).toEqual(['2020-01-01 08:00:00.123456', '2020-01-01 08:00:00.500']);
    expect(format?.date).toEqual({ pattern: "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX", offsetMinutes: 120 });
    expect(conversion?.kind).toBe('zone');
  });
});

describe('codes', () => {
  it.each([
    ['phone', ['+4712345678', '+4687654321', '+4311122233']],
    ['phone', ['+14155550100', '+442071838750', '+33123456789']],
    ['phone', ['+49301234567', '+49891234567', '+49401234567']],
    ['version', ['2.7.90', '2.7.91', '2.10.3']],
    ['version', ['1.10', '1.1', '1.2', '1.20', '2.0']],
    ['version', ['3.9', '3.10', '3.1', '3.90']],
    ['batch', ['1E5', '12E4', '3E07']],
    ['zip', ['02134', '10001', '94105']],
    ['code', ['007', '010', '123']],
  ])('%s %j stay text', async (name, values) => {
    const { type, cells } = await column(name, values);
    expect([type, cells]).toEqual(['text', values]);
  });

  it.each([
    [['NO', 'NA', 'NL', 'SE']],
    [['EU', 'NA', 'AS', 'AF', 'EU', 'NA']],
    [['EMEA', 'NA', 'APAC', 'LATAM', 'NA']],
  ])('take NA as one among %j', async (values) => {
    const { cells, conversion } = await column('region', values);
    expect(cells).toEqual(values);
    expect(conversion).toMatchObject({
      kind: 'code',
      cells: values.filter((value) => value === 'NA').length,
    });
    const undone = await column('region', values, { columns: { 1: { nulls: ['NA'] } } });
    expect(undone.cells).toEqual(values.map((value) => (value === 'NA' ? null : value)));
    expect(undone.conversion?.undone).toBe(true);
  });

  it.each([
    [['Anna', 'NA', 'Bert', 'Cleo']],
    [['NY', 'NA', 'TX', 'CA', 'WI', 'NA']],
    [['north', 'south', 'NA', 'NA']],
  ])('take NA as no value among %j', async (values) => {
    expect((await column('x', values)).cells).toContain(null);
  });

  it.each([
    [
      ['5', '—', '7', '–'],
      ['5', null, '7', null],
    ],
    [
      ['1.5', '#DIV/0!', '#REF!', '2'],
      ['1.5', null, null, '2'],
    ],
    [
      ['5', 'missing', '7', 'n.a.'],
      ['5', null, '7', null],
    ],
    [
      ['sold', 'missing', 'old', '—'],
      ['sold', 'missing', 'old', '—'],
    ],
  ])('reads dashes, errors and words for missing as such beside values alone: %j', async (values, cells) => {
    expect((await column('x', values)).cells).toEqual(cells);
  });

  it('decide null spellings column by column', async () => {
    const { rows } = await read('n,t,c\n1,-,NO\n-,x,NA\n3,y,SE\n');
    expect(rows).toEqual([
      ['1', '-', 'NO'],
      [null, 'x', 'NA'],
      ['3', 'y', 'SE'],
    ]);
  });
});

describe('undoing', () => {
  it('keeps the texts of one column, and says what they would be', async () => {
    const text = 'a,b\n$1.50,$2.00\n$2.50,$3.00\n';
    const { rows, conversions, columns, dialect } = await read(text, { columns: { 0: { keepText: true } } });
    expect(rows).toEqual([
      ['$1.50', '2'],
      ['$2.50', '3'],
    ]);
    expect(columns.map(({ storageType }) => storageType)).toEqual(['text', 'float']);
    expect(conversions.map(({ column, undone }) => [column, undone])).toEqual([
      ['a', true],
      ['b', undefined],
    ]);
    expect(dialect.columns).toEqual({ 0: { keepText: true } });
  });
});

describe('formats of cells', () => {
  const many = (text: string, times = 10) => Array.from({ length: times }, () => text);

  it('tell what at least 7 rows need', async () => {
    const format = async (values: readonly string[]) => (await column('x', values)).format?.number;
    expect(await format(many('4.00'))).toEqual({ minDecimals: 2, maxDecimals: 2 });
    expect(await format([...many('4.5'), ...many('4.25', 7)])).toEqual({ minDecimals: 1, maxDecimals: 2 });
    expect(await format([...many('4.5'), ...many('4.12345', 6)])).toEqual({ minDecimals: 1, maxDecimals: 1 });
    expect(await format([...many('4.5'), '7', ...many('50000.0')])).toEqual({
      minDecimals: 1,
      maxDecimals: 1,
    });
  });

  it.each([
    ['x', ['$1,250.50', '$7.25', '($3.00)']],
    ['x', ['70 wotans', '81 wotans', '64 wotans']],
    ['x', ['JA', 'NEIN', 'JA']],
    ['d', ['5. Januar 2020', '17. März 2021', '1. Mai 2021']],
    ['d', ['05.01.2020', '17.03.2021', '31.12.2019']],
    ['t', ['2020-01-01T10:00:00+05:45', '2020-01-01T10:00:00+05:45']],
    ['created_at', ['1577836800', '1577836861']],
    ['x', ['1,5', '2,25', '3,125']],
  ])('tell nothing that fewer than 7 rows show: %s %j', async (name, values) => {
    const { type, format, conversion } = await column(name, values);
    expect([type === 'text', format, conversion?.cells]).toEqual([false, undefined, values.length]);
  });

  it('leave out the marks of fewer than 7 rows', async () => {
    const small = Array.from({ length: 30 }, (_, i) => `$${i + 1}.00`);
    const { type, format } = await column('x', [...small, '$1,250.00', '($3.00)']);
    expect(type).toBe('float');
    expect(format?.number).toEqual({ prefix: '$', minDecimals: 2, maxDecimals: 2 });
  });

  it('tell the commonest spelling of no value, of texts too, unless few rows have it', async () => {
    const spelling = async (values: readonly string[]) => (await column('x', values)).format?.nullSpelling;
    expect(await spelling([...many('1.5'), ...many('?', 8), 'NA'])).toBe('?');
    expect(await spelling([...many('1.5'), ...many(' ', 8)])).toBe(' ');
    expect(await spelling([...many('word'), ...many('n/a', 7)])).toBe('n/a');
    expect(await spelling([...many('1.5'), ...many('?', 6)])).toBeUndefined();
    expect(await spelling([...many('1.5'), ...many('?', 8), ...many('', 9)])).toBeUndefined();
  });
});

describe('dates without marks, and with weekdays', () => {
  const days = Array.from({ length: 20 }, (_, i) => `201903${`${i + 1}`.padStart(2, '0')}`);

  it('are read where every cell of a long column is a day', async () => {
    const { type, cells, conversion, format } = await column('c1', days);
    expect([type, cells[0], conversion?.kind]).toEqual(['date', '2019-03-01', 'date']);
    expect(format?.date?.pattern).toBe('yyyyMMdd');
  });

  it.each([
    ['few cells', days.slice(0, 12)],
    ['few days', days.map((_, i) => days[i % 3]!)],
    ['a cell that is no day', [...days, '20191399']],
  ])('stay numbers with %s', async (_, values) => {
    expect((await column('c1', values)).type).toBe('integer');
  });

  it.each([
    [['Monday, March 2, 2020', 'Tuesday, March 10, 2020'], 'EEEE, MMMM d, yyyy'],
    [['Mon, 2 Mar 2020', 'Tue, 10 Mar 2020'], 'EEE, d MMM yyyy'],
    [['Mon Mar 02 2020', 'Tue Mar 10 2020'], 'EEE MMM dd yyyy'],
  ])('%j', async (values, pattern) => {
    const { type, cells, format } = await column('c1', repeated(values));
    expect([type, cells[0], cells[1]]).toEqual(['date', '2020-03-02', '2020-03-10']);
    expect(format?.date?.pattern).toBe(pattern);
  });
});
