import { describe, expect, it } from 'vitest';
import type { Job } from './job';
import { newJob } from './job-changes';
import { whyNotRetry } from './job-retry';

const AROUND = {
  jobs: [],
  generators: [
    { id: 'trained', trainingStatus: 'DONE' },
    { id: 'lost', trainingStatus: 'FAILED' },
  ],
  datasets: [
    { id: 'rows', generationStatus: 'DONE' },
    { id: 'none', generationStatus: 'CANCELED' },
  ],
  projects: [{ id: 'first' }],
} as const;

function lost(kind: Job['kind'], id: string, fields: Partial<Job> = {}): Job {
  const resource = { kind: id === 'first' ? 'project' : 'generator', id, name: 'people' } as const;
  return { ...newJob({ kind, resource }), status: 'FAILED', ...fields };
}

const DOWNLOAD = { kind: 'download', format: 'csv', csv: { neutraliseFormulas: false } } as const;

describe('whyNotRetry', () => {
  it.each([
    lost('training', 'lost'),
    lost('generation', 'none', { status: 'CANCELED' }),
    lost('report', 'rows'),
    lost('download', 'rows', { asked: DOWNLOAD }),
    lost('export', 'trained'),
    lost('export', 'first'),
  ])('lets a $kind be tried again', (job) => {
    expect(whyNotRetry(job, AROUND)).toBeNull();
  });

  it.each([
    [lost('training', 'trained'), 'It has been tried again since.'],
    [lost('training', 'gone'), 'What it worked on was deleted.'],
    [lost('export', 'gone'), 'What it worked on was deleted.'],
    [lost('export', 'lost'), 'Its generator has no model to export yet.'],
    [lost('report', 'none'), 'Its rows are not there: generate them first.'],
    [lost('download', 'rows'), 'To try again, download the rows on their page.'],
    [lost('import', 's1'), 'To try again, bring the file in again.'],
    [lost('probe', 'trained'), 'To try again, ask for rows on the page of its generator.'],
    [
      lost('report', 'rows', { status: 'DONE' }),
      'Only jobs that failed or were cancelled can be tried again.',
    ],
  ])('says of %o why not', (job, sentence) => {
    expect(whyNotRetry(job, AROUND)).toBe(sentence);
  });

  it('takes what was asked for later as another try, unless it is another format', () => {
    const job = lost('download', 'rows', { asked: DOWNLOAD, createdAt: 1 });
    const later = { ...job, id: 'j2', createdAt: 2 };
    expect(whyNotRetry(job, { ...AROUND, jobs: [job, later] })).toBe('It has been tried again since.');
    const other = { ...later, asked: { ...DOWNLOAD, format: 'parquet' } } as const;
    expect(whyNotRetry(job, { ...AROUND, jobs: [job, other] })).toBeNull();
    expect(whyNotRetry(later, { ...AROUND, jobs: [job, later] })).toBeNull();
  });
});
