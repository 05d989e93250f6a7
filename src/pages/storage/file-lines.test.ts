import { expect, it } from 'vitest';
import { newJob } from '../../domain/job-changes';
import { aConnector, aDataset, aGenerator, aReport, aSource } from '../../domain/testing/stock';
import { fileLines } from './file-lines';

it('tells of each file what it is and what names it, the largest first', () => {
  const file = (id: string, name: string, bytes: number) => ({ id, name, bytes, mimeType: '', sha256: '' });
  const resource = { kind: 'generator', id: 'b', name: 'b' } as const;
  const lines = fileLines(
    {
      sources: [aSource('people', { file: 'csv' })],
      generators: [aGenerator('g', 'people', { files: { manifest: 'm', tensors: 't' } })],
      datasets: [aDataset('d', 'g', {})],
      reports: [{ ...aReport('r', 'd'), charts: 'c' }],
      jobs: [{ ...newJob({ kind: 'import', resource }), asked: { kind: 'archive', file: 'copy' } }],
      connectors: [aConnector('shop', { type: 'SQLITE', file: 'db' })],
    },
    [
      file('csv', 'people.CSV', 10),
      file('t', 'weights.safetensors', 40),
      file('m', 'manifest.json', 5),
      file('left', 'odd', 7),
      file('c', 'charts.json', 6),
      file('copy', 'b-generator.zip', 1),
      file('db', 'shop.sqlite', 3),
    ],
  );
  expect(lines.map(({ name, type, owner }) => [name, type, owner?.name ?? null])).toEqual([
    ['weights.safetensors', 'Model weights', 'g'],
    ['people.CSV', 'Delimited text', 'people'],
    ['odd', 'File', null],
    ['charts.json', 'JSON', 'd'],
    ['manifest.json', 'JSON', 'g'],
    ['shop.sqlite', 'Database', 'shop'],
    ['b-generator.zip', 'ZIP archive', 'the import of “b”'],
  ]);
});
