import { pause } from '../../src/threads/pause';
import type { JobContext } from '../../src/threads/run-job';

/** What a long computation may be given: the job that it is part of and a way to hear of its progress. */
export interface Hooks {
  readonly job?: Pick<JobContext, 'yield' | 'checkpoint'>;
  /** Units done so far and in total; called a few times a second. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const SLICE_MILLISECONDS = 60;

/**
 * Keeps a worker answering while it computes, and counts what it has done: call `advance` in the loop, and
 * `await rest()` when it says that a slice of time is over. `rest` lets the event loop run, reports progress, and
 * rejects with `canceled` once the job was cancelled.
 */
export class Pacer {
  readonly #hooks: Hooks;
  #until = performance.now() + SLICE_MILLISECONDS;
  #done = 0;
  #total = 0;

  constructor(hooks: Hooks = {}) {
    this.#hooks = hooks;
  }

  /** Announces units to come. */
  expect(units: number): void {
    this.#total += units;
  }

  /** Counts units as done; true if it is time to rest. */
  advance(units = 1): boolean {
    this.#done += units;
    return performance.now() >= this.#until;
  }

  async rest(): Promise<void> {
    this.#hooks.onProgress?.(this.#done, this.#total);
    await (this.#hooks.job?.yield() ?? pause());
    this.#until = performance.now() + SLICE_MILLISECONDS;
  }

  /** Throws `canceled` if the job was cancelled. */
  check(): void {
    this.#hooks.job?.checkpoint();
  }
}
