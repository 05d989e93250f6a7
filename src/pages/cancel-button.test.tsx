import { fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CancelButton } from './cancel-button';

const JOB = {
  kind: 'training',
  resource: { kind: 'generator', id: 'g1', name: 'people' },
  startedAt: 0,
  endedAt: null,
} as const;

function button(job: Parameters<typeof CancelButton>[0]['job'], canStop = false) {
  const [onCancel, onStop] = [vi.fn(), vi.fn()];
  render(<CancelButton job={job} onCancel={onCancel} onStop={canStop ? onStop : null} />);
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  return { onCancel, onStop };
}
const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('CancelButton', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(29_000);
  });
  afterEach(() => vi.useRealTimers());

  it.each([null, JOB, { ...JOB, startedAt: null }])(
    'cancels at once what has not worked for long: %j',
    (job) => {
      const { onCancel } = button(job);
      expect(onCancel).toHaveBeenCalledTimes(1);
      expect(screen.queryByRole('dialog')).toBeNull();
    },
  );

  it('asks after half a minute, with how long it has worked', () => {
    vi.setSystemTime(125_000);
    const { onCancel } = button(JOB);
    expect(onCancel).not.toHaveBeenCalled();
    expect(screen.getByRole('dialog', { name: 'Cancel the training of “people”?' }).textContent).toContain(
      '2 min 05 s',
    );
    expect(screen.queryByRole('button', { name: 'Stop and keep the model' })).toBeNull();
    click('Go on');
    expect(screen.queryByRole('dialog')).toBeNull();
    click('Cancel');
    click('Cancel and discard');
    expect(onCancel).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says of a generation that its rows are kept, of a training its model', () => {
    vi.setSystemTime(60_000);
    const { onStop } = button({ ...JOB, kind: 'generation' }, true);
    expect(screen.getByRole('dialog').textContent).toContain('keeps the rows drawn so far.');
    click('Stop and keep the rows');
    expect(onStop).toHaveBeenCalledTimes(1);
  });

  it('offers to pause instead, and asks before it discards what is on hold', () => {
    vi.setSystemTime(60_000);
    const onPause = vi.fn();
    const { unmount } = render(<CancelButton job={JOB} onCancel={vi.fn()} onPause={onPause} />);
    click('Cancel');
    click('Pause instead');
    expect(onPause).toHaveBeenCalledTimes(1);
    unmount();
    const onDiscard = vi.fn();
    const held = { ...JOB, startedAt: null, secondsBefore: 40 };
    render(<CancelButton job={held} onCancel={onDiscard} verb="Discard" />);
    click('Discard');
    const question = screen.getByRole('dialog', { name: 'Discard the training of “people”?' });
    expect(question.textContent).toContain('40 s');
    fireEvent.click(within(question).getByRole('button', { name: 'Discard' }));
    expect(onDiscard).toHaveBeenCalledTimes(1);
  });

  it('offers to keep what a training has', () => {
    vi.setSystemTime(60_000);
    const { onCancel, onStop } = button(JOB, true);
    click('Stop and keep the model');
    expect([onCancel.mock.calls.length, onStop.mock.calls.length]).toEqual([0, 1]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
