import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StorageType } from '../../../src/domain/columns';
import { literal } from '../duckdb/sql';
import { sharedEngine } from '../testing/shared-engine';
import { profileColumn, profileColumns } from './profile-column';

const SQL_TYPES = { integer: 'BIGINT', float: 'DOUBLE', date: 'DATE', datetime: 'TIMESTAMP' } as const;

const moment = fc
  .date({ min: new Date('0500-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, -1));
const near = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2020-01-03'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, -1));
const VALUES: Record<keyof typeof SQL_TYPES, fc.Arbitrary<string>> = {
  integer: fc.oneof(
    fc.integer({ min: -20, max: 20 }).map(String),
    fc.maxSafeInteger().map(String),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  ),
  float: fc.oneof(
    fc.integer({ min: -3000, max: 3000 }).map((value) => String(value / 100)),
    fc.double({ noNaN: true, min: -1e18, max: 1e18 }).map(String),
    fc.constantFrom('Infinity', '0.30000000000000004', '123456789012345.6', '999999999999999', '0.0001'),
  ),
  date: fc.oneof(moment, near).map((text) => text.slice(0, 10)),
  datetime: fc.oneof(
    near.map((text) => `${text.slice(0, 19)}.5`),
    near,
    moment,
    near.map((text) => `${text}7`),
  ),
};

const column = fc.constantFrom(...(Object.keys(VALUES) as (keyof typeof SQL_TYPES)[])).chain((type) =>
  fc.record({
    type: fc.constant(type),
    // Few values that recur, of one kind mostly.
    cells: fc
      .array(VALUES[type], { minLength: 1, maxLength: 12 })
      .chain((some) => fc.array(fc.constantFrom(...some, null), { minLength: 1, maxLength: 60 })),
  }),
);

it('of ordered numbers are those of groups in SQL', async () => {
  const sql = await sharedEngine();
  let ordered = 0;
  await fc.assert(
    fc.asyncProperty(column, async ({ type, cells }) => {
      const list = cells.map((cell) => `(${cell === null ? 'NULL' : literal(cell)}::${SQL_TYPES[type]})`);
      await sql.query(
        `CREATE OR REPLACE TABLE ordered AS SELECT * FROM (VALUES ${list.join(', ')}) AS t(c0)`,
      );
      const known = { index: 0, type: type as StorageType, hugeIntegers: false };
      const { mean, ...bySql } = (await profileColumns(sql, 'ordered', [known], 1)).get(0)!;
      const queries: string[] = [];
      const query = (text: string) => {
        queries.push(text);
        return sql.query(text);
      };
      const counting = { ...sql, query };
      const { mean: own, ...byOrder } = await profileColumn(counting, 'ordered', 0, type, false);
      if (queries.length === 1) ordered++;
      expect(byOrder).toEqual(bySql);
      const size = Math.max(1, Math.abs(bySql.min ?? 0), Math.abs(bySql.max ?? 0));
      if (mean === null) expect(own).toBeNull();
      else expect(Math.abs(own! - mean) / size).toBeLessThan(1e-12);
    }),
    { numRuns: 60 },
  );
  // Most columns need no SQL.
  expect(ordered).toBeGreaterThan(15);
}, 120_000);
