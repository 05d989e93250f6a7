import { describe, expect, test } from 'vitest';
import { takeRows } from '../../../src/domain/column-data';
import { isCanceled } from '../../../src/domain/errors';
import { quietJob } from '../../../src/threads/testing/quiet-job';
import type { NamedColumn } from '../columns';
import { missingAdult, PUBLISHED, readAdult, readFixture, readPublished } from '../testing/adult';
import { dates, mixedTable, numbers, texts } from '../testing/make-columns';
import { computeDistances } from './compute-distances';

const missing = missingAdult();
if (missing)
  process.stderr.write(`SKIPPED: the distances of published files are not compared, ${missing} is missing\n`);

describe.skipIf(missing !== null)('lies near the reference on published Adult files', () => {
  const adult = missing === null ? readAdult() : null;

  // Another embedder, and all dimensions: ±0.02 (docs/metrics.md, What differs from mostlyai-qa).
  test.each(PUBLISHED)('%s: share within 0.025, identical matches within 0.002', async (name) => {
    const synthetic = readPublished(name, adult!.training);
    const { metrics, rows } = await computeDistances({ ...adult!, synthetic });
    const theirs = readFixture(name).metrics.distances;
    expect(rows).toBe(24_421);
    expect(Math.abs(metrics.dcrShare! - theirs['dcr_share']!)).toBeLessThan(0.025);
    expect(Math.abs(metrics.imsTraining! - theirs['ims_training']!)).toBeLessThanOrEqual(0.002);
  });
});

function slice(table: readonly NamedColumn[], from: number, to: number): NamedColumn[] {
  const rows = Uint32Array.from({ length: to - from }, (_, i) => from + i);
  return table.map((column) => ({ ...column, data: takeRows(column.data, rows) }));
}

test('rows of the same distribution lie as close to either half', async () => {
  const table = mixedTable(6000, 1);
  const { metrics, rows } = await computeDistances({
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
  const { metrics } = await computeDistances({
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
  const { metrics } = await computeDistances({
    training: half,
    holdout: half,
    synthetic: slice(table, 500, 1000),
  });
  expect(metrics.dcrShare).toBe(0.5);
  expect(metrics.dcrShareStandardError).toBe(0);
});

test('sets of different size are thinned to the smallest, the same by seed', async () => {
  const table = mixedTable(900, 4);
  const input = {
    training: slice(table, 0, 500),
    holdout: slice(table, 500, 600),
    synthetic: slice(table, 600, 900),
  };
  const one = await computeDistances({ ...input, seed: 9 });
  expect(one.rows).toBe(100);
  expect(await computeDistances({ ...input, seed: 9 })).toEqual(one);
  expect((await computeDistances({ ...input, seed: 10 })).nearest).not.toEqual(one.nearest);
});

test('without holdout', async () => {
  const table = mixedTable(300, 5);
  const { nearest } = await computeDistances({
    training: slice(table, 0, 200),
    holdout: null,
    synthetic: slice(table, 200, 300),
  });
  expect(nearest.synHol).toBeNull();
  expect(nearest.synTrn).toHaveLength(100);
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
  const { metrics } = await computeDistances({
    training: set(0, 'a'),
    holdout: set(10, 'b'),
    synthetic: set(20, 'c'),
  });
  expect(metrics.imsTraining).toBe(0);
  expect(metrics.imsHoldout).toBe(0);
  expect(Number.isFinite(metrics.dcrTraining)).toBe(true);
});

test('bad input is told in a sentence, and a cancelled computation ends soon', async () => {
  const table = mixedTable(4000, 6);
  await expect(computeDistances({ training: table, holdout: null, synthetic: [] })).rejects.toThrow(
    /no rows/,
  );
  const other = [...slice(table, 0, 10).slice(1)];
  await expect(computeDistances({ training: table, holdout: null, synthetic: other })).rejects.toThrow(
    /"age"/,
  );
  const large = mixedTable(20_000, 7);
  const controller = new AbortController();
  const hooks = { job: quietJob(controller.signal), onProgress: () => controller.abort() };
  const running = computeDistances(
    { training: large, holdout: large, synthetic: mixedTable(20_000, 8) },
    hooks,
  );
  await expect(running).rejects.toSatisfy(isCanceled);
});
