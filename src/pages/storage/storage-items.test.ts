import { expect, it } from 'vitest';
import type { Generator } from '../../domain/generators';
import type { Report } from '../../domain/reports';
import type { Source } from '../../domain/sources';
import type { SyntheticDataset } from '../../domain/synthetic-datasets';
import { aConnector } from '../../domain/testing/stock';
import { storageItems } from './storage-items';

const files = [
  { id: 'csv', bytes: 100 },
  { id: 'manifest', bytes: 20 },
  { id: 'tensors', bytes: 400 },
  { id: 'parquet', bytes: 50 },
  { id: 'db', bytes: 30 },
  { id: 'charts', bytes: 7 },
  { id: 'own charts', bytes: 8 },
];
const source = (id: string, file?: string) => ({ id, name: `${id}.csv`, file }) as unknown as Source;
const generator = (id: string, sourceId: string, model?: object, holdoutSourceId: string | null = null) =>
  ({
    id,
    config: { name: id, tables: [{ sourceId, holdoutSourceId }] },
    tables: [{ model }],
  }) as unknown as Generator;
const dataset = (id: string, generatorId: string, stored?: object) =>
  ({ id, config: { name: id, generatorId }, tables: [{ stored }] }) as unknown as SyntheticDataset;

const report = (id: string, charts: string, evaluated?: object) =>
  ({ id, syntheticDatasetId: 'rows', charts, evaluated }) as unknown as Report;

it('lists what has files, the largest first, with what is made of each', () => {
  const items = storageItems(
    {
      sources: [source('people', 'csv'), source('holdout')],
      generators: [
        generator('trained', 'people', { manifest: 'manifest', tensors: 'tensors' }, 'holdout'),
        generator('new', 'people'),
      ],
      datasets: [dataset('rows', 'trained', { file: 'parquet' }), dataset('gone', 'deleted')],
      reports: [
        report('r', 'charts'),
        report('e', 'own charts', { files: { synthetic: { name: 'made.csv' } } }),
      ],
      sourceDatasets: [],
      recipes: [],
      connectors: [aConnector('folder'), aConnector('shop', { type: 'SQLITE', file: 'db' })],
      jobs: [],
      projects: [],
    },
    files,
  );
  expect(items.map(({ id, bytes, dependents }) => [id, bytes, dependents])).toEqual([
    ['trained', 420, '1 synthetic dataset'],
    ['people', 100, '2 generators, 1 synthetic dataset'],
    ['rows', 57, ''],
    ['shop', 30, ''],
    ['e', 8, ''],
    ['holdout', 0, '1 generator, 1 synthetic dataset'],
    ['new', 0, ''],
    ['gone', 0, ''],
  ]);
});
