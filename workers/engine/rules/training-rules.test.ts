import { expect, it } from 'vitest';
import { SourceTableConfig } from '../../../src/domain/generators';
import { RandomStream } from '../../../src/domain/random';
import type { FeatureColumn, TrainingTable } from '../models/model';
import { KeyedRandom } from '../privacy/keyed-random';
import { TEST_KEY } from '../testing/train-request';
import { withRules } from './training-rules';

const ROWS = 3000;

/** Payments: the balance in every other row, else hundreds; and a column of its own. */
function payments() {
  const stream = new RandomStream(4, 'payments');
  const equal = Uint8Array.from({ length: ROWS }, () => stream.below(2));
  const balance = Float64Array.from(equal, () => 20_001 + stream.below(500_000));
  const payment = balance.map((value, row) => (equal[row] ? value : 100 * (1 + stream.below(150))));
  const age = Float64Array.from(equal, () => stream.normal());
  return { equal, values: { balance, payment, age } };
}

it('names the rows of a column that follow from another one', async () => {
  const { equal, values } = payments();
  const names = Object.keys(values) as (keyof typeof values)[];
  const features = names.map((name, index): FeatureColumn => {
    const schema = { name, originalName: name, storageType: 'float' as const };
    return { schema, encodingType: 'TABULAR_NUMERIC_BINNED', sourceIndex: index, outputIndex: index };
  });
  const read: TrainingTable['read'] = async (index) => {
    const training = { kind: 'number' as const, values: values[names[index]!], nulls: null };
    return { training, validation: training };
  };
  const table: TrainingTable = {
    name: 'payments',
    features,
    rowCount: ROWS,
    randomState: 1,
    keyed: new KeyedRandom(TEST_KEY),
    rules: [],
    ties: [],
    holders: Uint32Array.from({ length: ROWS }, (_, row) => row),
    read,
  };
  const config = SourceTableConfig.parse({
    name: 'payments',
    sourceId: 'file',
    tableId: 'source',
    columns: [],
  });
  const job = { yield: async () => undefined, checkpoint: () => undefined };
  const ruled = await withRules(table, config, job);
  const rowsOf = async (name: string) => {
    const index = ruled.table.features.findIndex(({ schema }) => schema.name === name);
    return (await ruled.table.read(index)).follows;
  };
  expect(ruled.table.features.length).toBe(4);
  expect(await rowsOf('payment')).toEqual(equal);
  expect(await rowsOf('balance')).toBeUndefined();
  expect(await rowsOf('age')).toBeUndefined();
});
