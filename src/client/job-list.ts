import { UserError } from '../domain/errors';
import { isUnfinished, type Job } from '../domain/job';
import { FILES_OF } from '../domain/records';
import type { Keeper } from './keeper';
import { PackedMap } from './packed-map';

/** Jobs that are remembered after their end, the newest. */
const MAX_ENDED = 200;
/** A record of progress is written once in so many milliseconds; a new status at once. */
const KEEP_INTERVAL_MS = 1000;

/**
 * All jobs that are known, of this page, other pages and earlier sessions: the records of the workspace, and changes that
 * are on their way there.
 */
export class JobList {
  readonly #jobs = new PackedMap<Job>();
  readonly #keeper: Pick<Keeper, 'put' | 'remove'> | null;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Jobs that have a record. */
  readonly #kept = new Set<string>();

  /** @param keeper null: they are remembered by the page alone */
  constructor(keeper: Pick<Keeper, 'put' | 'remove'> | null = null) {
    this.#keeper = keeper;
  }

  /** In the order they were asked for. */
  list(): Job[] {
    return this.#jobs.values().sort((a, b) => a.createdAt - b.createdAt);
  }

  find(id: string): Job | null {
    return this.#jobs.get(id) ?? null;
  }

  /** @throws UserError `not-found` */
  get(id: string): Job {
    const job = this.#jobs.get(id);
    if (job) return job;
    throw new UserError('not-found', `There is no job “${id}”. The last ${MAX_ENDED} jobs are remembered.`);
  }

  /** The newest job of a kind for a resource; null = there is none. */
  latest(kind: Job['kind'], resourceId: string): Job | null {
    let latest: Job | null = null;
    for (const job of this.#jobs.values()) {
      if (job.kind !== kind || job.resource.id !== resourceId) continue;
      if (!latest || job.createdAt >= latest.createdAt) latest = job;
    }
    return latest;
  }

  /** Takes what the workspace holds. */
  accept(job: Job): void {
    this.#jobs.set(job.id, job);
    this.#kept.add(job.id);
  }

  /** Forgets what the workspace no longer holds. */
  drop(id: string): void {
    this.#jobs.delete(id);
    this.#kept.delete(id);
    this.#clearTimer(id);
  }

  /**
   * Adds or replaces.
   * @param isNews it is written at once: more than its progress has changed
   */
  put(job: Job, isNews: boolean): void {
    this.#jobs.set(job.id, job);
    if (isNews) this.#keep(job.id);
    else if (this.#keeper && !this.#timers.has(job.id))
      this.#timers.set(
        job.id,
        setTimeout(() => this.#keep(job.id), KEEP_INTERVAL_MS),
      );
  }

  /** Hands progress that is not written yet to the keeper. */
  flush(): void {
    for (const id of [...this.#timers.keys()]) this.#keep(id);
  }

  /** Forgets the oldest of those that have ended. */
  forgetOldest(): void {
    const ended = this.list().filter(({ status }) => status !== 'NEW' && !isUnfinished(status));
    for (const { id } of ended.slice(0, Math.max(0, ended.length - MAX_ENDED))) this.#remove(id);
  }

  /** Forgets the jobs of a resource that is deleted: their logs go with it. */
  forgetThoseOf(resourceId: string): void {
    for (const { id, resource } of this.list()) if (resource.id === resourceId) this.#remove(id);
  }

  #remove(id: string): void {
    if (this.#kept.has(id)) this.#keeper?.remove('job', id);
    this.drop(id);
  }

  #keep(id: string): void {
    this.#clearTimer(id);
    const job = this.#jobs.get(id);
    if (!job) return;
    this.#keeper?.put('job', id, job, FILES_OF.job(job), !this.#kept.has(id));
    this.#kept.add(id);
  }

  #clearTimer(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
}
