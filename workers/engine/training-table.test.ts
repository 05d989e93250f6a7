import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/domain/random';
import type { MemoryColumn } from './testing/memory-database';
import { MemoryDatabase } from './testing/memory-database';
import { trainRequest } from './testing/train-request';
import { planTraining } from './training-table';

const DAY = 86_400_000;

/** Whole numbers, three with decimals, and days, one with a time. */
function table(): MemoryColumn[] {
  const stream = new RandomStream(1, 'table');
  const amounts = Float64Array.from({ length: 200 }, (_, i) => stream.below(5000) + (i < 3 ? 0.25 : 0));
  const days = Float64Array.from(
    { length: 200 },
    (_, i) => stream.below(900) * DAY + (i === 5 ? 3_600_000 : 0),
  );
  return [
    { name: 'amount', storageType: 'float', data: { kind: 'number', values: amounts, nulls: null } },
    { name: 'day', storageType: 'datetime', data: { kind: 'number', values: days, nulls: null } },
  ];
}

async function plan(valueProtection: boolean) {
  const columns = table();
  const request = trainRequest(columns, { configuration: { valueProtection } });
  const [amount, day] = request.profiles;
  const profiles = [
    { ...amount!, finer: { coarser: 'integer' as const, count: 3 } },
    { ...day!, finer: { coarser: 'date' as const, count: 1 } },
  ];
  const planned = await planTraining(
    { ...request, profiles },
    new MemoryDatabase({ [request.table.tableId]: columns }),
  );
  const types = planned.output.map(({ schema }) => schema.storageType);
  const units = await Promise.all(
    [1, DAY].map(async (unit, i) => {
      const { training, validation } = await planned.table.read(i);
      const all = [training, validation].flatMap((data) =>
        data.kind === 'number' ? Array.from(data.values) : [],
      );
      return all.every((value) => value % unit === 0);
    }),
  );
  return { types, units };
}

describe('types of the output', () => {
  it('are those of the rows that may show, and so are the values learned', async () => {
    expect(await plan(true)).toEqual({ types: ['integer', 'date'], units: [true, true] });
  });

  it('are those of all rows without protection', async () => {
    expect(await plan(false)).toEqual({ types: ['float', 'datetime'], units: [false, false] });
  });
});

describe('subjects', () => {
  it('are counted though the column that tells them is excluded', async () => {
    const owner: MemoryColumn = {
      name: 'owner',
      storageType: 'integer',
      data: { kind: 'number', values: Float64Array.from({ length: 200 }, (_, i) => i % 40), nulls: null },
    };
    const columns = [...table(), owner];
    const settings = columns.map(({ name }) => ({ name, included: name !== 'owner' }));
    const request = trainRequest(columns, { subjectColumns: ['owner'], columns: settings });
    const { table: planned } = await planTraining(
      request,
      new MemoryDatabase({ [request.table.tableId]: columns }),
    );
    expect(planned.features.map(({ schema }) => schema.name)).toEqual(['amount', 'day']);
    const { training, validation, sample } = planned.subjects!;
    expect([training.length, validation.length, sample.length]).toEqual([180, 20, 36]);
    expect(new Set(training).size).toBe(36);
    expect(planned.holders).toEqual(training);
  });
});
