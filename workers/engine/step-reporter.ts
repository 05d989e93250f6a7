import type { ProgressStatus, ProgressStep, StepCode, StepPhase } from '../../src/domain/progress';

/** Least seconds between two reports of a step that goes on. */
const INTERVAL = 0.1;

/** The measure of one step of a job, reported as it grows. */
export class StepReporter {
  readonly #code: StepCode;
  readonly #unit: ProgressStep['unit'];
  readonly #post: (step: ProgressStep) => void;
  readonly #started = performance.now();
  #reported = Number.NEGATIVE_INFINITY;
  #phase: StepPhase | null = null;
  #phaseUnit: ProgressStep['unit'];
  /** Seconds at which the phase began. */
  #phaseBegan = 0;
  #value = 0;
  #max: number | null;
  #ended = false;

  constructor(
    code: StepCode,
    unit: ProgressStep['unit'],
    max: number | null,
    post: (step: ProgressStep) => void,
  ) {
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
   * Says at once what the step is busy with from now on; nothing happens if it is that already.
   * @param unit what `update` counts from here on, by default what the step began with; another unit counts from 0
   */
  enter(phase: StepPhase | null, unit: ProgressStep['unit'] = this.#unit): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#phaseBegan = this.#elapsed();
    if (unit !== this.#phaseUnit) {
      this.#phaseUnit = unit;
      this.#value = 0;
      this.#max = null;
    }
    this.#report('IN_PROGRESS', null);
    // The first count of a phase is not held back: a short one would never show what it counts.
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
