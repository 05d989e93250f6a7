import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { SyntheticTableConfiguration } from '../../../../src/domain/synthetic-datasets';
import { cellsOf, type MemoryColumn } from '../../testing/memory-database';
import { ArgnSampler } from './sampler';
import { openBackend } from './testing/open-backend';
import { trainColumns } from './testing/train-columns';
import { loadNetwork } from './train-network';

const ROWS = 9000;
const ITEMS = 150;
const REGIONS = 6;
const CLASS_RULE = { maxPlain: 60, alone: 5 };

/** An item has a region, which nine rows of ten show, and a weight, one of three neighbouring values. */
function itemColumns(): MemoryColumn[] {
  const stream = new RandomStream(4, 'items');
  const items = Int32Array.from({ length: ROWS }, () =>
    Math.floor(ITEMS * Math.min(stream.uniform(), stream.uniform())),
  );
  const words = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name} ${i}`);
  const regions = items.map((item) =>
    stream.uniform() < 0.9 ? (item * 7) % REGIONS : stream.below(REGIONS),
  );
  const weights = Float64Array.from(items, (item) => 10 * ((item * 7) % ITEMS) + 10 * stream.below(3));
  return [
    {
      name: 'item',
      storageType: 'text',
      data: { kind: 'text', codes: items, dictionary: words('item', ITEMS) },
    },
    {
      name: 'region',
      storageType: 'text',
      data: { kind: 'text', codes: regions, dictionary: words('region', REGIONS) },
    },
    { name: 'weight', storageType: 'integer', data: { kind: 'number', values: weights, nulls: null } },
  ];
}

describe('columns of very many categories and values', () => {
  it('are learned and drawn in classes, and keep their relation to the others', async () => {
    const columns = itemColumns();
    const types = ['TABULAR_CATEGORICAL', 'TABULAR_CATEGORICAL', 'TABULAR_NUMERIC_DISCRETE'] as const;
    const backend = await openBackend('wasm');
    const overrides = {
      columns: columns.map(({ name }, i) => ({ name, modelEncodingType: types[i] })),
      configuration: { maxEpochs: 25, privacyGuard: false, valueProtection: false },
    };
    const { network, learned } = await trainColumns(backend, columns, overrides, { classRule: CLASS_RULE });
    expect(network.content.spec.subColumns.map(({ classes }) => classes !== undefined)).toEqual([
      true,
      false,
      true,
    ]);
    const content = JSON.parse(JSON.stringify(learned.content));
    await loadNetwork(backend, { ...learned, content });
    const cells: (number | string | null)[][] = columns.map(() => []);
    const configuration = SyntheticTableConfiguration.parse({});
    for await (const block of new ArgnSampler(backend, content).rows({
      rows: 4000,
      seed: 2,
      configuration,
    })) {
      block.columns.forEach((column, c) => {
        cells[c]!.push(...cellsOf(column));
      });
    }
    backend.dispose();
    const [items, regions, weights] = cells;
    const numbers = items!.map((item) => Number(String(item).split(' ')[1]));
    expect(numbers.every((item) => item >= 0 && item < ITEMS)).toBe(true);
    expect(new Set(numbers).size).toBeGreaterThan(0.9 * ITEMS);
    const usual = regions!.filter((region, r) => region === `region ${(numbers[r]! * 7) % REGIONS}`);
    // In the training rows: nine of ten, and a sixth of the rest.
    expect(usual.length / 4000).toBeGreaterThan(0.8);
    const near = weights!.filter(
      (weight, r) => Math.abs(Number(weight) - 10 * ((numbers[r]! * 7) % ITEMS) - 10) < 60,
    );
    expect(near.length / 4000).toBeGreaterThan(0.8);
  });
});
