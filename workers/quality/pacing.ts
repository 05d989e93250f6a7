import type { JobContext, JobStep } from '../../src/threads/run-job';

/** Short, since several parts of a report may take turns. */
const SLICE_MILLISECONDS = 25;

/**
 * Keeps a worker answering while it computes, and counts what it has done. Call `advance` in the loop, and
 * `await yield()` when it says that a slice of time is over.
 */
export class Pacer {
  readonly #job: Pick<JobContext, 'yield' | 'checkpoint'>;
  readonly #step: Pick<JobStep, 'update'>;
  #until = performance.now() + SLICE_MILLISECONDS;
  #done = 0;
  #total = 0;

  /** @param step hears of the units done and in total, a few times a second */
  constructor(job: Pick<JobContext, 'yield' | 'checkpoint'>, step: Pick<JobStep, 'update'>) {
    this.#job = job;
    this.#step = step;
  }

  /** Announces units to come. */
  expect(units: number): void {
    this.#total += units;
  }

  /** Counts units as done; true if it is time to yield. */
  advance(units = 1): boolean {
    this.#done += units;
    return performance.now() >= this.#until;
  }

  /** Reports progress and lets the thread answer messages. @throws UserError `canceled` once the job was cancelled */
  async yield(): Promise<void> {
    this.#step.update(this.#done, this.#total || null);
    await this.#job.yield();
    this.#until = performance.now() + SLICE_MILLISECONDS;
  }

  /** @throws UserError `canceled` once the job was cancelled */
  check(): void {
    this.#job.checkpoint();
  }
}
