import { canceledError, errorText, isCanceled, isPaused, pausedError } from '../domain/errors';
import type { Job, ProgressStep, StepCode, StepUnit, TrainingMessage } from '../domain/job';
import { askedAfter, newJob, onHold, takenUp, withMessage } from '../domain/job-changes';
import { unlessAborted } from '../threads/run-job';
import type { LongCall } from './api';
import type { Queued } from './job-queue';

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

/** Who is told of a job under way. */
interface RunEvents {
  /** @param isNews more than its progress has changed */
  onChange(job: Job, isNews: boolean): void;
  /** The same at most ten times a second, and of a new status at once. */
  onTell(job: Job): void;
  /** Its end, before that is told. */
  onEnd(): void;
}

/** One job under way: its present state, the worker that is busy with it, and who listens. */
export class JobRun implements Queued {
  readonly what: string;
  go: () => void = () => {};
  #job: Job;
  readonly #events: RunEvents;
  readonly #canceling = new AbortController();
  readonly #listeners: Set<(job: Job) => void>;
  readonly #onMessage: JobOptions['onMessage'];
  #worker: Cancelable | null = null;
  /** The same worker, if it can pause. */
  #pausable: Pausable | null = null;
  /** It goes on, in this page or in another worker, and has told nothing since. */
  #isTakenUp = false;
  #done: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(plan: JobPlan, { resumes, onMessage, onProgress }: JobOptions, events: RunEvents) {
    this.#job = resumes ? takenUp(resumes, plan.resource) : newJob(plan);
    this.what = plan.what;
    this.#events = events;
    this.#listeners = new Set([plan.onChange, onProgress].filter((listener) => listener !== undefined));
    this.#onMessage = onMessage;
  }

  get job(): Job {
    return this.#job;
  }

  get signal(): AbortSignal {
    return this.#canceling.signal;
  }

  /** When it is over, with what it made. */
  get done(): Promise<unknown> {
    return this.#done;
  }

  /** @param inTurn waits for the accelerator. @throws what the work throws; UserError `paused` if it was put on hold */
  run<T>(work: (job: RunningJob) => Promise<T>, inTurn: RunningJob['inTurn']): Promise<T> {
    const done = this.#work(work, inTurn);
    done.catch(() => undefined);
    this.#done = done;
    return done;
  }

  change(fields: Partial<Job>): void {
    const before = this.#job;
    this.#job = { ...before, ...fields };
    const { status, waitsFor, isStopping, isPausing, notices, asked } = this.#job;
    const isNews =
      status !== before.status ||
      waitsFor !== before.waitsFor ||
      isStopping !== before.isStopping ||
      isPausing !== before.isPausing;
    this.#events.onChange(this.#job, isNews || notices !== before.notices || asked !== before.asked);
    if (isNews) this.#tell();
    else this.#timer ??= setTimeout(() => this.#tell(), PROGRESS_INTERVAL_MS);
  }

  begin(): void {
    this.change({ status: 'IN_PROGRESS', waitsFor: null, startedAt: this.#job.startedAt ?? Date.now() });
  }

  step(step: ProgressStep): void {
    const { steps } = this.#job;
    const isKnown = steps.some(({ code }) => code === step.code);
    this.change({
      steps: isKnown ? steps.map((known) => (known.code === step.code ? step : known)) : [...steps, step],
    });
  }

  message(message: TrainingMessage): void {
    const messages = withMessage(this.#job.messages, message, this.#isTakenUp);
    this.#isTakenUp = false;
    this.change({ messages });
    this.#onMessage?.(message);
  }

  notice(sentence: string): void {
    this.change({ notices: [...this.#job.notices, sentence] });
  }

  /** Ends it, and waits until it is over. */
  async cancel(): Promise<void> {
    if (this.#job.isPausing) this.change({ isPausing: false });
    await this.#abort();
  }

  /** Puts it on hold, and waits until it is. It may end meanwhile. */
  async pause(): Promise<void> {
    this.change({ isPausing: true });
    if (this.#pausable) await Promise.race([this.#pausable.pause(this.#job.id), settled(this.#done)]);
    else await this.#abort();
    await settled(this.#done);
  }

  /** Waits for it. @param what subject of the sentence that an aborted waiting ends with */
  async follow<T>(
    what: string,
    done: Promise<T>,
    { signal, onProgress }: LongCall,
    onAbort: () => void,
  ): Promise<T> {
    if (onProgress) this.#listeners.add(onProgress);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await unlessAborted(what, signal, () => done);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      if (onProgress) this.#listeners.delete(onProgress);
    }
  }

  async #work<T>(work: (job: RunningJob) => Promise<T>, inTurn: RunningJob['inTurn']): Promise<T> {
    try {
      const working = work({
        id: this.#job.id,
        ask: (open, step, call) => this.#ask(open, step, call),
        askPausable: (open, step, call) => this.#ask(open, step, call, true),
        inTurn,
        isCanceled: () => this.signal.aborted,
        isPausing: () => this.#job.isPausing ?? false,
        notice: (sentence) => this.notice(sentence),
        note: (error) => this.change({ error: errorText(error) }),
        remember: (asked) => this.change({ asked }),
      });
      if (this.#job.status === 'NEW') this.begin();
      const result = await working;
      this.#end('DONE');
      return result;
    } catch (error) {
      if (isPaused(error) || (this.#job.isPausing && isCanceled(error))) {
        this.#end('ON_HOLD');
        throw pausedError(this.what);
      }
      if (isCanceled(error)) this.#end('CANCELED');
      else this.#end('FAILED', { error: errorText(error) });
      throw error;
    }
  }

  #end(status: 'DONE' | 'FAILED' | 'CANCELED' | 'ON_HOLD', fields: Partial<Job> = {}): void {
    const steps = this.#job.steps.map((step) =>
      step.status === 'IN_PROGRESS' ? { ...step, status, remaining: null } : step,
    );
    this.#events.onEnd();
    const asked = askedAfter(this.#job, status);
    const over = { ...fields, asked, steps, status, waitsFor: null, endedAt: Date.now() };
    this.change(status === 'ON_HOLD' ? onHold({ ...this.#job, ...over }) : over);
  }

  async #ask<W extends Cancelable, T>(
    open: () => Promise<W>,
    [code, unit]: readonly [StepCode, StepUnit],
    call: (worker: W) => Promise<T>,
    isPausable = false,
  ): Promise<T> {
    const step = { code, phase: 'START_WORKER', status: 'IN_PROGRESS', unit, value: 0, max: null } as const;
    this.step({ ...step, elapsed: 0, remaining: null });
    const worker = await unlessAborted(this.what, this.signal, open);
    if (this.signal.aborted) throw canceledError(this.what);
    this.#worker = worker;
    // Asked of nothing else: any name is a call that a proxy passes on.
    this.#pausable = isPausable ? (worker as Cancelable as Pausable) : null;
    if (isPausable) this.#isTakenUp = true;
    try {
      return await call(worker);
    } finally {
      this.#worker = null;
      this.#pausable = null;
    }
  }

  async #abort(): Promise<void> {
    this.#canceling.abort();
    // A worker that is gone never answers.
    await Promise.race([this.#worker?.cancel(this.#job.id), settled(this.#done)]);
    await settled(this.#done);
  }

  #tell(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const listener of this.#listeners) listener(this.#job);
    this.#events.onTell(this.#job);
  }
}

/** When something is over, whatever became of it. */
function settled(done: Promise<unknown>): Promise<void> {
  return done.then(
    () => undefined,
    () => undefined,
  );
}
