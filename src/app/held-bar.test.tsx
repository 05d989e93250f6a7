import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import type { Job } from '../domain/job';
import { renderPage } from '../pages/testing/render-page';
import { HeldBar } from './held-bar';

const held = (id: string, fields: Partial<Job> = {}) =>
  ({
    ...{
      id,
      kind: 'training',
      status: 'ON_HOLD',
      error: 'It was interrupted.',
      steps: [],
      startedAt: 1,
      endedAt: 2,
    },
    resource: { kind: 'generator', id: `of ${id}`, name: id },
    ...fields,
  }) as Job;

function bar(jobs: Job[]): void {
  renderPage(<HeldBar />, { jobs: { list: () => jobs } });
}
const names = () =>
  screen.queryAllByRole('button', { name: /^Resume/ }).map((button) => button.getAttribute('aria-label'));

beforeEach(() => {
  window.location.hash = '#/';
});

it('offers what was interrupted, not what a person paused, until it is dismissed', () => {
  bar([held('one'), held('two', { error: null }), held('three')]);
  expect(names()).toEqual(['Resume the training of one', 'Resume the training of three']);
  fireEvent.click(screen.getByRole('button', { name: 'Not now: the training of one' }));
  expect(names()).toEqual(['Resume the training of three']);
});

it('names three, and where the others are', () => {
  bar(['a', 'b', 'c', 'd', 'e'].map((id) => held(id)));
  expect(names()).toHaveLength(3);
  expect(screen.getByRole('link', { name: '2 more on the jobs page' })).toBeTruthy();
});

it.each(['/jobs', '/generators/of one'])('is silent on %s, which says so itself', (path) => {
  window.location.hash = `#${path}`;
  bar([held('one')]);
  expect(screen.queryByRole('region', { name: 'Interrupted work' })).toBeNull();
});
