import { beforeAll, describe, expect, it } from 'vitest';
import type { ColumnData } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import type { SqlEngine } from '../duckdb/sql';
import { sharedEngine } from '../testing/shared-engine';
import { readParts } from './read-column';

const ROWS = 10_000;

let sql: SqlEngine;
beforeAll(async () => {
  sql = await sharedEngine();
  await sql.query(
    `CREATE OR REPLACE TABLE t AS SELECT i AS c0, CASE WHEN i % 7 = 0 THEN NULL ELSE i / 2.0 END AS c1,
      CASE WHEN i % 5 = 0 THEN NULL ELSE 'w' || (i % 90) END AS c2, i % 3 = 0 AS c3 FROM range(${ROWS}) r(i)`,
  );
}, 60_000);

const TYPES: readonly StorageType[] = ['integer', 'float', 'text', 'boolean'];
const cell = [
  (i: number) => i,
  (i: number) => (i % 7 === 0 ? null : i / 2),
  (i: number) => (i % 5 === 0 ? null : `w${i % 90}`),
  (i: number) => String(i % 3 === 0),
];

function plain(data: ColumnData): (number | string | null)[] {
  if (data.kind === 'text')
    return Array.from(data.codes, (code) => (code < 0 ? null : data.dictionary[code]!));
  return Array.from(data.values, (value, row) => (data.nulls?.[row] ? null : value));
}

describe('readParts', () => {
  const odd = Uint32Array.from({ length: ROWS / 2 }, (_, k) => 2 * k + 1);
  const few = Uint32Array.of(0, 5, 2047, 2048, 7999, 8000, ROWS - 1);

  it('gives the rows of every part in order, however many rows a query has', async () => {
    for (const [index, type] of TYPES.entries()) {
      for (const pieceRows of [ROWS, 4000, 1234]) {
        const parts = await readParts(
          sql,
          't',
          ROWS,
          index,
          type,
          [null, odd, few, new Uint32Array(0)],
          pieceRows,
        );
        const rows = [Array.from({ length: ROWS }, (_, i) => i), [...odd], [...few], []];
        expect(parts.map(plain)).toEqual(rows.map((list) => list.map((row) => cell[index]!(row))));
      }
    }
  });

  it('knows of nulls only where a part has some, and leaves nothing under them', async () => {
    const [all, none] = await readParts(sql, 't', ROWS, 1, 'float', [null, Uint32Array.of(1, 2, 3)]);
    expect(none).toMatchObject({ kind: 'number', nulls: null });
    const { values, nulls } = all as Extract<ColumnData, { kind: 'number' }>;
    expect(nulls!.reduce((sum, flag) => sum + flag, 0)).toBe(Math.ceil(ROWS / 7));
    expect(values.filter((value, row) => nulls![row] === 1 && value !== 0)).toHaveLength(0);
  });

  it('has the words of a part alone in its dictionary', async () => {
    const [part] = await readParts(sql, 't', ROWS, 2, 'text', [Uint32Array.of(1, 3, 91)]);
    expect(part).toMatchObject({ dictionary: ['w1', 'w3'] });
  });
});
