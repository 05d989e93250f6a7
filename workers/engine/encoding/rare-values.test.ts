import { expect, test } from 'vitest';
import { randomColumn } from '../testing/random-columns';
import { rareHits } from '../testing/rare-hits';

const TABLES = 200;
/** Codes of which common values come back exactly. */
const EXACT = ['TABULAR_CATEGORICAL', 'TABULAR_CHARACTER', 'TABULAR_LAT_LONG', 'TABULAR_NUMERIC_DISCRETE'];
const NEVER = ['TABULAR_CATEGORICAL', 'TABULAR_LAT_LONG'];

test('of random columns, rare values come out no more often than those of rows that nobody learned', () => {
  const totals = new Map<string, { own: number; strangers: number; rows: number }>();
  for (let seed = 0; seed < TABLES; seed++) {
    const column = randomColumn(seed);
    const hits = rareHits(column, seed);
    if (EXACT.includes(column.encodingType)) expect(hits.changed).toBe(0);
    const total = totals.get(column.encodingType) ?? { own: 0, strangers: 0, rows: 0 };
    total.own += hits.own;
    total.strangers += hits.strangers;
    total.rows += hits.rows;
    totals.set(column.encodingType, total);
  }
  expect(totals.size).toBe(7);
  for (const [type, { own, strangers, rows }] of totals) {
    expect(rows).toBeGreaterThan(1000);
    if (NEVER.includes(type)) expect(own).toBe(0);
    // Hits of one column come together: a hundredth of the rows is within chance.
    else expect(own).toBeLessThanOrEqual(strangers + 0.01 * rows);
  }
});

test('parts of dates say the days of the rows that were learned no more often than those of others', () => {
  let [excess, squares, columns] = [0, 0, 0];
  for (let seed = 1000; columns < 100; seed++) {
    const column = randomColumn(seed);
    if (column.encodingType !== 'TABULAR_DATETIME') continue;
    const { own, strangers } = rareHits(column, seed);
    excess += own - strangers;
    squares += (own - strangers) ** 2;
    columns++;
  }
  expect(squares).toBeGreaterThan(0);
  expect(excess).toBeLessThan(2 * Math.sqrt(squares));
});
