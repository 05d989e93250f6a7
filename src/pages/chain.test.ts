import { describe, expect, it } from 'vitest';
import { chainOf } from './chain';
import type { Resources } from './resource-store';

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

describe('chainOf', () => {
  it('leads from a source to the newest of each', () => {
    expect(chainOf({ kind: 'source', id: 's1' }, session())).toEqual({
      sourceId: 's1',
      generatorId: 'g2',
      datasetId: 'd3',
      reportId: null,
    });
  });
  it('leads back from a report to its own dataset, not the newest', () => {
    expect(chainOf({ kind: 'report', id: 'r1' }, session())).toEqual({
      sourceId: 's1',
      generatorId: 'g1',
      datasetId: 'd1',
      reportId: 'r1',
    });
  });
  it('stays on the dataset a person looks at', () => {
    expect(chainOf({ kind: 'dataset', id: 'd1' }, session()).reportId).toBe('r1');
    expect(chainOf({ kind: 'dataset', id: 'd2' }, session()).reportId).toBeNull();
  });
  it('locks everything after a fresh source and leaves out a deleted one', () => {
    expect(chainOf({ kind: 'source', id: 's2' }, session())).toEqual({
      sourceId: 's2',
      generatorId: null,
      datasetId: null,
      reportId: null,
    });
    expect(chainOf({ kind: 'generator', id: 'g3' }, session()).sourceId).toBeNull();
  });
});
