import { canceledError, errorText, isCanceled, isPaused, pausedError } from '../domain/errors';
import type { Job, JobKind, ProgressStep, StepCode, StepUnit, TrainingMessage } from '../domain/job';
import { askedAfter, newJob, onHold, takenUp, withMessage } from '../domain/job-changes';
import { unlessAborted } from '../threads/run-job';
import type { LongCall } from './api';
import { JobList } from './job-list';
import { holdJob } from './job-lock';
import { JobQueue, type Queued } from './job-queue';

const PROGRESS_INTERVAL_MS = 100;

export interface JobPlan extends Pick<Job, 'kind' | 'resource' | 'asked'> {
  /** Subject of the sentence that a cancelled job ends with: "The training". */
  readonly what: string;
  /** Told like everybody who listens: of a new status at once, of progress at most ten times a second. */
  readonly onChange?: (job: Job) => void;
}

export interface JobOptions extends LongCall {
  /** A job that goes on, or begins anew; whoever says so holds its lock (`takeUpJob`). Absent = it is a new one. */
  readonly resumes?: Job | null;
  readonly onMessage?: (message: TrainingMessage) => void;
}

interface Cancelable {
  cancel(jobId: string): Promise<void>;
}

interface Pausable extends Cancelable {
  pause(jobId: string): Promise<void>;
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
  /** The same of a worker that ends the call with `paused` when it can go on later. */
  askPausable<W extends Pausable, T>(
    open: () => Promise<W>,
    step: readonly [StepCode, StepUnit],
    call: (worker: W) => Promise<T>,
  ): Promise<T>;
  /** Waits, QUEUED, until no other job is at the accelerator; the next one follows when `work` is over. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  isCanceled(): boolean;
  isPausing(): boolean;
  /** Tells a person something of the job, which goes on. */
  notice(sentence: string): void;
  /** Keeps a sentence with a job that goes on without what failed. */
  note(error: unknown): void;
  /** Keeps what it needs to begin anew, with its record. */
  remember(asked: Job['asked']): void;
}

/** A job under way: its present state and who listens. */
interface Entry extends Queued {
  job: Job;
  readonly cancel: AbortController;
  readonly listeners: Set<(job: Job) => void>;
  readonly onMessage: JobOptions['onMessage'];
  worker: Cancelable | null;
  /** The same worker, if it can pause. */
  pausable: Pausable | null;
  /** It goes on, in this page or in another worker, and has told nothing since. */
  isTakenUp: boolean;
  done: Promise<unknown>;
  timer: ReturnType<typeof setTimeout> | null;
}

/**
 * All jobs of this page: runs them, collects what workers report, and lets one after the other use the accelerator,
 * first come first served. Remembers the last that have ended.
 */
export class JobRegistry {
  readonly #running = new Map<string, Entry>();
  readonly known: JobList;
  readonly #onChange: (job: Job) => void;
  readonly #queue = new JobQueue<Entry>({
    onChange: (entry, fields) => this.#change(entry, fields),
    onFirst: (entry) => this.#begin(entry),
  });

  /** @param onChange told of every job, at most ten times a second and of each new status at once */
  constructor(onChange: (job: Job) => void = () => undefined, known = new JobList()) {
    this.#onChange = onChange;
    this.known = known;
  }

  /** Cancels one job that runs here and waits until it is over. @returns whether it does */
  async cancelOne(id: string): Promise<boolean> {
    const entry = this.#running.get(id);
    if (entry) await this.#cancel(entry);
    return entry !== undefined;
  }

  /**
   * Puts a job that runs or waits here on hold, and waits until it is. It may end meanwhile.
   * @returns whether it runs here
   */
  async pause(id: string): Promise<boolean> {
    const entry = this.#running.get(id);
    if (!entry) return false;
    this.#change(entry, { isPausing: true });
    if (entry.pausable) await Promise.race([entry.pausable.pause(id), settled(entry.done)]);
    else await this.#abort(entry);
    await settled(entry.done);
    return true;
  }

  /** Says of a job that runs nowhere what has become of it. */
  replace(job: Job): void {
    this.known.put(job, true);
    this.#onChange(job);
  }

  /** Whether a job runs or waits here. */
  isHere(id: string): boolean {
    return this.#running.has(id);
  }

  /**
   * Runs a job to its end. The caller's signal cancels it and rejects at once, so that a person never waits for a busy
   * worker to notice.
   */
  async start<T>(plan: JobPlan, work: (job: RunningJob) => Promise<T>, options: JobOptions = {}): Promise<T> {
    if (options.signal?.aborted) throw canceledError(plan.what);
    const { what } = plan;
    const { resumes } = options;
    const entry: Entry = {
      job: resumes ? takenUp(resumes, plan.resource) : newJob(plan),
      what,
      cancel: new AbortController(),
      listeners: new Set([plan.onChange, options.onProgress].filter((listener) => listener !== undefined)),
      onMessage: options.onMessage,
      worker: null,
      pausable: null,
      isTakenUp: false,
      done: Promise.resolve(),
      timer: null,
      go: () => {},
    };
    this.#running.set(entry.job.id, entry);
    const done = this.#run(entry, work);
    done.catch(() => undefined);
    entry.done = done;
    if (!resumes) holdJob(globalThis.navigator?.locks, entry.job.id, done);
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
    const messages = withMessage(entry.job.messages, message, entry.isTakenUp);
    entry.isTakenUp = false;
    this.#change(entry, { messages });
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
    const end = (status: 'DONE' | 'FAILED' | 'CANCELED' | 'ON_HOLD', fields: Partial<Job> = {}) => {
      const steps = entry.job.steps.map((step) =>
        step.status === 'IN_PROGRESS' ? { ...step, status, remaining: null } : step,
      );
      this.#running.delete(id);
      const asked = askedAfter(entry.job, status);
      const over = { ...fields, asked, steps, status, waitsFor: null, endedAt: Date.now() };
      this.#change(entry, status === 'ON_HOLD' ? onHold({ ...entry.job, ...over }) : over);
      this.known.forgetOldest();
    };
    try {
      const working = work({
        id,
        ask: (open, step, call) => this.#ask(entry, open, step, call),
        askPausable: (open, step, call) => this.#ask(entry, open, step, call, true),
        isCanceled: () => entry.cancel.signal.aborted,
        isPausing: () => entry.job.isPausing ?? false,
        notice: (sentence) => this.notice(id, sentence),
        inTurn: (inner) => this.#queue.inTurn(entry, inner),
        note: (error) => this.#change(entry, { error: errorText(error) }),
        remember: (asked) => this.#change(entry, { asked }),
      });
      if (entry.job.status === 'NEW') this.#begin(entry);
      const result = await working;
      end('DONE');
      return result;
    } catch (error) {
      if (isPaused(error) || (entry.job.isPausing && isCanceled(error))) {
        end('ON_HOLD');
        throw pausedError(entry.what);
      }
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
    isPausable = false,
  ): Promise<T> {
    const step = { code, phase: 'START_WORKER', status: 'IN_PROGRESS', unit, value: 0, max: null } as const;
    this.step(entry.job.id, { ...step, elapsed: 0, remaining: null });
    const { signal } = entry.cancel;
    const worker = await unlessAborted(entry.what, signal, open);
    if (signal.aborted) throw canceledError(entry.what);
    entry.worker = worker;
    // Asked of nothing else: any name is a call that a proxy passes on.
    entry.pausable = isPausable ? (worker as Cancelable as Pausable) : null;
    if (isPausable) entry.isTakenUp = true;
    try {
      return await call(worker);
    } finally {
      entry.worker = null;
      entry.pausable = null;
    }
  }

  #begin(entry: Entry): void {
    const startedAt = entry.job.startedAt ?? Date.now();
    this.#change(entry, { status: 'IN_PROGRESS', waitsFor: null, startedAt });
  }

  async #cancel(entry: Entry): Promise<void> {
    if (entry.job.isPausing) this.#change(entry, { isPausing: false });
    await this.#abort(entry);
  }

  async #abort(entry: Entry): Promise<void> {
    entry.cancel.abort();
    // A worker that is gone never answers.
    await Promise.race([entry.worker?.cancel(entry.job.id), settled(entry.done)]);
    await settled(entry.done);
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
    const { status, waitsFor, isStopping, isPausing, notices, asked } = entry.job;
    const isNews =
      status !== before.status ||
      waitsFor !== before.waitsFor ||
      isStopping !== before.isStopping ||
      isPausing !== before.isPausing;
    this.known.put(entry.job, isNews || notices !== before.notices || asked !== before.asked);
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

/** When something is over, whatever became of it. */
function settled(done: Promise<unknown>): Promise<void> {
  return done.then(
    () => undefined,
    () => undefined,
  );
}
