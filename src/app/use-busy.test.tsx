import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Generator } from '../domain/generators';
import type { Job } from '../domain/job';
import { renderPage } from '../pages/testing/render-page';
import { useBusy } from './use-busy';

function Busy() {
  return useBusy() ? 'busy' : 'at rest';
}

const training = { id: 'j', kind: 'training', status: 'IN_PROGRESS' } as Job;
const generator = { id: 'g', trainingStatus: 'IN_PROGRESS' } as Generator;

describe('useBusy', () => {
  it.each([
    ['a training of this tab', [training], 'busy'],
    ['a training of another tab', [], 'at rest'],
  ])('%s', (_, jobs, expected) => {
    renderPage(<Busy />, { jobs: { list: () => jobs }, generators: { list: () => [generator] } });
    expect(screen.getByText(expected)).toBeTruthy();
  });
});
