import { canceledError, errorText, isCanceled, UserError } from '../domain/errors';
import { newId } from '../domain/ids';
import {
  type Job,
  type JobKind,
  jobName,
  type ProgressStep,
  type StepCode,
  type StepUnit,
  type TrainingMessage,
} from '../domain/job';
import { unlessAborted } from '../threads/run-job';
import type { LongCall } from './api';
import { inTurnOfPages } from './computing-lock';

const PROGRESS_INTERVAL_MS = 100;
/** Jobs that are remembered after their end, the newest. */
const MAX_ENDED = 200;

export interface JobPlan extends Pick<Job, 'kind' | 'resource'> {
  /** Subject of the sentence that a cancelled job ends with: "The training". */
  readonly what: string;
  /** Told like everybody who listens: of a new status at once, of progress at most ten times a second. */
  readonly onChange?: (job: Job) => void;
}

export interface JobOptions extends LongCall {
  readonly onMessage?: (message: TrainingMessage) => void;
}

interface Cancelable {
  cancel(jobId: string): Promise<void>;
}

/** A job as its own work sees it. */
export interface RunningJob {
  readonly id: string;
  /**
   * A call of a worker, which is started if need be and told to cancel while the call runs.
   * @throws UserError `canceled` at once if the job is cancelled before the worker is there
   */
  ask<W extends Cancelable, T>(
    open: () => Promise<W>,
    [code, unit]: readonly [StepCode, StepUnit],
    call: (worker: W) => Promise<T>,
  ): Promise<T>;
  /** Waits, QUEUED, until no other job is at the accelerator; the next one follows when `work` is over. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  isCanceled(): boolean;
  /** Keeps a sentence with a job that goes on without what failed. */
  note(error: unknown): void;
}

/** A job under way: its present state and who listens. */
interface Entry {
  job: Job;
  readonly what: string;
  readonly cancel: AbortController;
  readonly listeners: Set<(job: Job) => void>;
  readonly onMessage: JobOptions['onMessage'];
  worker: Cancelable | null;
  done: Promise<unknown>;
  timer: ReturnType<typeof setTimeout> | null;
  /** Its turn has come. */
  go: () => void;
}

/**
 * All jobs of this page: runs them, collects what workers report, and lets one after the other use the accelerator,
 * first come first served. Remembers the last that have ended.
 */
export class JobRegistry {
  readonly #running = new Map<string, Entry>();
  /** Those under way and the last that have ended, in the order they were asked for. */
  readonly #known = new Map<string, Job>();
  readonly #onChange: (job: Job) => void;
  /** The job at the accelerator, then those that wait for it. */
  readonly #queue: Entry[] = [];

  /** @param onChange told of every job, at most ten times a second and of each new status at once */
  constructor(onChange: (job: Job) => void = () => undefined) {
    this.#onChange = onChange;
  }

  /** The jobs under way and the last that have ended, in the order they were asked for. */
  list(): Job[] {
    return [...this.#known.values()];
  }

  /** @throws UserError `not-found` */
  get(id: string): Job {
    const job = this.#known.get(id);
    if (job) return job;
    throw new UserError(
      'not-found',
      `There is no job “${id}”. The last ${MAX_ENDED} jobs of this page are remembered.`,
    );
  }

  /**
   * Cancels one job and waits until it is over; one that has ended is left alone.
   * @throws UserError `not-found`
   */
  async cancelOne(id: string): Promise<void> {
    const entry = this.#running.get(this.get(id).id);
    if (entry) await this.#cancel(entry);
  }

  /**
   * Runs a job to its end. The caller's signal cancels it and rejects at once, so that a person never waits for a busy
   * worker to notice.
   */
  async start<T>(plan: JobPlan, work: (job: RunningJob) => Promise<T>, options: JobOptions = {}): Promise<T> {
    if (options.signal?.aborted) throw canceledError(plan.what);
    const { kind, resource, what } = plan;
    const entry: Entry = {
      job: {
        id: newId(),
        kind,
        resource,
        status: 'NEW',
        waitsFor: null,
        steps: [],
        messages: [],
        notices: [],
        isStopping: false,
        error: null,
        createdAt: Date.now(),
        startedAt: null,
        endedAt: null,
      },
      what,
      cancel: new AbortController(),
      listeners: new Set([plan.onChange, options.onProgress].filter((listener) => listener !== undefined)),
      onMessage: options.onMessage,
      worker: null,
      done: Promise.resolve(),
      timer: null,
      go: () => {},
    };
    this.#running.set(entry.job.id, entry);
    this.#known.set(entry.job.id, entry.job);
    const done = this.#run(entry, work);
    done.catch(() => undefined);
    entry.done = done;
    return this.#follow(entry, what, done, options, () => {
      this.#cancel(entry).catch(() => undefined);
    });
  }

  /** Waits for a job that somebody else started, if there is one; the signal ends the waiting alone. */
  async wait(kind: JobKind, resourceId: string, options: LongCall = {}): Promise<void> {
    const [entry] = this.#of(resourceId, kind);
    if (entry) await this.#follow(entry, `Waiting for the ${kind}`, entry.done, options, () => undefined);
  }

  /** Cancels the jobs of a resource, of one kind or all, and waits until they are over. */
  async cancel(resourceId: string, kind?: JobKind): Promise<void> {
    await Promise.all(this.#of(resourceId, kind).map((entry) => this.#cancel(entry)));
  }

  /** A job under way. */
  find(kind: JobKind, resourceId: string): Job | null {
    return this.#of(resourceId, kind)[0]?.job ?? null;
  }

  /** Takes a worker's report on one step. */
  step(jobId: string, step: ProgressStep): void {
    const entry = this.#running.get(jobId);
    if (!entry) return;
    const { steps } = entry.job;
    const isKnown = steps.some(({ code }) => code === step.code);
    this.#change(entry, {
      steps: isKnown ? steps.map((known) => (known.code === step.code ? step : known)) : [...steps, step],
    });
  }

  message(jobId: string, message: TrainingMessage): void {
    const entry = this.#running.get(jobId);
    if (!entry) return;
    this.#change(entry, { messages: [...entry.job.messages, message] });
    entry.onMessage?.(message);
  }

  /** Keeps a sentence of a job under way with it. */
  notice(jobId: string, sentence: string): void {
    const entry = this.#running.get(jobId);
    if (entry) this.#change(entry, { notices: [...entry.job.notices, sentence] });
  }

  /** Says of a job under way that it is to end early and keep what it has. */
  stopping(jobId: string): void {
    const entry = this.#running.get(jobId);
    if (entry) this.#change(entry, { isStopping: true });
  }

  #of(resourceId: string, kind?: JobKind): Entry[] {
    return [...this.#running.values()].filter(
      ({ job }) => job.resource.id === resourceId && (kind === undefined || job.kind === kind),
    );
  }

  async #run<T>(entry: Entry, work: (job: RunningJob) => Promise<T>): Promise<T> {
    const { id } = entry.job;
    const end = (status: 'DONE' | 'FAILED' | 'CANCELED', fields: Partial<Job> = {}) => {
      const steps = entry.job.steps.map((step) =>
        step.status === 'IN_PROGRESS' ? { ...step, status, remaining: null } : step,
      );
      this.#running.delete(id);
      this.#forgetOldest();
      this.#change(entry, { ...fields, steps, status, waitsFor: null, endedAt: Date.now() });
    };
    try {
      const working = work({
        id,
        ask: (open, step, call) => this.#ask(entry, open, step, call),
        isCanceled: () => entry.cancel.signal.aborted,
        inTurn: (inner) => this.#inTurn(entry, inner),
        note: (error) => this.#change(entry, { error: errorText(error) }),
      });
      if (entry.job.status === 'NEW') this.#begin(entry);
      const result = await working;
      end('DONE');
      return result;
    } catch (error) {
      if (isCanceled(error)) end('CANCELED');
      else end('FAILED', { error: errorText(error) });
      throw error;
    }
  }

  async #ask<W extends Cancelable, T>(
    entry: Entry,
    open: () => Promise<W>,
    [code, unit]: readonly [StepCode, StepUnit],
    call: (worker: W) => Promise<T>,
  ): Promise<T> {
    const step = { code, phase: 'START_WORKER', status: 'IN_PROGRESS', unit, value: 0, max: null } as const;
    this.step(entry.job.id, { ...step, elapsed: 0, remaining: null });
    const { signal } = entry.cancel;
    const worker = await unlessAborted(entry.what, signal, open);
    if (signal.aborted) throw canceledError(entry.what);
    entry.worker = worker;
    try {
      return await call(worker);
    } finally {
      entry.worker = null;
    }
  }

  async #inTurn<T>(entry: Entry, work: () => Promise<T>): Promise<T> {
    const hasTurn = new Promise<void>((resolve) => {
      entry.go = resolve;
    });
    this.#queue.push(entry);
    this.#moveUp();
    try {
      const { signal } = entry.cancel;
      await unlessAborted(entry.what, signal, () => hasTurn);
      const turn = {
        signal,
        onWait: () => this.#change(entry, { status: 'QUEUED', waitsFor: 'a job of another tab' }),
        onTurn: () => this.#change(entry, { status: 'IN_PROGRESS', waitsFor: null }),
      };
      return await inTurnOfPages(globalThis.navigator?.locks, turn, work).catch((error: unknown) => {
        // The browser's own error of a request that was given up.
        throw signal.aborted && !(error instanceof UserError) ? canceledError(entry.what) : error;
      });
    } finally {
      this.#queue.splice(this.#queue.indexOf(entry), 1);
      this.#moveUp();
    }
  }

  /** Lets the first of the queue go, and tells the others what they wait for. */
  #moveUp(): void {
    const [first, ...others] = this.#queue;
    if (!first) return;
    this.#begin(first);
    first.go();
    for (const entry of others) this.#change(entry, { status: 'QUEUED', waitsFor: jobName(first.job) });
  }

  #forgetOldest(): void {
    if (this.#known.size - this.#running.size <= MAX_ENDED) return;
    for (const id of this.#known.keys()) {
      if (this.#running.has(id)) continue;
      this.#known.delete(id);
      return;
    }
  }

  #begin(entry: Entry): void {
    const startedAt = entry.job.startedAt ?? Date.now();
    this.#change(entry, { status: 'IN_PROGRESS', waitsFor: null, startedAt });
  }

  async #cancel(entry: Entry): Promise<void> {
    entry.cancel.abort();
    await entry.worker?.cancel(entry.job.id);
    await entry.done.catch(() => undefined);
  }

  async #follow<T>(
    entry: Entry,
    what: string,
    done: Promise<T>,
    { signal, onProgress }: LongCall,
    onAbort: () => void,
  ): Promise<T> {
    if (onProgress) entry.listeners.add(onProgress);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await unlessAborted(what, signal, () => done);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      if (onProgress) entry.listeners.delete(onProgress);
    }
  }

  #change(entry: Entry, fields: Partial<Job>): void {
    const before = entry.job;
    entry.job = { ...before, ...fields };
    this.#known.set(entry.job.id, entry.job);
    const { status, waitsFor, isStopping } = entry.job;
    const isNews =
      status !== before.status || waitsFor !== before.waitsFor || isStopping !== before.isStopping;
    if (isNews) this.#flush(entry);
    else entry.timer ??= setTimeout(() => this.#flush(entry), PROGRESS_INTERVAL_MS);
  }

  #flush(entry: Entry): void {
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = null;
    for (const listener of entry.listeners) listener(entry.job);
    this.#onChange(entry.job);
  }
}
