import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { preferences } from '../client/preferences';
import { ToastRegion } from '../components/toasts';
import type { Job } from '../domain/job';
import { renderPage } from '../pages/testing/render-page';
import { JobEnds } from './job-ends';

const job = (fields: Partial<Job>) =>
  ({
    ...{ id: 'j1', kind: 'training', status: 'DONE', error: null },
    resource: { kind: 'generator', id: 'g1', name: `people ${Math.floor(performance.now() * 1000)}` },
    ...{ startedAt: 0, endedAt: 60_000 },
    ...fields,
  }) as Job;

let told: string[] = [];
let tell: (job: Job) => void = () => undefined;

function app() {
  renderPage(
    <>
      <JobEnds />
      <ToastRegion />
    </>,
    {
      jobs: {
        subscribe: (listener) => {
          tell = listener;
          return () => undefined;
        },
      },
    },
  );
}

describe('the end of a job', () => {
  beforeEach(() => {
    told = [];
    vi.stubGlobal(
      'Notification',
      class {
        static permission = 'granted';
        constructor(_title: string, { body }: { body: string }) {
          told.push(body);
        }
      },
    );
    preferences.set({ notifications: true });
    window.location.hash = '#/';
  });
  afterEach(() => {
    preferences.set({ notifications: false });
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('is told on another page, with the way to it', () => {
    app();
    const done = job({});
    act(() => tell(done));
    expect(screen.getByText(new RegExp(`“${done.resource.name}” has been trained`))).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Open' }).getAttribute('href')).toBe('#/generators/g1');
    expect(told).toEqual([]);
  });

  it.each(['#/generators/g1', '#/jobs'])('is not told on %s, which shows it', (hash) => {
    window.location.hash = hash;
    app();
    const done = job({});
    act(() => tell(done));
    expect(screen.queryByText(new RegExp(done.resource.name))).toBeNull();
  });

  it('is none while the job goes on', () => {
    app();
    const running = job({ status: 'IN_PROGRESS', endedAt: null });
    act(() => tell(running));
    expect(screen.queryByText(new RegExp(running.resource.name))).toBeNull();
  });

  it('is told by the system where the tab is hidden, the job was long, and consent is given', () => {
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    app();
    const long = job({});
    act(() => tell(long));
    expect(told).toEqual([`“${long.resource.name}” has been trained.`]);
    act(() => tell(job({ endedAt: 20_000 })));
    preferences.set({ notifications: false });
    act(() => tell(job({})));
    expect(told).toHaveLength(1);
  });
});
