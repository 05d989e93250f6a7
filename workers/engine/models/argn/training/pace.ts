/** Seconds one call of the backend should take: cancel and progress answer between calls. */
const CALL_SECONDS = 0.08;
const MAX_STEPS = 32;
/** Calls that the estimate of the step time looks back on. */
const WINDOW = 31;

/** Measures the training's time and decides how many steps fit one call. */
export class Pace {
  readonly #started = performance.now();
  readonly #recent: number[] = [];
  #next = 0;
  readonly #before: number;

  /** @param before seconds of earlier runs of the training */
  constructor(before = 0) {
    this.#before = before;
  }

  /** Seconds since the training started. */
  elapsed(): number {
    return this.#before + (performance.now() - this.#started) / 1000;
  }

  /** Takes note of one call. */
  record(steps: number, seconds: number): void {
    this.#recent[this.#next++ % WINDOW] = seconds / steps;
  }

  /** Median over the last calls, NaN before the first. */
  secondsPerStep(): number {
    if (this.#recent.length === 0) return Number.NaN;
    const sorted = [...this.#recent].sort((a, b) => a - b);
    return sorted[sorted.length >> 1]!;
  }

  stepsPerCall(): number {
    const seconds = this.secondsPerStep();
    if (Number.isNaN(seconds)) return 1;
    return Math.max(1, Math.min(MAX_STEPS, Math.floor(CALL_SECONDS / Math.max(seconds, 1e-6))));
  }
}
