import { canceledError } from '../../src/domain/errors';

/** What a long computation may be given: a way to stop it and a way to hear of its progress. */
export interface Hooks {
  readonly signal?: AbortSignal | undefined;
  /** Units done so far and in total; called a few times a second at most. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const SLICE_MILLISECONDS = 60;

/**
 * Keeps a worker answering while it computes: ask `due()` in the loop and `await rest()` when it says so. `rest`
 * lets the event loop run, reports progress, and rejects with `canceled` once the signal was aborted.
 */
export class Pacer {
  readonly #hooks: Hooks;
  #until = performance.now() + SLICE_MILLISECONDS;

  constructor(hooks: Hooks = {}) {
    this.#hooks = hooks;
  }

  due(): boolean {
    return performance.now() >= this.#until;
  }

  async rest(done: number, total: number): Promise<void> {
    this.#hooks.onProgress?.(done, total);
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    this.check();
    this.#until = performance.now() + SLICE_MILLISECONDS;
  }

  /** Throws `canceled` if the signal was aborted. */
  check(): void {
    if (this.#hooks.signal?.aborted) throw canceledError('The report');
  }
}
