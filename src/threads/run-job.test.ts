import { afterEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../domain/errors';
import type { ProgressStep, StepEvent } from '../domain/job';
import { JobRunner, JobStep } from './run-job';

afterEach(() => {
  vi.useRealTimers();
});

function open(): { runner: JobRunner; events: StepEvent[] } {
  const events: StepEvent[] = [];
  return { events, runner: new JobRunner((event) => events.push(event)) };
}

const endOf = (events: readonly StepEvent[]) =>
  events.map(({ step }) => `${step.code} ${step.status}`).slice(-2);

describe('JobRunner', () => {
  it('ends every begun step with the job, and only those that are open', async () => {
    const { runner, events } = open();
    const result = await runner.run('a', 'The report', async (job) => {
      job.step('PULL_TRAINING_DATA', 'columns', 3).finish('DONE');
      job.step('TRAIN_MODEL', 'epochs');
      return 7;
    });
    expect(result).toBe(7);
    expect(events.every(({ jobId }) => jobId === 'a')).toBe(true);
    expect(events).toHaveLength(4);
    expect(endOf(events)).toEqual(['TRAIN_MODEL IN_PROGRESS', 'TRAIN_MODEL DONE']);
  });

  it('ends a cancelled job where it next yields, with a sentence', async () => {
    const { runner, events } = open();
    let turns = 0;
    const running = runner.run('a', 'The training', async (job) => {
      job.step('TRAIN_MODEL', 'epochs');
      for (;;) {
        await job.yield();
        if (++turns === 3) runner.cancel('a');
      }
    });
    await expect(running).rejects.toMatchObject({
      code: 'canceled',
      message: 'The training was cancelled. Nothing was changed.',
    });
    expect(turns).toBe(3);
    expect(endOf(events)).toEqual(['TRAIN_MODEL IN_PROGRESS', 'TRAIN_MODEL CANCELED']);
  });

  it('lets a message cancel while the work is busy between two yields', async () => {
    const { runner } = open();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => runner.cancel('a');
    const running = runner.run('a', 'It', async (job) => {
      port2.postMessage(null);
      const end = performance.now() + 20_000;
      while (performance.now() < end) await job.yield();
    });
    await expect(running).rejects.toMatchObject({ code: 'canceled' });
    port1.close();
  });

  it('ends at once what races against the cancel', async () => {
    const { runner } = open();
    const running = runner.run('a', 'It', (job) => job.race(() => new Promise<void>(() => {})));
    runner.cancel('a');
    await expect(running).rejects.toMatchObject({ code: 'canceled' });
    expect(await runner.run('b', 'It', (job) => job.race(async () => 3))).toBe(3);
    const work = vi.fn(async () => 3);
    await runner.run('c', 'It', async (job) => {
      runner.cancel('c');
      await expect(job.race(work)).rejects.toMatchObject({ code: 'canceled' });
    });
    expect(work).not.toHaveBeenCalled();
  });

  it('tells a failure from a cancel, and knows a job only while it runs', async () => {
    const { runner, events } = open();
    const broken = new UserError('training/failed', 'It broke.');
    const failing = runner.run('a', 'It', async (job) => {
      job.step('TRAIN_MODEL', 'epochs');
      throw broken;
    });
    await expect(failing).rejects.toBe(broken);
    expect(endOf(events).at(-1)).toBe('TRAIN_MODEL FAILED');
    runner.cancel('a');
    await runner.run('a', 'It', async (job) => job.checkpoint());
  });

  it('stops without an error', async () => {
    const { runner } = open();
    const running = runner.run('a', 'It', async (job) => {
      while (!job.stop.aborted) await job.yield();
      return 'kept';
    });
    runner.stop('a');
    expect(await running).toBe('kept');
  });
});

describe('JobStep', () => {
  function stepOf(max: number | null = null): { step: JobStep; posted: ProgressStep[] } {
    const posted: ProgressStep[] = [];
    return { posted, step: new JobStep('TRAIN_MODEL', 'epochs', max, (state) => posted.push(state)) };
  }

  it('reports at most ten times a second, and the last count with its end', () => {
    vi.useFakeTimers();
    const { step, posted } = stepOf(1000);
    for (let value = 1; value <= 500; value++) {
      vi.advanceTimersByTime(2);
      step.update(value);
    }
    expect(posted.length).toBeGreaterThan(5);
    expect(posted.length).toBeLessThanOrEqual(11);
    step.finish('CANCELED');
    expect(posted.at(-1)).toMatchObject({ status: 'CANCELED', value: 500, max: 1000 });
  });

  it('tells a phase at once, and each only when it begins', () => {
    const { step, posted } = stepOf();
    step.enter('CHOOSE_INPUTS', 'comparisons');
    step.enter('CHOOSE_INPUTS', 'comparisons');
    step.enter('CHOOSE_BACKEND');
    expect(posted.map(({ phase, unit }) => [phase, unit])).toEqual([
      [undefined, 'epochs'],
      ['CHOOSE_INPUTS', 'comparisons'],
      ['CHOOSE_BACKEND', 'epochs'],
    ]);
  });

  it('counts from 0 in another unit, and on in the same', () => {
    const { step, posted } = stepOf(20);
    step.update(3);
    step.enter('FINISH_TRAINING');
    expect(posted.at(-1)).toMatchObject({ phase: 'FINISH_TRAINING', value: 3, max: 20 });
    step.enter('CHOOSE_INPUTS', 'comparisons');
    expect(posted.at(-1)).toMatchObject({ phase: 'CHOOSE_INPUTS', value: 0, max: null });
    step.update(1, 9);
    expect(posted.at(-1)).toMatchObject({ phase: 'CHOOSE_INPUTS', value: 1, max: 9 });
  });

  it('ends without a phase, once, and with the epochs it came to', () => {
    const { step, posted } = stepOf(20);
    step.enter('CHECK_PRIVACY');
    step.update(7);
    step.finish('DONE');
    step.finish('FAILED');
    expect(posted.at(-1)).toMatchObject({ status: 'DONE', value: 7, max: 7, remaining: 0 });
    expect(posted.at(-1)).not.toHaveProperty('phase');
  });
});
