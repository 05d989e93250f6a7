import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CellFormat, NumberFormat } from '../../../src/domain/cell-format';
import { MONTH_NAMES, type MonthLocale } from '../../../src/domain/month-names';
import type { SqlEngine } from '../duckdb/sql';
import { importTable } from '../import/import-table';
import { openHead } from '../import/open-head';
import { SqlTable } from '../tables';
import { sharedEngine } from '../testing/shared-engine';

let sql: SqlEngine;
beforeAll(async () => {
  sql = await sharedEngine();
});

const RUNS = { numRuns: 15 };

async function importText(text: string) {
  const file = new File([text], 'n.csv');
  const table = await importTable(sql, file, await openHead(file), {
    overrides: {},
    onProgress: () => {},
    checkpoint: () => {},
    sqlTable: 'notation',
  });
  const { rows } = await new SqlTable(table.columns, table.rowCount, sql, 'notation').preview(0, 200);
  return { ...table, rows };
}

async function readColumn(name: string, cells: readonly string[]) {
  const table = await importText(`word,${name}\n${cells.map((cell, i) => `w${i},"${cell}"\n`).join('')}`);
  return { ...table.columns[1]!, cells: table.rows.map((row) => row[1]!) };
}

/** Whole and decimal parts of numbers, a hundred at least, of one number of decimals. */
const amounts = fc.integer({ min: 1, max: 4 }).chain((digits) =>
  fc.record({
    digits: fc.constant(digits),
    units: fc.array(fc.integer({ min: 10 ** digits, max: 9_999_999 }), { minLength: 20, maxLength: 60 }),
  }),
);

const affixes: readonly Pick<NumberFormat, 'prefix' | 'suffix'>[] = [
  { prefix: '$' },
  { prefix: '€ ' },
  { prefix: 'US$' },
  { prefix: 'CHF ' },
  { prefix: 'kr ' },
  { suffix: ' €' },
  { suffix: '€' },
  { suffix: ' EUR' },
  { suffix: ' zł' },
  { suffix: '%' },
  { suffix: ' %' },
  { suffix: ' kg' },
  { suffix: 'km' },
  { suffix: ' m²' },
  { suffix: '°C' },
  { suffix: 'K' },
  { suffix: ' nights' },
  {},
];

const marks = [
  { decimal: '.', thousands: '' },
  { decimal: '.', thousands: ',' },
  { decimal: '.', thousands: "'" },
  { decimal: '.', thousands: '’' },
  { decimal: '.', thousands: ' ' },
  { decimal: ',', thousands: '' },
  { decimal: ',', thousands: '.' },
  { decimal: ',', thousands: ' ' },
  { decimal: ',', thousands: '\u00a0' },
  { decimal: ',', thousands: '\u202f' },
] as const;

function write(value: number, digits: number, format: NumberFormat): string {
  const { decimal = '.', thousands = '', prefix = '', suffix = '', bracketed } = format;
  const [whole, fraction] = Math.abs(value).toFixed(digits).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, thousands);
  const number = `${prefix}${grouped}${fraction ? decimal + fraction : ''}${suffix}`;
  if (value >= 0) return number;
  return bracketed ? `(${number})` : `-${number}`;
}

describe('numbers of every notation', () => {
  it('give back their values and their notation, and written so again read the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        amounts,
        fc.constantFrom(...affixes),
        fc.constantFrom(...marks),
        fc.boolean(),
        fc.infiniteStream(fc.boolean()),
        async ({ units, digits }, affix, { decimal, thousands }, bracketed, signs) => {
          const signed = units.map((unit) => (signs.next().value ? unit : -unit) / 10 ** digits);
          // Seven numbers must show how their thousands are parted, and seven be below zero.
          const telling = [1_234_567 / 10 ** digits + 10_000, -(1 + 0.5), 98_765.5];
          const values = [...signed, ...Array.from({ length: 7 }, () => telling).flat()];
          const format: NumberFormat = {
            ...affix,
            ...(decimal === ',' && { decimal }),
            ...(thousands !== '' && { thousands }),
            ...(bracketed && { bracketed }),
          };
          const read = await readColumn(
            'x',
            values.map((value) => write(value, digits, format)),
          );
          expect(read.storageType).toBe('float');
          expect(read.cells.map(Number)).toEqual(values.map((value) => Number(value.toFixed(digits))));
          expect(read.format?.number).toEqual({ ...format, minDecimals: digits, maxDecimals: digits });
          const again = read.cells.map((cell) => write(Number(cell), digits, read.format!.number!));
          expect(again).toEqual(values.map((value) => write(value, digits, format)));
        },
      ),
      RUNS,
    );
  });
});

const two = (value: number) => String(value).padStart(2, '0');
const day = fc.integer({ min: Date.UTC(1950, 0, 1) / 86_400_000, max: Date.UTC(2049, 11, 31) / 86_400_000 });
const days = fc.array(day, { minLength: 25, maxLength: 50 });

type Writer = (date: Date) => string;
const dateNotations: readonly (readonly [pattern: string, write: Writer])[] = [
  ['yyyy-MM-dd', (date) => date.toISOString().slice(0, 10)],
  ['dd.MM.yyyy', (d) => `${two(d.getUTCDate())}.${two(d.getUTCMonth() + 1)}.${d.getUTCFullYear()}`],
  ['d.M.yyyy', (d) => `${d.getUTCDate()}.${d.getUTCMonth() + 1}.${d.getUTCFullYear()}`],
  ['MM/dd/yyyy', (d) => `${two(d.getUTCMonth() + 1)}/${two(d.getUTCDate())}/${d.getUTCFullYear()}`],
  ['dd/MM/yyyy', (d) => `${two(d.getUTCDate())}/${two(d.getUTCMonth() + 1)}/${d.getUTCFullYear()}`],
  ['yyyy/MM/dd', (d) => d.toISOString().slice(0, 10).replaceAll('-', '/')],
  [
    'dd-MMM-yyyy',
    (d) => `${two(d.getUTCDate())}-${MONTH_NAMES.en.short[d.getUTCMonth()]}-${d.getUTCFullYear()}`,
  ],
  ['MMMM d, yyyy', (d) => `${MONTH_NAMES.en.full[d.getUTCMonth()]} ${d.getUTCDate()}, ${d.getUTCFullYear()}`],
];

describe('dates of every notation', () => {
  it('give back their days and their pattern', async () => {
    await fc.assert(
      fc.asyncProperty(days, fc.constantFrom(...dateNotations), async (some, [pattern, writeDay]) => {
        // A day that can be no month, and one of one digit.
        const dates = [...some.map((at) => at * 86_400_000), Date.UTC(2020, 2, 31), Date.UTC(2020, 2, 5)].map(
          (at) => new Date(at),
        );
        const read = await readColumn('x', dates.map(writeDay));
        expect([read.storageType, read.cells]).toEqual([
          'date',
          dates.map((date) => date.toISOString().slice(0, 10)),
        ]);
        expect(read.format?.date?.pattern).toBe(pattern);
      }),
      RUNS,
    );
  });

  it('give back their days in every language, names in full and short', async () => {
    const columns = (Object.keys(MONTH_NAMES) as MonthLocale[]).flatMap((locale) => [
      { locale, names: MONTH_NAMES[locale].full, symbol: 'MMMM' },
      { locale, names: MONTH_NAMES[locale].short, symbol: 'MMM' },
    ]);
    const [some] = fc.sample(days, { numRuns: 1, seed: 1 });
    const dates = [
      ...some!.map((at) => at * 86_400_000),
      ...MONTH_NAMES.en.full.map((_, m) => Date.UTC(2001, m, 5)),
    ].map((at) => new Date(at));
    const cell = (d: Date, names: readonly string[]) =>
      `${d.getUTCDate()} ${names[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
    const rows = dates.map((date) => columns.map(({ names }) => cell(date, names)).join());
    const table = await importText(`${columns.map((_, i) => `x${i}`).join()}\n${rows.join('\n')}\n`);
    columns.forEach(({ locale, names, symbol }, i) => {
      expect([locale, ...table.rows.map((row) => row[i])]).toEqual([
        locale,
        ...dates.map((date) => date.toISOString().slice(0, 10)),
      ]);
      const { pattern, locale: language = 'en' } = table.columns[i]!.format!.date!;
      // Two languages may spell all months alike; the names of the one told are those in the cells.
      const told = MONTH_NAMES[language as MonthLocale][symbol === 'MMM' ? 'short' : 'full'];
      const lower = (list: readonly string[]) => list.map((name) => name.toLowerCase());
      expect([pattern.replace('MMMM', 'MMM'), lower(told)]).toEqual(['d MMM yyyy', lower(names)]);
    });
  });

  it('keep T or blank, seconds, digits of a second and the offset', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 2 ** 31 }), { minLength: 20, maxLength: 40 }),
        fc.constantFrom('T', ' '),
        fc.constantFrom(0, 3, 6),
        fc.constantFrom('', 'Z', '+02:00', '-0330'),
        async (instants, between, digits, zone) => {
          const cells = instants.map((seconds) => {
            const text = new Date(seconds * 1000).toISOString();
            const fraction = digits > 0 ? `.${'123456'.slice(0, digits)}` : '';
            return `${text.slice(0, 10)}${between}${text.slice(11, 19)}${fraction}${zone}`;
          });
          const read = await readColumn('x', cells);
          const shift = zone === '+02:00' ? -120 : zone === '-0330' ? 210 : 0;
          const expected = instants.map((seconds) => {
            const text = new Date(seconds * 1000 + shift * 60_000).toISOString();
            return `${text.slice(0, 10)} ${text.slice(11, 19)}${digits > 0 ? `.${'123456'.slice(0, digits)}` : ''}`;
          });
          expect([read.storageType, read.cells]).toEqual(['datetime', expected]);
          const symbol = { '': '', Z: 'XXX', '+02:00': 'XXX', '-0330': 'XX' }[zone]!;
          const seconds = `:ss${digits > 0 ? `.${'S'.repeat(digits)}` : ''}`;
          const format: CellFormat['date'] = {
            pattern: `yyyy-MM-dd${between === 'T' ? "'T'" : ' '}HH:mm${seconds}${symbol}`,
            ...(shift !== 0 && { offsetMinutes: -shift }),
          };
          expect(read.format?.date).toEqual(format);
        },
      ),
      RUNS,
    );
  });
});
