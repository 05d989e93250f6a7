import { expect, test } from 'vitest';
import type { NamedColumn } from '../../../src/domain/column-data';
import { takeRows } from '../../../src/domain/column-data';
import { dates, mixedTable, numbers, texts } from '../testing/make-columns';
import { reportOn } from '../testing/report-on';

type Tables = Parameters<typeof reportOn>[0];

/** Distances of synthetic rows to those of other sets. */
async function distancesOf(tables: Tables, seed = 1) {
  const { metrics, distanceRows, distances } = await reportOn(tables, { randomState: seed });
  return { metrics: metrics.distances, rows: distanceRows, curves: distances! };
}

function slice(table: readonly NamedColumn[], from: number, to: number): NamedColumn[] {
  const rows = Uint32Array.from({ length: to - from }, (_, i) => from + i);
  return table.map((column) => ({ ...column, data: takeRows(column.data, rows) }));
}

test('rows of the same distribution lie as close to either half', async () => {
  const table = mixedTable(6000, 1);
  const { metrics, rows } = await distancesOf({
    training: slice(table, 0, 2000),
    holdout: slice(table, 2000, 4000),
    synthetic: slice(table, 4000, 6000),
  });
  expect(rows).toBe(2000);
  expect(Math.abs(metrics.dcrShare! - 0.5)).toBeLessThan(4 * metrics.dcrShareStandardError!);
  expect(metrics.dcrShareStandardError).toBeCloseTo(0.011, 2);
});

test('copies of training rows are found: identical, and closer to training', async () => {
  const table = mixedTable(3000, 2);
  const training = slice(table, 0, 1000);
  const { metrics } = await distancesOf({
    training,
    holdout: slice(table, 1000, 2000),
    synthetic: training,
  });
  expect(metrics.imsTraining).toBe(1);
  expect(metrics.dcrTraining).toBe(0);
  expect(metrics.dcrShare!).toBeGreaterThan(0.95);
});

test('a training set equal to the holdout ties everywhere', async () => {
  const table = mixedTable(1000, 3);
  const half = slice(table, 0, 500);
  const { metrics } = await distancesOf({
    training: half,
    holdout: half,
    synthetic: slice(table, 500, 1000),
  });
  expect(metrics.dcrShare).toBe(0.5);
  expect(metrics.dcrShareStandardError).toBe(0);
});

test('sets of different size are thinned to the smallest, the same by seed', async () => {
  const table = mixedTable(900, 4);
  const tables = {
    training: slice(table, 0, 500),
    holdout: slice(table, 500, 600),
    synthetic: slice(table, 600, 900),
  };
  const one = await distancesOf(tables, 9);
  expect(one.rows).toBe(100);
  expect(await distancesOf(tables, 9)).toEqual(one);
  expect((await distancesOf(tables, 10)).curves).not.toEqual(one.curves);
});

test('without holdout', async () => {
  const table = mixedTable(300, 5);
  const { curves, rows } = await distancesOf({
    training: slice(table, 0, 200),
    synthetic: slice(table, 200, 300),
  });
  expect(curves.synHol).toBeNull();
  expect(rows).toBe(100);
});

test('constant, empty and all-distinct columns, unseen values: distances stay numbers', async () => {
  const set = (start: number, label: string) => [
    numbers('constant', Array<number>(50).fill(1)),
    numbers('empty', Array<null>(50).fill(null)),
    texts(
      'id',
      Array.from({ length: 50 }, (_, i) => `${label}-${i}`),
    ),
    dates(
      'day',
      Array.from({ length: 50 }, (_, i) => (start + i) * 86_400_000),
    ),
  ];
  const { metrics } = await distancesOf({
    training: set(0, 'a'),
    holdout: set(10, 'b'),
    synthetic: set(20, 'c'),
  });
  expect(metrics.imsTraining).toBe(0);
  expect(metrics.imsHoldout).toBe(0);
  expect(Number.isFinite(metrics.dcrTraining)).toBe(true);
});
