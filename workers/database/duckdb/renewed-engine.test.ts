import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { describe, expect, test } from 'vitest';
import { sharedEngine } from '../testing/shared-engine';
import { queryRow } from './arrow';
import { openNodeEngine } from './node-engine';
import { renewable } from './renewed-engine';
import type { SqlEngine } from './sql';

const COLUMNS = 2_000;
const KEPT =
  "CREATE TABLE kept AS SELECT 9007199254740993 AS n, 'a''ä' AS t, 1.5 AS f, TIMESTAMP '2024-01-02 03:04:05.123456' AS d, TIME '01:02:03' AS h, true AS b UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL";
const STATE =
  'SELECT count(*) AS rows, sum(hash(n, t, f, d, h, b))::VARCHAR AS sum, min(typeof(f)) AS f FROM kept';

/** Counts what is closed. */
async function counting(launch: () => Promise<SqlEngine>) {
  let closed = 0;
  const sql = await renewable(async () => ({ ...(await launch()), close: () => void closed++ }));
  return { sql, closedCount: () => closed };
}

/** Takes in a row of many columns, and drops it. */
async function takeWide(sql: SqlEngine): Promise<void> {
  const row = Object.fromEntries(Array.from({ length: COLUMNS }, (_, i) => [`c${i}`, [i]]));
  await sql.insertArrow(tableToIPC(tableFromArrays(row), { format: 'stream' })!, 'wide', true);
  await sql.query('DROP TABLE wide');
}

describe('An engine that took much memory', () => {
  test('starts anew where its tables are small, and they move along', async () => {
    const { sql, closedCount } = await counting(openNodeEngine);
    await sql.query(KEPT);
    const before = await queryRow(sql, STATE);
    await takeWide(sql);
    const renewed = sql.giveBack();
    const meanwhile = queryRow(sql, STATE);
    await renewed;
    expect(closedCount()).toBe(1);
    expect(await meanwhile).toEqual(before);
    expect(await queryRow(sql, STATE)).toEqual(before);
    await sql.giveBack();
    expect(closedCount()).toBe(1);
  });

  test('stays while the console has a session in it', async () => {
    const { sql, closedCount } = await counting(sharedEngine);
    await sql.openSession();
    await takeWide(sql);
    await sql.giveBack();
    expect(closedCount()).toBe(0);
  });
});
