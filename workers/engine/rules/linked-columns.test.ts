import { expect, it } from 'vitest';
import { DAY } from '../../../src/domain/calendar';
import { SourceTableConfig } from '../../../src/domain/generators';
import { RandomStream } from '../../../src/domain/random';
import type { FeatureColumn, TrainingTable } from '../models/model';
import { KeyedRandom } from '../privacy/keyed-random';
import { TEST_KEY } from '../testing/train-request';
import { withRules } from './training-rules';

const ROWS = 400;
const stream = new RandomStream(8, 'linked columns');
const draw = (make: (row: number) => number) => Float64Array.from({ length: ROWS }, (_, row) => make(row));
const begun = draw(() => (17_000 + stream.below(900)) * DAY);
const values: Readonly<Record<string, Float64Array>> = {
  begun,
  // Before and after: no order that a rule would find.
  checked: draw((row) => begun[row]! + Math.round(5 * stream.normal()) * DAY),
  north: draw(() => 48 + stream.normal()),
  east: draw(() => 16 + stream.normal()),
};

function ruled(links: Readonly<Record<string, Partial<FeatureColumn>>>) {
  const features = Object.keys(values).map((name, index): FeatureColumn => {
    const isDate = name === 'begun' || name === 'checked';
    const storageType = isDate ? ('date' as const) : ('float' as const);
    return {
      schema: { name, originalName: name, storageType },
      encodingType: isDate ? 'TABULAR_DATETIME' : 'TABULAR_NUMERIC_BINNED',
      ...{ sourceIndex: index, outputIndex: index },
      ...links[name],
    };
  });
  const table: TrainingTable = {
    ...{ name: 'visits', features, rowCount: ROWS, randomState: 1, rules: [], ties: [] },
    keyed: new KeyedRandom(TEST_KEY),
    holders: Uint32Array.from({ length: ROWS }, (_, row) => row),
    read: async (index) => {
      const training = { kind: 'number' as const, values: values[Object.keys(values)[index]!]!, nulls: null };
      return { training, validation: training };
    },
  };
  const names = { name: 'visits', sourceId: 'file', tableId: 'source' };
  const config = SourceTableConfig.parse({ ...names, columns: [], rules: { find: false } });
  return withRules(table, config, { yield: async () => undefined, checkpoint: () => undefined });
}

it('learns the distance of a relative date, also where no rules are sought', async () => {
  const { kept, table } = await ruled({ checked: { relativeTo: 'begun' } });
  expect(kept.extras.map(({ from, to, measure }) => [from, to, measure])).toEqual([
    ['begun', 'checked', { kind: 'gap', unit: DAY }],
  ]);
  expect(kept.steps).toMatchObject([{ kind: 'gap', low: 'begun', high: 'checked', unit: DAY }]);
  const index = table.features.findIndex(({ schema }) => schema.name === 'checked');
  const { training } = await table.read(index - 1);
  const gaps = draw((row) => (values['checked']![row]! - begun[row]!) / DAY);
  expect(training).toMatchObject({ kind: 'number', values: gaps });
});

it('codes a chosen pair by cells, and nothing where nothing is linked', async () => {
  const { kept } = await ruled({ north: { pairedWith: 'east' }, east: { pairedWith: 'north' } });
  expect(kept.ties).toMatchObject([{ from: 'north', to: 'east' }]);
  expect((await ruled({})).kept.extras).toEqual([]);
});
