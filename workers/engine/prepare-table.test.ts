import { describe, expect, it } from 'vitest';
import { SourceTableConfig } from '../../src/domain/generators';
import { prepareTable } from './prepare-table';
import { type MemoryColumn, MemoryDatabase, profileOf } from './testing/memory-database';

const ROWS = 8000;
const HOOKS = {
  cancel: new AbortController().signal,
  pause: async () => undefined,
  onColumns: () => {},
};

/** `row` tells every row apart by two columns of 100 values each. */
const table: MemoryColumn[] = [(row: number) => Math.floor(row / 100), (row: number) => row % 100].map(
  (of, i) => ({
    name: `part ${i}`,
    storageType: 'integer',
    data: {
      kind: 'number',
      values: Float64Array.from({ length: ROWS }, (_, row) => of(row)),
      nulls: null,
    },
  }),
);

function prepare(
  validationShare: number,
  maxSampleSize: number | null = null,
  database = new MemoryDatabase({ source: table }),
) {
  return prepareTable(
    {
      modelId: 'm',
      table: SourceTableConfig.parse({
        name: 't',
        sourceId: 'source',
        columns: table.map(({ name }) => ({ name })),
      }),
      profiles: table.map(profileOf),
      randomState: 1,
      rows: { part: 'training', seed: 1, validationShare, maxValidation: null, maxSampleSize },
    },
    database,
    HOOKS,
  );
}

function rowNumbers(prepared: Awaited<ReturnType<typeof prepareTable>>): number[] {
  const rows = prepared.trainingRows + prepared.validationRows;
  return Array.from({ length: rows }, (_, r) => prepared.codes[r]! * 100 + prepared.codes[rows + r]!);
}

describe('prepareTable', () => {
  it('keeps training and validation rows apart and the columns of a row together', async () => {
    const prepared = await prepare(0.2);
    expect([prepared.trainingRows, prepared.validationRows]).toEqual([6400, 1600]);
    expect(new Set(rowNumbers(prepared)).size).toBe(ROWS);
  });

  it('takes at most 5,000 rows for early stopping', async () => {
    const prepared = await prepare(0.75);
    expect([prepared.trainingRows, prepared.validationRows]).toEqual([2000, 5000]);
    expect(new Set(rowNumbers(prepared)).size).toBe(7000);
  });

  it('counts codes over the training rows alone', async () => {
    const { facts, trainingRows } = await prepare(0.2, 4000);
    expect(trainingRows).toBe(3200);
    for (const { counts } of facts) {
      expect(Array.from(counts).reduce((sum, count) => sum + count, 0)).toBe(3200);
    }
  });

  it('says how many rows to take where there is no memory for all', async () => {
    const database = new MemoryDatabase({ source: table });
    const full = Object.assign(Object.create(database), {
      describe: (id: string) => database.describe(id),
      readParts: () => Promise.reject(new RangeError('Array buffer allocation failed')),
    });
    await expect(prepare(0.2, null, full)).rejects.toMatchObject({
      code: 'training/failed',
      message: expect.stringContaining('Set “Rows at most” to 4,000'),
    });
  });

  it('tells apart columns, rows and reasons it cannot learn from', async () => {
    await expect(prepare(0.2, 10)).rejects.toMatchObject({ code: 'training/too-few-rows' });
    const controller = new AbortController();
    controller.abort();
    const canceled = prepareTable(
      {
        modelId: 'm',
        table: SourceTableConfig.parse({ name: 't', sourceId: 'source', columns: [{ name: 'part 0' }] }),
        profiles: table.map(profileOf),
        randomState: 1,
        rows: { part: 'training', seed: 1, validationShare: 0.2, maxValidation: null, maxSampleSize: null },
      },
      new MemoryDatabase({ source: table }),
      { ...HOOKS, cancel: controller.signal },
    );
    await expect(canceled).rejects.toMatchObject({ code: 'canceled' });
  });
});
