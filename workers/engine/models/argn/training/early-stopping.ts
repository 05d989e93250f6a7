/** What follows from a validation. */
export type Verdict = 'improved' | 'wait' | 'halve' | 'stop';

/** Follows the validation loss: keeps the best, asks for a lower learning rate, ends the learning. */
export class EarlyStopping {
  best = Number.POSITIVE_INFINITY;
  #misses = 0;
  readonly #patience: number;
  readonly #plateau: number;

  /**
   * @param patience non-improving validations in a row after which to stop
   * @param plateau non-improving validations in a row after which to halve the learning rate
   */
  constructor(patience: number, plateau: number) {
    this.#patience = patience;
    this.#plateau = plateau;
  }

  /** @param score validation loss; NaN is no improvement */
  observe(score: number): Verdict {
    if (score < this.best) {
      this.best = score;
      this.#misses = 0;
      return 'improved';
    }
    this.#misses++;
    if (this.#misses >= this.#patience) return 'stop';
    return this.#misses % this.#plateau === 0 ? 'halve' : 'wait';
  }

  /** Validations that may still fail before the learning ends. */
  get remainingPatience(): number {
    return this.#patience - this.#misses;
  }
}
