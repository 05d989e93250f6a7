import { canceledError } from '../domain/errors';
import type { JobProgress, ProgressStep, StepCode } from '../domain/progress';
import type { LongCall } from './api';

const PROGRESS_INTERVAL_MS = 100;

/** One running job: its steps as the workers report them, and who listens. */
interface Job {
  readonly id: string;
  readonly steps: ProgressStep[];
  readonly listeners: Set<(progress: JobProgress) => void>;
  timer: ReturnType<typeof setTimeout> | null;
}

/** Gives jobs their ids, collects their progress and tells listeners at most ten times a second. */
export class JobBoard {
  readonly #jobs = new Map<string, Job>();
  #count = 0;

  /** A new job; `onProgress` listens from the start. */
  open(kind: string, onProgress?: (progress: JobProgress) => void): string {
    const id = `${kind}-${++this.#count}`;
    const listeners = new Set<(progress: JobProgress) => void>();
    if (onProgress) listeners.add(onProgress);
    this.#jobs.set(id, { id, steps: [], listeners, timer: null });
    return id;
  }

  /** Adds a listener to a running job; returns the way to stop. */
  listen(jobId: string, listener: (progress: JobProgress) => void): () => void {
    const job = this.#jobs.get(jobId);
    job?.listeners.add(listener);
    return () => job?.listeners.delete(listener);
  }

  /** Says that the worker of the job's next step is being started; its own reports follow. */
  awaitWorker(jobId: string, code: StepCode, unit: ProgressStep['unit']): void {
    this.report(jobId, {
      code,
      phase: 'START_WORKER',
      status: 'IN_PROGRESS',
      value: 0,
      max: null,
      unit,
      elapsed: 0,
      remaining: null,
    });
  }

  /** Takes a worker's report on one step. */
  report(jobId: string, step: ProgressStep): void {
    const job = this.#jobs.get(jobId);
    if (!job) return;
    const at = job.steps.findIndex((known) => known.code === step.code);
    if (at < 0) job.steps.push(step);
    else job.steps[at] = step;
    job.timer ??= setTimeout(() => this.#flush(job), PROGRESS_INTERVAL_MS);
  }

  /** Tells the last state and forgets the job. */
  close(jobId: string): void {
    const job = this.#jobs.get(jobId);
    if (!job) return;
    this.#flush(job);
    this.#jobs.delete(jobId);
  }

  #flush(job: Job): void {
    if (job.timer !== null) clearTimeout(job.timer);
    job.timer = null;
    const progress: JobProgress = { jobId: job.id, steps: [...job.steps] };
    for (const listener of job.listeners) listener(progress);
  }
}

/**
 * Runs `work`; when the caller's signal aborts, asks the worker to cancel and rejects at once, so that a person never
 * waits for a busy worker to notice.
 */
export async function abortable<T>(
  what: string,
  signal: LongCall['signal'],
  work: () => Promise<T>,
  cancel: () => Promise<unknown>,
): Promise<T> {
  if (signal?.aborted) throw canceledError(what);
  if (!signal) return work();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      cancel().catch(() => undefined);
      reject(canceledError(what));
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
