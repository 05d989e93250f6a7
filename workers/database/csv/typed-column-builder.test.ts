import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { queryRows, type Scalar } from '../duckdb/arrow';
import { literal, type SqlEngine } from '../duckdb/sql';
import { columnsToIpc, sqlType } from '../formats/columns-to-ipc';
import { sharedEngine } from '../testing/shared-engine';
import { parsersFor } from '../typing/candidates';
import { type BytesNotation, typedColumnBuilder } from './typed-column-builder';

let sql: SqlEngine;
beforeAll(async () => {
  sql = await sharedEngine();
});

const PARSERS = parsersFor({ decimal: '.', delimiter: ',' }, false).filter(({ bytes }) => bytes);

/** Values by SQL (null = not read), by bytes (undefined = not taken), and as DuckDB prints the latter. */
async function readBoth(
  notation: BytesNotation,
  texts: readonly string[],
): Promise<(Record<string, Scalar> & { readonly isCanonical: boolean; readonly isFiner: boolean })[]> {
  const parser = PARSERS.find(({ bytes }) => bytes === notation)!;
  const builder = typedColumnBuilder(notation);
  builder.reserve(texts.length);
  const encoder = new TextEncoder();
  const canonical: boolean[] = [];
  const finer: number[] = [];
  const taken = texts.filter((text) => {
    builder.isCanonical = true;
    const before = builder.finer;
    const bytes = encoder.encode(`x${text}x`);
    if (!builder.append(bytes, 1, bytes.length - 1)) return false;
    canonical.push(builder.isCanonical);
    finer.push(builder.finer - before);
    return true;
  });
  if (taken.length === 0) return [];
  const values = builder.take();
  await sql.query(`CREATE OR REPLACE TABLE by_bytes (c0 ${sqlType(values.type)})`);
  await sql.insertArrow(columnsToIpc([values], taken.length), 'by_bytes', false);
  const list = taken.map((text, i) => `(${i}, ${literal(text)})`).join(', ');
  const coarser = parser.coarser ? `${parser.coarser.sql('t')} IS NULL` : 'false';
  const rows = await queryRows(
    sql,
    `SELECT t, c0::VARCHAR AS read, c0 IS NOT DISTINCT FROM ${parser.sql('t')} AS same,
      ${parser.sql('t')}::VARCHAR AS right, ${coarser} AS finer, ${parser.decimals ? parser.decimals('t') : 'NULL'} AS decimals
      FROM (VALUES ${list}) AS texts(i, t) JOIN (SELECT rowid AS i, c0 FROM by_bytes) USING (i) ORDER BY i`,
  );
  return rows.map((row, i) => ({ ...row, isCanonical: canonical[i]!, isFiner: finer[i] === 1 }));
}

const digits = (max: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: max });
const number = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    fc.oneof(digits(4), digits(22), fc.nat().map(String)),
    fc.oneof(
      fc.constant(''),
      fc.constant('.'),
      digits(20).map((text) => `.${text}`),
    ),
    fc.oneof(
      { weight: 4, arbitrary: fc.constant('') },
      fc.integer({ min: -400, max: 400 }).map((e) => `e${e}`),
    ),
  )
  .map((parts) => parts.join(''));
const double = fc.double().map(String);
const long = fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String);
const two = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'));
const day = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), two(13), two(32))
  .map(([year, month, date]) => `${String(year).padStart(4, '0')}-${month}-${date}`);
const clock = fc
  .tuple(
    fc.constantFrom('T', ' ', ''),
    two(25),
    two(61),
    fc.oneof(
      two(61).map((second) => `:${second}`),
      fc.constant(''),
    ),
    fc.oneof(
      fc.constant(''),
      digits(8).map((text) => `.${text}`),
    ),
    fc.constantFrom('', '', 'Z', ' UTC', '+02:00'),
  )
  .map((parts) => parts.join(''));
const moment = fc.tuple(day, fc.oneof(clock, fc.constant(''))).map((parts) => parts.join(''));
const word = fc.constantFrom('true', 'false', 'True', 'FALSE', 'tRuE', 'yes', 'truE ', 't', '', 'falsch');
const text = fc.oneof(number, double, long, day, moment, word, fc.string({ maxLength: 6 }));

describe('a column that is read while the file is scanned', () => {
  const own: Record<BytesNotation, fc.Arbitrary<string>> = {
    integer: fc.oneof(number, long, text),
    decimal: fc.oneof(number, double, text),
    boolean: fc.oneof(word, text),
    'iso-date': fc.oneof(day, text),
    'iso-datetime': fc.oneof(moment, text),
  };
  it.each(Object.keys(own) as BytesNotation[])('reads what SQL reads: %s', async (notation) => {
    await fc.assert(
      fc.asyncProperty(fc.array(own[notation], { minLength: 50, maxLength: 200 }), async (texts) => {
        const clean = texts.filter((one) => !one.includes('\0')).map((one) => one.toWellFormed());
        for (const row of await readBoth(notation, clean)) {
          expect(row).toMatchObject({ same: true });
          expect(row).toMatchObject({ right: expect.any(String), finer: row.isFiner });
          if (row.isCanonical) expect(row).toMatchObject({ read: row['t'] });
        }
      }),
      { numRuns: 25 },
    );
  });

  it('takes the plain forms of every notation', async () => {
    const plain: Record<BytesNotation, readonly string[]> = {
      integer: ['0', '7', '-12', '1234567890123456', '9223372036854775807', '-9223372036854775808'],
      decimal: ['0', '-0.5', '12.50', '3.14159265358979312', '1e5', '1.5E-7', '-2'],
      boolean: ['true', 'False'],
      'iso-date': ['2024-02-29', '0001-01-01', '9999-12-31', '1969-12-31'],
      'iso-datetime': [
        ...['2024-02-29', '1969-12-31 23:59:59', '2020-01-01T10:00:00.5Z', '0001-01-01 00:00:00.000001'],
        ...['9999-12-31 23:59:59.999999', '1000-06-15 12:00:00'],
      ],
    };
    for (const [notation, texts] of Object.entries(plain)) {
      const rows = await readBoth(notation as BytesNotation, texts);
      expect(rows.map((row) => [row['t'], row['same']])).toEqual(texts.map((one) => [one, true]));
    }
  });

  it('counts digits after the mark as SQL does', async () => {
    const texts = ['1', '1.5', '2.25', '3.125', '1e3', '2.50'];
    const builder = typedColumnBuilder('decimal');
    builder.reserve(texts.length);
    for (const one of texts) builder.append(new TextEncoder().encode(one), 0, one.length);
    expect(Array.from(builder.decimals.subarray(0, 4))).toEqual([1, 1, 2, 1]);
  });
});
