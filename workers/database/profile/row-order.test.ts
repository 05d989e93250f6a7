import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlEngine } from '../duckdb/sql';
import { importTable } from '../import/import-table';
import { openHead } from '../import/open-head';
import { sharedEngine } from '../testing/shared-engine';

let sql: SqlEngine;
beforeAll(async () => {
  sql = await sharedEngine();
});

/** What is told of the order of a column's values. */
async function told(values: readonly (string | number)[]) {
  const file = new File([`word,x\n${values.map((value) => `w,${value}`).join('\n')}\n`], 'o.csv');
  const { columns } = await importTable(sql, file, await openHead(file), {
    overrides: {},
    onProgress: () => {},
    checkpoint: () => {},
    sqlTable: 'ordered',
  });
  return columns[1]!.order;
}

const count = (n: number, of: (i: number) => string | number) => Array.from({ length: n }, (_, i) => of(i));

describe('findRowOrder', () => {
  it.each([
    [count(30, (i) => i), 'ascending'],
    [count(30, (i) => 1 + 2 * i), 'ascending'],
    [count(30, (i) => 1 + i + (i > 20 ? 4 : 0)), 'ascending'],
    [count(30, (i) => 10_427 + i), 'ascending'],
    [count(3000, (i) => i), 'ascending'],
    [count(31, (i) => (i * 7) % 31), undefined],
    [count(30, (i) => i * i), 'ascending'],
    [count(30, (i) => 100 - Math.floor(i / 2)), 'descending'],
    [count(30, (i) => String.fromCharCode(97 + Math.floor(i / 4))), 'ascending'],
    [count(30, (i) => `2020-01-${String(1 + Math.floor(i / 2)).padStart(2, '0')}`), 'ascending'],
    [count(30, (i) => (i % 5 === 0 ? '' : i)), 'ascending'],
    [count(3000, (i) => (i < 2500 ? i : i - 2500)), undefined],
    [count(30, (i) => (i * 17) % 13), undefined],
    [[...count(29, () => 1), 2], undefined],
  ])('%#', async (values, expected) => {
    expect(await told(values)).toEqual(expected);
  });
});
