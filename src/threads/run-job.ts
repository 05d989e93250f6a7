import { canceledError, isCanceled, isPaused, pausedError, type UserError } from '../domain/errors';
import type { ProgressStatus, ProgressStep, StepCode, StepEvent, StepPhase, StepUnit } from '../domain/job';
import { pause } from './thread';

/** Seconds between two reports of a running step, at least. */
const INTERVAL = 0.1;

/** A job as its work sees it. */
export interface JobContext {
  /** Aborts when the job is to end early and keep what it has. */
  readonly stop: AbortSignal;
  /** Aborts when the job is to end as soon as it can go on later; the work then calls `paused`. */
  readonly pause: AbortSignal;
  /** The error that a paused job ends with, once what it goes on from is written. */
  paused(): UserError;
  /** Begins a step, which ends with the job at the latest. */
  step(code: StepCode, unit: StepUnit, max?: number | null): JobStep;
  /** Lets the thread answer messages. @throws UserError `canceled` if one of them cancelled the job */
  yield(): Promise<void>;
  /** As `yield` without the wait: for work that awaits other threads anyway. */
  checkpoint(): void;
  /** The outcome of `work`, or `canceled` as soon as the job is cancelled: for what cannot wait for `yield`. */
  race<T>(work: () => Promise<T>): Promise<T>;
}

/** How a job ends early. */
export interface JobSignals {
  readonly cancel: AbortSignal;
  readonly stop: AbortSignal;
  readonly pause: AbortSignal;
}

/** @param what as in `JobRunner.run` */
export function createJob(
  what: string,
  { cancel, stop, pause: paused }: JobSignals,
  step: JobContext['step'],
): JobContext {
  const checkpoint = () => {
    if (cancel.aborted) throw canceledError(what);
  };
  return {
    stop,
    pause: paused,
    paused: () => pausedError(what),
    step,
    checkpoint,
    yield: () => pause().then(checkpoint),
    race: (work) => unlessAborted(what, cancel, work),
  };
}

/**
 * The outcome of `work`, or `canceled` as soon as the signal aborts; the work itself goes on then.
 * @param what as in `JobRunner.run`
 */
export async function unlessAborted<T>(
  what: string,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (signal?.aborted) throw canceledError(what);
  if (!signal) return work();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(canceledError(what));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** The jobs of one worker. */
export class JobRunner {
  readonly #post: (event: StepEvent) => void;
  readonly #running = new Map<string, Readonly<Record<keyof JobSignals, AbortController>>>();

  constructor(post: (event: StepEvent) => void) {
    this.#post = post;
  }

  /** @param what subject of the sentence that a cancelled job ends with: "The training" */
  async run<T>(jobId: string, what: string, work: (job: JobContext) => Promise<T>): Promise<T> {
    const [cancel, stop, pause] = [new AbortController(), new AbortController(), new AbortController()];
    this.#running.set(jobId, { cancel, stop, pause });
    const steps: JobStep[] = [];
    const signals = { cancel: cancel.signal, stop: stop.signal, pause: pause.signal };
    const job = createJob(what, signals, (code, unit, max = null) => {
      const step = new JobStep(code, unit, max, (state) => this.#post({ type: 'step', jobId, step: state }));
      steps.push(step);
      return step;
    });
    let outcome: Parameters<JobStep['finish']>[0] = 'DONE';
    try {
      return await work(job);
    } catch (error) {
      outcome = isCanceled(error) || isPaused(error) ? 'CANCELED' : 'FAILED';
      throw error;
    } finally {
      for (const step of steps) step.finish(outcome);
      this.#running.delete(jobId);
    }
  }

  /** Ends a job as soon as it yields. One that is not running is no error. */
  cancel(jobId: string): void {
    this.#running.get(jobId)?.cancel.abort();
  }

  stop(jobId: string): void {
    this.#running.get(jobId)?.stop.abort();
  }

  pause(jobId: string): void {
    this.#running.get(jobId)?.pause.abort();
  }
}

/** The progress of one step of a job, reported ten times a second at most. */
export class JobStep {
  readonly #code: StepCode;
  readonly #unit: StepUnit;
  readonly #post: (step: ProgressStep) => void;
  readonly #started = performance.now();
  #reported = Number.NEGATIVE_INFINITY;
  #phase: StepPhase | null = null;
  #phaseUnit: StepUnit;
  /** Seconds at which the phase began. */
  #phaseBegan = 0;
  #value = 0;
  #max: number | null;
  #ended = false;

  constructor(code: StepCode, unit: StepUnit, max: number | null, post: (step: ProgressStep) => void) {
    this.#code = code;
    this.#unit = unit;
    this.#phaseUnit = unit;
    this.#max = max;
    this.#post = post;
    this.#report('IN_PROGRESS', null);
  }

  /** @param remaining seconds to the end; by default extrapolated */
  update(value: number, max: number | null = this.#max, remaining?: number | null): void {
    this.#value = value;
    this.#max = max;
    if (this.#elapsed() - this.#reported < INTERVAL) return;
    const elapsed = this.#elapsed() - this.#phaseBegan;
    const guess = max !== null && value > 0 ? (elapsed / value) * (max - value) : null;
    this.#report('IN_PROGRESS', remaining === undefined ? guess : remaining);
  }

  /**
   * Reports at once that a phase begins; nothing happens if the step is in it already.
   * @param unit what `update` counts from here on, by default what the step began with; a new unit counts from 0
   */
  enter(phase: StepPhase | null, unit: StepUnit = this.#unit): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#phaseBegan = this.#elapsed();
    if (unit !== this.#phaseUnit) {
      this.#phaseUnit = unit;
      this.#value = 0;
      this.#max = null;
    }
    this.#report('IN_PROGRESS', null);
    // The first count of a phase is reported at once: a short phase would never show what it counts.
    this.#reported = Number.NEGATIVE_INFINITY;
  }

  /** Ends the step, once. */
  finish(status: 'DONE' | 'FAILED' | 'CANCELED'): void {
    if (this.#ended) return;
    this.#ended = true;
    if (status === 'DONE') {
      if (this.#phaseUnit === 'epochs') this.#max = this.#value;
      else this.#value = this.#max ?? this.#value;
    }
    this.#report(status, status === 'DONE' ? 0 : null);
  }

  #elapsed(): number {
    return (performance.now() - this.#started) / 1000;
  }

  #report(status: ProgressStatus, remaining: number | null): void {
    const elapsed = this.#elapsed();
    this.#reported = elapsed;
    this.#post({
      code: this.#code,
      ...(this.#phase !== null && status === 'IN_PROGRESS' && { phase: this.#phase }),
      status,
      value: this.#value,
      max: this.#max,
      unit: this.#phaseUnit,
      elapsed,
      remaining,
    });
  }
}
