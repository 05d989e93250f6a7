import { canceledError } from '../domain/errors';
import type { Job, JobKind, ProgressStep, TrainingMessage } from '../domain/job';
import type { LongCall } from './api';
import { JobList } from './job-list';
import { holdJob } from './job-lock';
import { JobQueue } from './job-queue';
import { type JobOptions, type JobPlan, JobRun, type RunningJob } from './job-run';

/**
 * All jobs of this page: runs them, passes on what workers report, and lets one after the other use the accelerator,
 * first come first served. Remembers the last that have ended.
 */
export class JobRegistry {
  readonly #running = new Map<string, JobRun>();
  readonly known: JobList;
  readonly #onChange: (job: Job) => void;
  readonly #queue = new JobQueue<JobRun>({
    onChange: (run, fields) => run.change(fields),
    onFirst: (run) => run.begin(),
  });

  /** @param onChange told of every job, at most ten times a second and of each new status at once */
  constructor(onChange: (job: Job) => void = () => undefined, known = new JobList()) {
    this.#onChange = onChange;
    this.known = known;
  }

  /**
   * Runs a job to its end. The caller's signal cancels it and rejects at once, so that a person never waits for a busy
   * worker to notice.
   */
  async start<T>(plan: JobPlan, work: (job: RunningJob) => Promise<T>, options: JobOptions = {}): Promise<T> {
    const { what } = plan;
    if (options.signal?.aborted) throw canceledError(what);
    const run: JobRun = new JobRun(plan, options, {
      onChange: (job, isNews) => {
        this.known.put(job, isNews);
        if (!this.#running.has(job.id)) this.known.forgetOldest();
      },
      onTell: this.#onChange,
      onEnd: () => this.#running.delete(run.job.id),
    });
    this.#running.set(run.job.id, run);
    const done = run.run(work, (inner) => this.#queue.inTurn(run, inner));
    if (!options.resumes) holdJob(globalThis.navigator?.locks, run.job.id, done);
    return run.follow(what, done, options, () => {
      run.cancel().catch(() => undefined);
    });
  }

  /** Waits for a job that somebody else started, if there is one; the signal ends the waiting alone. */
  async wait(kind: JobKind, resourceId: string, options: LongCall = {}): Promise<void> {
    const [run] = this.#of(resourceId, kind);
    if (run) await run.follow(`Waiting for the ${kind}`, run.done, options, () => undefined);
  }

  /** Cancels the jobs of a resource, of one kind or all, and waits until they are over. */
  async cancel(resourceId: string, kind?: JobKind): Promise<void> {
    await Promise.all(this.#of(resourceId, kind).map((run) => run.cancel()));
  }

  /** Cancels one job that runs here and waits until it is over. @returns whether it does */
  async cancelOne(id: string): Promise<boolean> {
    const run = this.#running.get(id);
    await run?.cancel();
    return run !== undefined;
  }

  /**
   * Puts a job that runs or waits here on hold, and waits until it is. It may end meanwhile.
   * @returns whether it runs here
   */
  async pause(id: string): Promise<boolean> {
    const run = this.#running.get(id);
    await run?.pause();
    return run !== undefined;
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

  /** A job under way. */
  find(kind: JobKind, resourceId: string): Job | null {
    return this.#of(resourceId, kind)[0]?.job ?? null;
  }

  /** Takes a worker's report on one step. */
  step(jobId: string, step: ProgressStep): void {
    this.#running.get(jobId)?.step(step);
  }

  message(jobId: string, message: TrainingMessage): void {
    this.#running.get(jobId)?.message(message);
  }

  /** Keeps a sentence of a job under way with it. */
  notice(jobId: string, sentence: string): void {
    this.#running.get(jobId)?.notice(sentence);
  }

  /** Says of a job under way that it is to end early and keep what it has. */
  stopping(jobId: string): void {
    this.#running.get(jobId)?.change({ isStopping: true });
  }

  #of(resourceId: string, kind?: JobKind): JobRun[] {
    return [...this.#running.values()].filter(
      ({ job }) => job.resource.id === resourceId && (kind === undefined || job.kind === kind),
    );
  }
}
