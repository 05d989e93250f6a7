import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Generator } from '../domain/generators';
import type { Job } from '../domain/job';
import { renderPage } from '../pages/testing/render-page';
import { Activity } from './activity';
// Loaded once it is wanted; here at once, so that no test waits for it.
import './running-jobs';

const RUNNING: Job = {
  id: 'j1',
  kind: 'training',
  resource: { kind: 'generator', id: 'g1', name: 'people' },
  status: 'IN_PROGRESS',
  waitsFor: null,
  steps: [
    {
      code: 'TRAIN_MODEL',
      status: 'IN_PROGRESS',
      value: 10,
      max: 10,
      unit: 'epochs',
      elapsed: 4,
      remaining: 4,
    },
  ],
  messages: [],
  notices: [],
  isStopping: false,
  error: null,
  createdAt: 0,
  startedAt: 0,
  endedAt: null,
};
const WAITING: Job = {
  ...RUNNING,
  id: 'j2',
  resource: { kind: 'generator', id: 'gone', name: 'other' },
  status: 'QUEUED',
  waitsFor: 'the training of “people”',
  steps: [],
};

function header(jobs: Job[]) {
  renderPage(<Activity />, {
    jobs: { list: () => jobs },
    generators: { list: () => [{ id: 'g1' } as Generator] },
  });
}

describe('Activity', () => {
  it('is a link to the jobs while nothing runs', () => {
    header([{ ...RUNNING, status: 'DONE' }]);
    expect(screen.getByRole('link', { name: 'Jobs' }).getAttribute('href')).toBe('#/jobs');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says how far everything is and leads to each job', async () => {
    header([RUNNING, WAITING, { ...RUNNING, id: 'j3', kind: 'rules' }]);
    fireEvent.click(await screen.findByRole('button', { name: '2 jobs under way, 43 %' }));
    const links = within(screen.getByRole('dialog', { name: 'Jobs under way' })).getAllByRole('link');
    expect(links.map((link) => link.getAttribute('href'))).toEqual(['#/generators/g1', '#/jobs', '#/jobs']);
    expect(links[0]!.textContent).toContain('Training people85 %');
    expect(links[1]!.textContent).toContain('Waiting for the training of “people”');
  });
});
