import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { queryRows } from '../duckdb/arrow';
import { literal, type SqlEngine } from '../duckdb/sql';
import { sharedEngine } from '../testing/shared-engine';
import { candidateParsers } from './candidates';
import { dateParsers } from './date-parsers';
import type { ValueParser } from './value-parser';
import { numberParsers } from './value-parsers';

let sql: SqlEngine;
beforeAll(async () => {
  sql = await sharedEngine();
});

const parsers = [...numberParsers('.', false), ...dateParsers(false)];
const byId = (id: string): ValueParser => parsers.find((parser) => parser.id === id)!;

/** What DuckDB makes of each text, as text. */
async function parse(parser: ValueParser, texts: readonly string[]): Promise<(string | null)[]> {
  const list = texts.map((text, i) => `(${i}, ${literal(text)})`).join(', ');
  const rows = await queryRows(
    sql,
    `SELECT (${parser.sql('t')})::VARCHAR AS v FROM (VALUES ${list}) AS x(i, t) ORDER BY i`,
  );
  return rows.map((row) => row['v'] as string | null);
}

/** Texts that are almost numbers. */
const numberish = fc.string({
  unit: fc.constantFrom(...'0012345679', '.', ',', '-', '+', 'e', 'E', '_', ' ', 'x', 'n', 'a', 'inf', '\t'),
  minLength: 1,
  maxLength: 9,
});

describe('number parsers', () => {
  it.each([
    'integer',
    'float.',
    'float,',
    'grouped-integer.',
    'grouped-float.',
    'grouped-integer,',
    'boolean',
  ])('%s accepts exactly its shape, and reads it as JavaScript does', async (id) => {
    const parser = byId(id);
    const shape = new RegExp(`^(?:${parser.shape})$`);
    await fc.assert(
      fc.asyncProperty(fc.array(numberish, { minLength: 50, maxLength: 200 }), async (texts) => {
        const values = await parse(parser, texts);
        const wrong = texts.filter((text, i) => {
          const [plain, value] = [plainNumber(text, id), values[i]!];
          const isNumber = id === 'boolean' || /inf/i.test(text) || Number.isFinite(plain);
          if ((value !== null) !== (shape.test(text) && isNumber)) return true;
          return value !== null && id !== 'boolean' && Number(numeric(value)) !== plain;
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses what DuckDB alone would take', async () => {
    expect(await parse(byId('integer'), ['1.6', '1e3', ' 7', '0x10', '1_0', '9223372036854775808'])).toEqual(
      Array(6).fill(null),
    );
    expect(await parse(byId('float.'), ['nan', '1_0.5', '1e999', '-1e999', '00.5', '0x1p3'])).toEqual(
      Array(6).fill(null),
    );
  });
});

describe('date parsers', () => {
  it('each reads its own notation and no impossible day', async () => {
    const cases: [string, string, string | null][] = [
      ['iso-date', '2020-02-29', '2020-02-29'],
      ['iso-date', '2021-02-29', null],
      ['iso-date', '2020-02-29 ', null],
      ['iso-datetime', '2020-02-29T23:59:59.125', '2020-02-29 23:59:59.125'],
      ['iso-datetime', '2020-02-29 25:00', null],
      ['iso-offset', '2020-02-29T23:59+05:30', '2020-02-29 18:29:00'],
      ['iso-offset', '2020-02-29 23:59:00-0800', '2020-03-01 07:59:00'],
      ['iso-offset', '2020-02-29T10:00Z', '2020-02-29 10:00:00'],
      ['date %d/%m/%Y', '29/02/2020', '2020-02-29'],
      ['date %d/%m/%Y', '29/02/20', null],
      ['date %m/%d/%y', '2/9/68', '2068-02-09'],
      ['date %m/%d/%y', '2/9/69', '1969-02-09'],
      ['date %d %B %Y', '29 february 2020', '2020-02-29'],
      ['datetime %m/%d/%Y %I:%M %p', '2/9/2020 12:05 am', '2020-02-09 00:05:00'],
    ];
    for (const [id, text, expected] of cases) {
      expect([id, text, (await parse(byId(id), [text]))[0]]).toEqual([id, text, expected]);
    }
  });

  it('is tried day first where that is usual, and always for points and dashes', () => {
    const first = (dayFirst: boolean, text: string) => candidateParsers([text], dateParsers(dayFirst))[0]!.id;
    expect(first(false, '01/02/2020')).toBe('date %m/%d/%Y');
    expect(first(true, '01/02/2020')).toBe('date %d/%m/%Y');
    expect(first(false, '01.02.2020')).toBe('date %d.%m.%Y');
    expect(first(false, '13/02/2020')).toBe('date %d/%m/%Y');
  });
});

/** The number a text stands for in the notation of a parser. */
function plainNumber(text: string, id: string): number {
  const separator = id.startsWith('grouped') ? (id.endsWith('.') ? ',' : '.') : '';
  const bare = separator === '' ? text : text.replaceAll(separator, '');
  const value = Number(numeric(id.endsWith(',') ? bare.replace(',', '.') : bare));
  if (id.includes('integer') && Math.abs(value) >= 2 ** 63) return Number.NaN;
  return value;
}

/** Infinity as JavaScript spells it. */
function numeric(text: string): string {
  return text.replace(/inf(inity)?/i, 'Infinity');
}
