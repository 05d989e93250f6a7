import { describe, expect, it } from 'vitest';
import type { Resources } from './client-context';
import { lineageOf } from './lineage';

/** Only the fields that link resources; the rest plays no part here. */
function session(): Resources {
  const generator = (id: string, sourceId: string) => ({ id, config: { tables: [{ sourceId }] } });
  const dataset = (id: string, generatorId: string, reportId: string | null) => ({
    id,
    config: { generatorId },
    reportId,
  });
  return {
    sources: [{ id: 's1' }, { id: 's2' }],
    generators: [generator('g1', 's1'), generator('g2', 's1'), generator('g3', 'deleted')],
    datasets: [dataset('d1', 'g1', 'r1'), dataset('d2', 'g1', null), dataset('d3', 'g2', null)],
    reports: [{ id: 'r1', syntheticDatasetId: 'd1' }],
  } as unknown as Resources;
}

describe('lineageOf', () => {
  it('leads from a source to the newest of each', () => {
    expect(lineageOf({ kind: 'source', id: 's1' }, session())).toEqual({
      source: 's1',
      generator: 'g2',
      dataset: 'd3',
      report: null,
    });
  });
  it('leads back from a report to its own dataset, not the newest', () => {
    expect(lineageOf({ kind: 'report', id: 'r1' }, session())).toEqual({
      source: 's1',
      generator: 'g1',
      dataset: 'd1',
      report: 'r1',
    });
  });
  it('stays on the dataset a person looks at', () => {
    expect(lineageOf({ kind: 'dataset', id: 'd1' }, session()).report).toBe('r1');
    expect(lineageOf({ kind: 'dataset', id: 'd2' }, session()).report).toBeNull();
  });
  it('locks everything after a fresh source and leaves out a deleted one', () => {
    expect(lineageOf({ kind: 'source', id: 's2' }, session())).toEqual({
      source: 's2',
      generator: null,
      dataset: null,
      report: null,
    });
    expect(lineageOf({ kind: 'generator', id: 'g3' }, session()).source).toBeNull();
  });
});
