import { describe, expect, it } from 'vitest';
import type { Job } from '../domain/job';
import type { Resources } from './client-context';
import { backgroundJobs, endInWords, pathOfJob, shownPathOfJob, tabTitle } from './job-words';

const JOB: Job = {
  id: 'j1',
  kind: 'training',
  resource: { kind: 'generator', id: 'g1', name: 'people' },
  status: 'IN_PROGRESS',
  waitsFor: null,
  steps: [],
  messages: [],
  notices: [],
  isStopping: false,
  error: null,
  createdAt: 0,
  startedAt: 0,
  endedAt: null,
};
const STEP = { status: 'IN_PROGRESS', value: 5, max: 10, elapsed: 1, remaining: 1 } as const;
const IMPORT: Job = {
  ...JOB,
  kind: 'import',
  resource: { kind: 'source', id: 's1', name: 'people.csv' },
  steps: [{ ...STEP, code: 'IMPORT_DATA', unit: 'bytes' }],
};

describe('the title of the tab', () => {
  it('is that of the page while nothing runs', () => {
    expect(tabTitle('Jobs – Doppelgrid', [{ ...JOB, status: 'DONE' }])).toBe('Jobs – Doppelgrid');
  });

  it('shows how far what runs is, before what waits', () => {
    const queued: Job = { ...JOB, status: 'QUEUED' };
    expect(tabTitle('Page', [queued, IMPORT])).toBe('50 % · Reading people.csv – Doppelgrid');
    expect(tabTitle('Page', [queued])).toBe('Training people – Doppelgrid');
    expect(tabTitle('Page', [{ ...JOB, isStopping: true }])).toBe(
      'Stopping the training of people – Doppelgrid',
    );
  });

  it('says nothing of what a page asks for in passing', () => {
    expect(backgroundJobs([{ ...JOB, kind: 'rules' }, { ...JOB, kind: 'probe' }, IMPORT])).toEqual([IMPORT]);
  });
});

describe('the end of a job', () => {
  it.each([
    [{ ...JOB, status: 'DONE' }, '“people” has been trained.'],
    [{ ...JOB, status: 'FAILED', error: 'The numbers broke.' }, 'Training of “people”: The numbers broke.'],
    [{ ...JOB, status: 'CANCELED' }, null],
    [{ ...IMPORT, status: 'DONE' }, 'people.csv has been read.'],
    [{ ...JOB, kind: 'generation', status: 'DONE' }, '“people” is ready.'],
    [{ ...JOB, kind: 'rules', status: 'FAILED' }, null],
  ] as const)('in words: %#', (job, words) => {
    expect(endInWords(job)).toBe(words);
  });

  it('of a newer file that waits says where to decide', () => {
    expect(endInWords({ ...IMPORT, status: 'DONE' }, true)).toBe(
      'A newer file of people.csv has been read. Its page shows what is different.',
    );
  });
});

describe('the page of a job', () => {
  const none = { sources: [], generators: [], datasets: [] } as unknown as Resources;
  it('is that of what it works on', () => {
    expect(pathOfJob(JOB)).toBe('/generators/g1');
    const resources = { ...none, generators: [{ id: 'g1' }] } as unknown as Resources;
    expect(shownPathOfJob(JOB, resources)).toBe('/generators/g1');
  });

  it('is gone with it; a file on its way in has the import page', () => {
    expect(shownPathOfJob(JOB, none)).toBeNull();
    expect(shownPathOfJob(IMPORT, none)).toBe('/import');
    expect(shownPathOfJob({ ...IMPORT, status: 'FAILED' }, none)).toBeNull();
  });
});
