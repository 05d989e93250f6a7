import { describe, expect, it } from 'vitest';
import type { Generator } from '../domain/generators';
import type { Job } from '../domain/job';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import { hasUnsavedWork, losesWork } from './unsaved-work';

const none = { generators: [], datasets: [], jobs: [] };
const trained = { id: 'g1', trainingStatus: 'DONE' } as Generator;
const rows = { id: 'd1', config: { generatorId: 'g1' }, summary: { rows: 1 } } as SyntheticDataset;
const job = (fields: Partial<Job>) => ({ resource: { id: 'd1' }, ...fields }) as Job;
const download = job({ kind: 'download', status: 'DONE' });

describe('unsaved work', () => {
  it.each([
    [none, false],
    [{ ...none, generators: [{ ...trained, trainingStatus: 'NEW' } as Generator] }, false],
    [{ ...none, generators: [trained] }, true],
    [{ ...none, generators: [trained], datasets: [rows] }, true],
    [{ generators: [trained], datasets: [rows], jobs: [download] }, false],
    [{ generators: [trained], datasets: [rows], jobs: [{ ...download, status: 'FAILED' } as Job] }, true],
    [{ generators: [trained], datasets: [rows, { ...rows, id: 'd2' }], jobs: [download] }, true],
    [{ ...none, datasets: [{ ...rows, summary: null }] }, false],
  ] as const)('is what no downloaded file holds: %#', (resources, expected) => {
    expect(hasUnsavedWork(resources)).toBe(expected);
    expect(losesWork(resources, false)).toBe(expected);
    expect(losesWork(resources, true)).toBe(false);
  });

  it('is what could not be written, too', () => {
    expect(losesWork(none, true, true)).toBe(true);
  });

  it('is what goes on, too, but no search for rules', () => {
    const running = (kind: Job['kind']) => ({ ...none, jobs: [job({ kind, status: 'QUEUED' })] });
    expect(losesWork(running('training'), true)).toBe(true);
    expect(losesWork(running('import'), true)).toBe(true);
    expect(losesWork(running('rules'), false)).toBe(false);
  });
});
