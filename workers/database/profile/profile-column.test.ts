import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StorageType } from '../../../src/domain/columns';
import { literal, type SqlEngine } from '../duckdb/sql';
import { sharedEngine } from '../testing/shared-engine';
import { profileColumn, profileColumns } from './profile-column';

let sql: SqlEngine;
beforeAll(async () => {
  sql = await sharedEngine();
});

const SQL_TYPES: Record<StorageType, string> = {
  integer: 'BIGINT',
  float: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  datetime: 'TIMESTAMP',
  time: 'TIME',
  text: 'VARCHAR',
};

async function profile(type: StorageType, values: readonly (string | null)[]) {
  const list = values.map((value) => `(${value === null ? 'NULL' : literal(value)}::${SQL_TYPES[type]})`);
  await sql.query(`CREATE OR REPLACE TABLE p AS SELECT * FROM (VALUES ${list.join(', ')}) AS t(c0)`);
  return profileColumn(sql, 'p', 0, type, false);
}

const repeat = (value: string, times: number) => Array.from({ length: times }, () => value);

describe('profileColumn', () => {
  it('counts nulls, distinct, rare and unique values', async () => {
    const result = await profile('text', [...repeat('a', 6), ...repeat('b', 5), 'c', null, null]);
    expect(result).toMatchObject({
      rowCount: 14,
      nullCount: 2,
      distinctCount: 3,
      nonRareShare: 0.5,
      uniqueShare: 1 / 12,
      nonRareDistinct: 1,
      maxLength: 1,
      fixedLength: true,
      looksLikeUuid: false,
      min: null,
      topValues: [
        { value: 'a', count: 6 },
        { value: 'b', count: 5 },
        { value: 'c', count: 1 },
      ],
    });
    expect(result.histogram[0]).toEqual({ label: 'a', upper: null, count: 6 });
  });

  it('gives moments and a histogram that counts every value', async () => {
    const values = Array.from({ length: 101 }, (_, i) => String(i));
    const result = await profile('integer', values);
    expect(result).toMatchObject({ min: 0, max: 100, median: 50, mean: 50, exceedsSafeInteger: false });
    expect(result.histogram.length).toBeLessThanOrEqual(20);
    expect(result.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(101);
    expect(
      result.histogram.every(({ label, upper }) => Number.isInteger(label) && Number.isInteger(upper)),
    ).toBe(true);
  });

  it('leaves infinities out of the moments', async () => {
    const result = await profile('float', ['1', '2', 'inf', '-inf', null]);
    expect(result).toMatchObject({ infiniteCount: 2, min: 1, max: 2, median: 1.5, mean: 1.5, nullCount: 1 });
    expect(result.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect((await profile('float', ['inf', 'inf'])).histogram).toEqual([]);
  });

  it('survives 1e308, 1e-12 and constants', async () => {
    const huge = await profile('float', ['1e308', '-1e308', '1e308']);
    expect(huge.mean).toBeCloseTo(1e308 / 3, -300);
    expect(huge.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect((await profile('float', ['1e-12', '2e-12'])).histogram.length).toBe(20);
    expect((await profile('float', ['5', '5'])).histogram).toEqual([{ label: 5, upper: 5, count: 2 }]);
    expect((await profile('integer', ['5', '5'])).histogram).toEqual([{ label: 5, upper: 6, count: 2 }]);
  });

  it('flags integers that doubles cannot tell apart', async () => {
    expect((await profile('integer', ['9007199254740992'])).exceedsSafeInteger).toBe(false);
    expect((await profile('integer', ['9007199254740993'])).exceedsSafeInteger).toBe(true);
    expect((await profile('integer', ['9223372036854775807'])).topValues[0]!.value).toBe(
      '9223372036854775807',
    );
  });

  it('gives dates in milliseconds and as they are exported', async () => {
    const day = await profile('date', ['2020-01-01', '2020-01-03']);
    expect(day).toMatchObject({
      min: Date.UTC(2020, 0, 1),
      median: Date.UTC(2020, 0, 2),
      max: Date.UTC(2020, 0, 3),
    });
    expect(day.topValues[0]!.value).toBe('2020-01-01');
    const moment = await profile('datetime', ['2020-01-01 10:00:00.5', null]);
    expect(moment.topValues[0]!.value).toBe('2020-01-01 10:00:00.500');
  });

  it('counts times of day, of long tables too', async () => {
    const times = await profile('time', ['10:00:00', '12:30:00', '10:00:00', null]);
    expect(times).toMatchObject({ nullCount: 1, distinctCount: 2, min: 36_000_000, max: 45_000_000 });
  });

  it('recognises UUIDs', async () => {
    const ids = ['123e4567-e89b-12d3-a456-426614174000', '123E4567-E89B-12D3-A456-426614174001'];
    expect((await profile('text', ids)).looksLikeUuid).toBe(true);
    expect((await profile('text', [...ids, 'x'])).looksLikeUuid).toBe(false);
  });

  it('handles a column without values', async () => {
    for (const type of ['text', 'float', 'integer', 'date'] as const) {
      expect(await profile(type, [null, null])).toMatchObject({
        rowCount: 2,
        nullCount: 2,
        distinctCount: 0,
        nonRareShare: 0,
        min: null,
        median: null,
        mean: null,
        histogram: [],
        fixedLength: false,
      });
    }
  });
});

describe('profileColumns', () => {
  const values: Record<StorageType, fc.Arbitrary<string | null>> = {
    integer: fc.constantFrom('0', '-7', '12', '9007199254740993', null),
    float: fc.constantFrom('0', '-1.5', '2.25', '1e300', 'Infinity', null),
    boolean: fc.constantFrom('true', 'false', null),
    date: fc.constantFrom('2020-01-05', '1999-12-31', null),
    datetime: fc.constantFrom('2020-01-05 10:00:00.5', '1999-12-31 00:00:00', null),
    time: fc.constantFrom('10:00:00.5', '00:00:00', '23:59:59', null),
    text: fc.constantFrom('a', 'bb', '', 'Ü', null),
  };
  const table = fc.integer({ min: 1, max: 12 }).chain((rows) =>
    fc.array(
      fc.constantFrom(...(Object.keys(values) as StorageType[])).chain((type) =>
        fc.record({
          type: fc.constant(type),
          cells: fc.array(values[type], { minLength: rows, maxLength: rows }),
        }),
      ),
      { minLength: 2, maxLength: 8 },
    ),
  );

  it('of several columns at once are those of each alone', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (columns) => {
        const rows = columns[0]!.cells.map((_, row) => {
          const cells = columns.map(({ type, cells }) => {
            const cell = cells[row] ?? null;
            return `${cell === null ? 'NULL' : literal(cell)}::${SQL_TYPES[type]}`;
          });
          return `(${cells.join(', ')})`;
        });
        const names = columns.map((_, i) => `c${i}`).join(', ');
        await sql.query(
          `CREATE OR REPLACE TABLE p AS SELECT * FROM (VALUES ${rows.join(', ')}) AS t(${names})`,
        );
        const all = columns.map(({ type }, index) => ({ index, type, hugeIntegers: false }));
        const together = await profileColumns(sql, 'p', all, rows.length);
        for (const { index, type } of all) {
          expect(together.get(index)).toEqual(await profileColumn(sql, 'p', index, type, false));
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
