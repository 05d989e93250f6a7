import { describe, expect, it } from 'vitest';
import { SourceTableConfig } from '../../src/domain/generators';
import { RandomStream } from '../../src/domain/random';
import { SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { generateDataset } from './generate-dataset';
import { openBackend } from './models/argn/testing/open-backend';
import { prepareTable } from './prepare-table';
import type { TrainRequest } from './protocol';
import { cellsOf, type MemoryColumn, MemoryDatabase, profileOf } from './testing/memory-database';
import { createModel, loadModel, trainPrepared } from './train-model';

const ROWS = 9000;
const ITEMS = 150;
const REGIONS = 6;
const HOOKS = { cancel: new AbortController().signal, pause: async () => undefined };
const CLASS_RULE = { most: 60, alone: 5 };

/** An item has a region, which nine rows of ten show, and a weight of three near values. */
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
  it('are learned and drawn in classes, and keep their tie to the others', async () => {
    const columns = itemColumns();
    const types = ['TABULAR_CATEGORICAL', 'TABULAR_CATEGORICAL', 'TABULAR_NUMERIC_DISCRETE'] as const;
    const request: TrainRequest = {
      modelId: 'model',
      table: SourceTableConfig.parse({
        name: 'items',
        sourceId: 'items',
        columns: columns.map(({ name }, i) => ({ name, modelEncodingType: types[i] })),
        tabularModelConfiguration: { maxEpochs: 25, privacyGuard: false, valueProtection: false },
      }),
      profiles: columns.map(profileOf),
      randomState: 1,
      rows: { part: 'training', seed: 1, validationShare: 0.1, maxValidation: 500, maxSampleSize: null },
    };
    const database = new MemoryDatabase({ items: columns });
    const hooks = { ...HOOKS, onColumns: () => undefined };
    const prepared = await prepareTable(request, database, hooks, CLASS_RULE);
    const model = await createModel(prepared, request, HOOKS.pause);
    const { subColumns } = model.artefact.manifest.spec;
    expect(subColumns.map(({ classes }) => classes !== undefined)).toEqual([true, false, true]);
    const backend = await openBackend('wasm');
    const { artefact } = await trainPrepared(backend, prepared, request, model, {
      ...HOOKS,
      stop: HOOKS.cancel,
      onMessage: () => undefined,
      onProgress: () => undefined,
      onCheckpoint: async () => undefined,
    });
    await loadModel(backend, { ...artefact, manifest: JSON.parse(JSON.stringify(artefact.manifest)) });
    await generateDataset(
      artefact,
      backend,
      {
        modelId: 'model',
        datasetId: 'drawn',
        fileName: 'drawn',
        rows: 4000,
        randomState: 2,
        configuration: SyntheticTableConfiguration.parse({}),
      },
      database,
      { ...HOOKS, onRows: () => undefined },
    );
    backend.dispose();
    const blocks = database.datasets.get('drawn')!.blocks;
    const [items, regions, weights] = columns.map((_, c) => blocks.flatMap((block) => cellsOf(block[c]!)));
    const numbers = items!.map((item) => Number(String(item).split(' ')[1]));
    expect(numbers.every((item) => item >= 0 && item < ITEMS)).toBe(true);
    expect(new Set(numbers).size).toBeGreaterThan(0.9 * ITEMS);
    const usual = regions!.filter((region, r) => region === `region ${(numbers[r]! * 7) % REGIONS}`);
    // Of the training rows nine of ten and a sixth of the rest.
    expect(usual.length / 4000).toBeGreaterThan(0.8);
    const near = weights!.filter(
      (weight, r) => Math.abs(Number(weight) - 10 * ((numbers[r]! * 7) % ITEMS) - 10) < 60,
    );
    expect(near.length / 4000).toBeGreaterThan(0.8);
  });
});
