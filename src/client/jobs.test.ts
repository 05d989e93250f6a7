import { describe, expect, it, vi } from 'vitest';
import { isCanceled } from '../domain/errors';
import type { JobProgress, ProgressStep } from '../domain/progress';
import { abortable, JobBoard } from './jobs';

function step(value: number): ProgressStep {
  return {
    code: 'TRAIN_MODEL',
    status: 'IN_PROGRESS',
    value,
    max: 100,
    unit: 'epochs',
    elapsed: 0,
    remaining: null,
  };
}

describe('JobBoard', () => {
  it('tells listeners at most ten times a second, and the last state on close', () => {
    vi.useFakeTimers();
    const seen: JobProgress[] = [];
    const board = new JobBoard();
    const job = board.open('training', (progress) => seen.push(progress));
    for (let value = 0; value < 50; value++) {
      board.report(job, step(value));
      vi.advanceTimersByTime(10);
    }
    expect(seen.length).toBeLessThanOrEqual(6);
    board.report(job, step(50));
    board.close(job);
    expect(seen.at(-1)?.steps[0]?.value).toBe(50);
    board.report(job, step(51));
    vi.advanceTimersByTime(1000);
    expect(seen.at(-1)?.steps[0]?.value).toBe(50);
    vi.useRealTimers();
  });
});

describe('abortable', () => {
  it('rejects at once on abort and asks the worker to cancel', async () => {
    const controller = new AbortController();
    const cancel = vi.fn(async () => undefined);
    const never = new Promise<number>(() => undefined);
    const call = abortable('The training', controller.signal, () => never, cancel);
    controller.abort();
    const error = await call.catch((caught: unknown) => caught);
    expect(isCanceled(error)).toBe(true);
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('does not start when the signal is already aborted', async () => {
    const work = vi.fn(async () => 1);
    await expect(abortable('It', AbortSignal.abort(), work, async () => undefined)).rejects.toMatchObject({
      code: 'canceled',
    });
    expect(work).not.toHaveBeenCalled();
  });

  it('passes results through', async () => {
    const { signal } = new AbortController();
    await expect(
      abortable(
        'It',
        signal,
        async () => 7,
        async () => undefined,
      ),
    ).resolves.toBe(7);
  });
});
