import { describe, expect, it } from 'vitest';
import { quietJob } from '../../../../src/threads/testing/quiet-job';
import { type MemoryColumn, MemoryDatabase } from '../../testing/memory-database';
import { trainRequest } from '../../testing/train-request';
import { planTraining } from '../../training-table';
import { type EncodedTable, encodeTable } from './encode-table';
import { argnOf, encodeColumnsOf } from './testing/train-columns';

const ROWS = 8000;
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

function encode(
  validationShare: number,
  maxSampleSize: number | null = null,
  database = new MemoryDatabase({ source: table }),
) {
  const rows = { validationShare, maxSampleSize, maxValidation: null };
  return encodeColumnsOf(table, { rows }, { database });
}

function rowNumbers({ trainingRows, validationRows, codes }: EncodedTable): number[] {
  const rows = trainingRows + validationRows;
  return Array.from({ length: rows }, (_, r) => codes[r]! * 100 + codes[rows + r]!);
}

describe('encodeTable', () => {
  it('keeps training and validation rows apart and the columns of a row together', async () => {
    const encoded = await encode(0.2);
    expect([encoded.trainingRows, encoded.validationRows]).toEqual([6400, 1600]);
    expect(new Set(rowNumbers(encoded)).size).toBe(ROWS);
  });

  it('takes at most 5,000 rows for early stopping', async () => {
    const encoded = await encode(0.75);
    expect([encoded.trainingRows, encoded.validationRows]).toEqual([2000, 5000]);
    expect(new Set(rowNumbers(encoded)).size).toBe(7000);
  });

  it('counts codes over the training rows alone', async () => {
    const { facts, trainingRows } = await encode(0.2, 4000);
    expect(trainingRows).toBe(3200);
    for (const { counts } of facts) {
      expect(Array.from(counts).reduce((sum, count) => sum + count, 0)).toBe(3200);
    }
  });

  it('says how many rows to take where there is no memory for all', async () => {
    const database = new MemoryDatabase({ source: table });
    const full = Object.assign(Object.create(database), {
      describe: (id: string) => database.describe(id),
      readSubjects: database.readSubjects.bind(database),
      readParts: () => Promise.reject(new RangeError('Array buffer allocation failed')),
    });
    await expect(encode(0.2, null, full)).rejects.toMatchObject({
      code: 'training/failed',
      message: expect.stringContaining('Set “Rows at most” to 4,000'),
    });
  });

  it('tells too few rows, and ends when it is cancelled', async () => {
    await expect(encode(0.2, 10)).rejects.toMatchObject({ code: 'training/too-few-rows' });
    const request = trainRequest(table);
    const plan = await planTraining(request, new MemoryDatabase({ source: table }));
    const controller = new AbortController();
    controller.abort();
    const job = { ...quietJob(controller.signal), onColumns: () => undefined };
    const canceled = encodeTable(plan.table, argnOf(request), job, null);
    await expect(canceled).rejects.toMatchObject({ code: 'canceled' });
  });
});

describe('an isolated person', () => {
  /** Two numbers that agree, and as the last row a low and a high one. */
  const rows = 400;
  const people = ['a', 'b'].map(
    (name, i): MemoryColumn => ({
      name,
      storageType: 'integer',
      data: {
        kind: 'number',
        values: Float64Array.from({ length: rows }, (_, row) => (row === rows - 1 ? 20 * i + 4 : row % 30)),
        nulls: null,
      },
    }),
  );
  const learned = (key: number, configuration = {}) =>
    encodeColumnsOf(people, { protectionKey: `${key}`.padStart(64, '0'), configuration, rows: ALL });
  const ALL = { validationShare: 0, maxSampleSize: null, maxValidation: null };

  it('is left out under some keys and learned under others', async () => {
    const drawn = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((key) => learned(key)));
    const absent = drawn.filter(({ learnedRows }) => learnedRows[rows - 1] !== rows - 1);
    expect(absent.length).toBeGreaterThan(0);
    expect(absent.length).toBeLessThan(10);
    for (const { isolatedRows } of drawn) expect(isolatedRows).toBe(12);
  });

  it('is learned without the guard', async () => {
    const { learnedRows, isolatedRows } = await learned(1, { privacyGuard: false });
    expect(isolatedRows).toBeNull();
    expect([...learnedRows]).toEqual([...learnedRows.keys()]);
  });
});
