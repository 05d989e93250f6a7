import { afterEach, describe, expect, it, vi } from 'vitest';
import { isCanceled, UserError } from '../domain/errors';
import type { Job, ProgressStep } from '../domain/job';
import { JobRegistry } from './job-registry';
import type { JobPlan, RunningJob } from './job-run';

afterEach(() => {
  vi.useRealTimers();
});

function plan(name: string, onChange?: JobPlan['onChange']): JobPlan {
  return {
    kind: 'training',
    resource: { kind: 'generator', id: name, name },
    what: 'The training',
    onChange,
  };
}

function step(value: number, status: ProgressStep['status'] = 'IN_PROGRESS'): ProgressStep {
  return { code: 'TRAIN_MODEL', status, value, max: 100, unit: 'epochs', elapsed: 0, remaining: null };
}

/** Work that a test ends. */
function held<T>(value: T) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { release, work: () => released.then(() => value) };
}

/** A worker that lets its calls go on until they are cancelled. */
function stubborn() {
  const canceled: string[] = [];
  return { canceled, cancel: async (jobId: string) => void canceled.push(jobId) };
}

const failed = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => error,
  );
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('progress of a job', () => {
  it('is told at most ten times a second, the last state always', async () => {
    vi.useFakeTimers();
    const registry = new JobRegistry();
    const seen: Job[] = [];
    const { release, work } = held('done');
    let running: RunningJob | null = null;
    const done = registry.start(
      plan('a'),
      (job) => {
        running = job;
        return work();
      },
      { onProgress: (job) => seen.push(job) },
    );
    const { id } = running!;
    expect(seen).toMatchObject([{ status: 'IN_PROGRESS', kind: 'training' }]);
    for (let value = 0; value < 500; value++) {
      registry.step(id, step(value));
      await vi.advanceTimersByTimeAsync(2);
    }
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.length).toBeLessThanOrEqual(11);
    registry.step(id, step(500));
    release();
    expect(await done).toBe('done');
    expect(seen.at(-1)).toMatchObject({ status: 'DONE', error: null });
    expect(seen.at(-1)!.steps).toMatchObject([{ value: 500, status: 'DONE' }]);
    const told = seen.length;
    registry.step(id, step(501));
    await vi.advanceTimersByTimeAsync(1000);
    expect(seen.length).toBe(told);
  });

  it('reaches its resource and everybody who waits, with the same outcome', async () => {
    const registry = new JobRegistry();
    const states: string[] = [];
    const seen: Job[] = [];
    const { release, work } = held(1);
    const started = registry.start(
      plan('a', ({ status }) => states.push(status)),
      work,
    );
    const waiting = registry.wait('training', 'a', { onProgress: (job) => seen.push(job) });
    await registry.wait('training', 'b');
    await registry.wait('report', 'a');
    release();
    await Promise.all([started, waiting]);
    expect(states).toEqual(['IN_PROGRESS', 'DONE']);
    expect(seen.map(({ status }) => status)).toEqual(['DONE']);
    expect(registry.find('training', 'a')).toBeNull();
  });

  it('keeps the sentence of a failure, for those who wait too', async () => {
    const registry = new JobRegistry();
    const jobs: Job[] = [];
    const started = registry.start(
      plan('a', (job) => jobs.push(job)),
      async () => {
        await settle();
        throw new UserError('training/failed', 'The numbers broke.');
      },
    );
    const waiting = failed(registry.wait('training', 'a'));
    expect(await failed(started)).toMatchObject({ code: 'training/failed' });
    expect(await waiting).toMatchObject({ code: 'training/failed' });
    expect(jobs.at(-1)).toMatchObject({ status: 'FAILED', error: 'The numbers broke.' });
  });

  it('keeps a sentence though the job goes on', async () => {
    const registry = new JobRegistry();
    const jobs: Job[] = [];
    await registry.start(
      plan('a', (job) => jobs.push(job)),
      async (job) => job.note(new Error('No report.')),
    );
    expect(jobs.at(-1)).toMatchObject({ status: 'DONE', error: 'No report.' });
  });
});

describe('cancelling', () => {
  it('asks the worker that is at it, and waits until the job is over', async () => {
    const registry = new JobRegistry();
    const worker = stubborn();
    const jobs: Job[] = [];
    let end: (error: Error) => void = () => {};
    const done = failed(
      registry.start(
        plan('a', (job) => jobs.push(job)),
        (job) =>
          job.ask(
            async () => worker,
            ['TRAIN_MODEL', 'epochs'],
            () => new Promise<void>((_, reject) => (end = reject)),
          ),
      ),
    );
    await settle();
    expect(jobs[0]!.steps).toMatchObject([{ phase: 'START_WORKER', status: 'IN_PROGRESS' }]);
    const canceling = registry.cancel('a');
    await settle();
    expect(worker.canceled).toEqual([registry.find('training', 'a')!.id]);
    end(new UserError('canceled', 'The training was cancelled. Nothing was changed.'));
    await canceling;
    expect(jobs.at(-1)).toMatchObject({ status: 'CANCELED', error: null });
    expect(jobs.at(-1)!.steps).toMatchObject([{ phase: 'START_WORKER', status: 'CANCELED' }]);
    expect(isCanceled(await done)).toBe(true);
  });

  it('ends at once while the worker is still being started, and never calls it', async () => {
    const registry = new JobRegistry();
    const call = vi.fn(async () => undefined);
    const done = failed(
      registry.start(plan('a'), (job) =>
        job.ask(() => new Promise<ReturnType<typeof stubborn>>(() => {}), ['TRAIN_MODEL', 'epochs'], call),
      ),
    );
    await registry.cancel('a');
    expect(isCanceled(await done)).toBe(true);
    expect(call).not.toHaveBeenCalled();
  });

  it('by a signal rejects at once, whatever the worker does', async () => {
    const registry = new JobRegistry();
    const worker = stubborn();
    const controller = new AbortController();
    const done = failed(
      registry.start(
        plan('a'),
        (job) =>
          job.ask(
            async () => worker,
            ['TRAIN_MODEL', 'epochs'],
            () => new Promise<void>(() => {}),
          ),
        { signal: controller.signal },
      ),
    );
    await settle();
    controller.abort();
    expect(await done).toMatchObject({
      code: 'canceled',
      message: 'The training was cancelled. Nothing was changed.',
    });
    expect(worker.canceled).toHaveLength(1);
    const work = vi.fn(async () => 1);
    expect(isCanceled(await failed(registry.start(plan('b'), work, { signal: AbortSignal.abort() })))).toBe(
      true,
    );
    expect(work).not.toHaveBeenCalled();
  });

  it('of the waiting leaves the job alone', async () => {
    const registry = new JobRegistry();
    const controller = new AbortController();
    const { release, work } = held('kept');
    const done = registry.start(plan('a'), work);
    const waiting = failed(registry.wait('training', 'a', { signal: controller.signal }));
    controller.abort();
    expect(isCanceled(await waiting)).toBe(true);
    release();
    expect(await done).toBe('kept');
  });
});

describe('the queue before the accelerator', () => {
  /** Jobs by name that note when they run, each until it is let go. */
  function queue() {
    const registry = new JobRegistry();
    const log: string[] = [];
    const jobs = new Map<string, Job>();
    const holds = new Map<string, () => void>();
    const start = (name: string) => {
      const { release, work } = held(name);
      holds.set(name, release);
      return failed(
        registry.start(
          plan(name, (job) => jobs.set(name, job)),
          (job) =>
            job.inTurn(async () => {
              log.push(name);
              return work();
            }),
        ),
      );
    };
    const states = () => [...jobs.values()].map(({ status, waitsFor }) => [status, waitsFor]);
    const release = (name: string) => holds.get(name)!();
    return { registry, log, start, states, release };
  }

  it('serves one after the other, first come first served, and says whom the others wait for', async () => {
    const { log, start, states, release } = queue();
    const ends = ['a', 'b', 'c'].map(start);
    await settle();
    expect(log).toEqual(['a']);
    expect(states()).toEqual([
      ['IN_PROGRESS', null],
      ['QUEUED', 'the training of “a”'],
      ['QUEUED', 'the training of “a”'],
    ]);
    release('c');
    release('a');
    await ends[0];
    await settle();
    expect(log).toEqual(['a', 'b']);
    expect(states()).toEqual([
      ['DONE', null],
      ['IN_PROGRESS', null],
      ['QUEUED', 'the training of “b”'],
    ]);
    release('b');
    await Promise.all(ends);
    expect(log).toEqual(['a', 'b', 'c']);
    expect(states().map(([status]) => status)).toEqual(['DONE', 'DONE', 'DONE']);
  });

  it('lets a queued job go at once when it is cancelled, and the next one take its turn', async () => {
    const { registry, log, start, states, release } = queue();
    const ends = ['a', 'b', 'c'].map(start);
    await settle();
    await registry.cancel('b');
    expect(isCanceled(await ends[1])).toBe(true);
    expect(states().map(([status]) => status)).toEqual(['IN_PROGRESS', 'CANCELED', 'QUEUED']);
    release('a');
    release('c');
    await Promise.all(ends);
    expect(log).toEqual(['a', 'c']);
  });

  it('goes on after a failure', async () => {
    const { registry, log, start, release } = queue();
    const broken = failed(
      registry.start(plan('x'), (job) =>
        job.inTurn(async () => {
          await settle();
          throw new Error('broken');
        }),
      ),
    );
    const next = start('a');
    release('a');
    expect(await broken).toMatchObject({ message: 'broken' });
    await next;
    expect(log).toEqual(['a']);
  });
});

describe('what is remembered', () => {
  it('lists jobs under way and ended ones as they were asked for, with when they began and ended', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(1_000);
    const registry = new JobRegistry();
    const { release, work } = held(1);
    const first = registry.start(plan('a'), (job) => job.inTurn(work));
    vi.setSystemTime(2_000);
    const second = registry.start(plan('b'), (job) => job.inTurn(async () => 2));
    await Promise.resolve();
    expect(registry.known.list()).toMatchObject([
      { resource: { id: 'a' }, status: 'IN_PROGRESS', createdAt: 1_000, startedAt: 1_000, endedAt: null },
      { resource: { id: 'b' }, status: 'QUEUED', createdAt: 2_000, startedAt: null },
    ]);
    vi.setSystemTime(5_000);
    release();
    await Promise.all([first, second]);
    expect(registry.known.list()).toMatchObject([
      { resource: { id: 'a' }, status: 'DONE', endedAt: 5_000 },
      { resource: { id: 'b' }, status: 'DONE', createdAt: 2_000, startedAt: 5_000, endedAt: 5_000 },
    ]);
  });

  it('is the last 200 that ended', async () => {
    const registry = new JobRegistry();
    for (let i = 0; i < 203; i++) await registry.start(plan(String(i)), async () => i);
    const jobs = registry.known.list();
    expect(jobs).toHaveLength(200);
    expect([jobs[0], jobs.at(-1)].map((job) => job!.resource.name)).toEqual(['3', '202']);
    expect(registry.known.get(jobs[0]!.id)).toBe(jobs[0]);
    expect(() => registry.known.get('none')).toThrow(/There is no job “none”/);
  });

  it('is a plain snapshot that can be stored', async () => {
    const registry = new JobRegistry();
    await registry.start(plan('a'), async (job) => {
      registry.step(job.id, step(1));
      registry.notice(job.id, 'A sentence.');
      registry.stopping(job.id);
    });
    const [job] = registry.known.list();
    expect(job).toMatchObject({ notices: ['A sentence.'], isStopping: true });
    expect(structuredClone(job)).toEqual(job);
    expect(JSON.parse(JSON.stringify(job))).toEqual(job);
  });

  it('is told as it changes, each end once', async () => {
    const told: Job[] = [];
    const registry = new JobRegistry((job) => told.push(job));
    await failed(
      registry.start(plan('a'), async () => {
        throw new Error('broken');
      }),
    );
    expect(told.filter(({ status }) => status === 'FAILED')).toHaveLength(1);
    expect(registry.known.list()).toEqual([told.at(-1)]);
  });

  it('can be cancelled by the id of a job; one that has ended stays as it is', async () => {
    const registry = new JobRegistry();
    const ended = failed(registry.start(plan('a'), (job) => job.inTurn(() => new Promise(() => undefined))));
    const next = failed(registry.start(plan('b'), (job) => job.inTurn(async () => 1)));
    await registry.cancelOne(registry.known.list()[1]!.id);
    expect(isCanceled(await next)).toBe(true);
    expect(registry.known.list().map(({ status }) => status)).toEqual(['IN_PROGRESS', 'CANCELED']);
    await registry.cancelOne(registry.known.list()[1]!.id);
    expect(await registry.cancelOne('none')).toBe(false);
    expect(ended).toBeInstanceOf(Promise);
  });
});
