import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { showToast, ToastRegion } from './toasts';

const told = () =>
  [...screen.getByLabelText('Notifications').querySelectorAll('p')].map((p) => p.textContent);
const show: typeof showToast = (...toast) => act(() => showToast(...toast));

describe('notifications', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    render(<ToastRegion />);
    for (const button of screen.queryAllByRole('button', { name: 'Dismiss' })) fireEvent.click(button);
  });

  it('go after seven seconds, errors only when dismissed', () => {
    show('The training was cancelled.');
    show('The disk is full.', 'error');
    act(() => void vi.advanceTimersByTime(6_900));
    expect(told()).toEqual(['The training was cancelled.', 'The disk is full.']);
    act(() => void vi.advanceTimersByTime(200));
    expect(told()).toEqual(['The disk is full.']);
    act(() => void vi.advanceTimersByTime(60_000));
    expect(told()).toEqual(['The disk is full.']);
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(told()).toEqual([]);
  });

  it('may have a way back, which dismisses them', () => {
    const run = vi.fn();
    show('Renamed.', 'info', { label: 'Undo', run });
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(run).toHaveBeenCalledOnce();
    expect(told()).toEqual([]);
  });

  it('are said once, however often they come', () => {
    for (const text of ['a', 'b', 'a']) show(text);
    expect(told()).toEqual(['b', 'a']);
  });

  it('are the last four', () => {
    for (const text of ['1', '2', '3', '4', '5']) show(text, 'error');
    expect(told()).toEqual(['2', '3', '4', '5']);
  });
});
