import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Job, ProgressStep } from '../domain/job';
import { JobProgressPanel } from './job-progress-panel';

const STEP: ProgressStep = {
  code: 'GENERATE_DATA',
  status: 'IN_PROGRESS',
  value: 2_500,
  max: 10_000,
  unit: 'rows',
  elapsed: 4,
  remaining: 12,
};

function panel(progress: Pick<Job, 'steps' | 'waitsFor'> | null) {
  const onCancel = vi.fn();
  render(<JobProgressPanel progress={progress} waiting="Starting the engine" onCancel={onCancel} />);
  return onCancel;
}

describe('JobProgressPanel', () => {
  it('tells the step, how far it is and how long it takes yet', () => {
    panel({ waitsFor: null, steps: [{ ...STEP, code: 'PULL_TRAINING_DATA', status: 'DONE' }, STEP] });
    expect(screen.getByText('2,500 of 10,000 rows · about 12 s left')).toBeTruthy();
    const bar = screen.getByRole('progressbar', { name: 'Generating rows' });
    expect(bar.getAttribute('aria-valuenow')).toBe('25');
    expect(screen.getByRole('status').textContent).toBe('Generating rows: 25 %');
  });

  it('says what it waits for before the first step', () => {
    panel(null);
    expect(screen.getByText('One moment')).toBeTruthy();
    const bar = screen.getByRole('progressbar', { name: 'Starting the engine' });
    expect(bar.hasAttribute('aria-valuenow')).toBe(false);
    expect(screen.getByRole('status').textContent).toBe('');
  });

  it('names what a queued job waits for, and shows no work going on', () => {
    panel({ waitsFor: 'the training of “people”', steps: [] });
    expect(screen.getAllByText('Waiting for the training of “people”')).toHaveLength(2);
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(screen.getByText('Starts automatically when that has ended')).toBeTruthy();
  });

  it('counts a training as the header does', () => {
    const training: ProgressStep = { ...STEP, code: 'TRAIN_MODEL', unit: 'epochs', value: 5, max: 10 };
    const done: ProgressStep = { ...STEP, code: 'PULL_TRAINING_DATA', status: 'DONE' };
    const job = { kind: 'training', status: 'IN_PROGRESS', waitsFor: null, steps: [done, training] } as const;
    render(<JobProgressPanel progress={job} waiting="Starting" onCancel={() => undefined} />);
    expect(screen.getByText('48 % · about 12 s left')).toBeTruthy();
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('48');
  });

  it('is the way out', () => {
    const onCancel = panel({ waitsFor: null, steps: [STEP] });
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onCancel).toHaveBeenCalledTimes(1);
  });
});
