/** Share of all that the training has gained so far: less in as many validations as patience has is noise. */
const SMALL_GAIN = 0.004;

/**
 * The best validation loss of each target. Targets share no weights, so each can keep those of its own best moment: the
 * noise of many columns that only memorise then neither hides nor undoes what single ones still learn.
 */
export class TargetBests {
  readonly #patience: number;
  readonly #untrained: number | undefined;
  #best = new Float64Array(0);
  /** Sum of the best losses after each validation. */
  readonly #totals: number[] = [];

  /**
   * @param patience validations over which a gain is looked for
   * @param untrained loss before anything was learned, nats per row; absent = that of the first validation
   */
  constructor(patience: number, untrained?: number) {
    this.#patience = patience;
    this.#untrained = untrained;
  }

  /** Sum of the best losses, nats per row. */
  get total(): number {
    return this.#totals.at(-1) ?? Number.POSITIVE_INFINITY;
  }

  /**
   * @param losses per target; NaN is no improvement
   * @returns the targets whose loss is their best
   */
  observe(losses: ArrayLike<number>): number[] {
    if (this.#best.length === 0) this.#best = new Float64Array(losses.length).fill(Number.POSITIVE_INFINITY);
    const improved: number[] = [];
    for (let j = 0; j < losses.length; j++) {
      if (!(losses[j]! < this.#best[j]!)) continue;
      this.#best[j] = losses[j]!;
      improved.push(j);
    }
    this.#totals.push(this.#best.reduce((sum, loss) => sum + loss, 0));
    return improved;
  }

  /** Whether the targets together still gain, though the loss of all may not. */
  get gains(): boolean {
    const before = this.#totals.at(-1 - this.#patience);
    if (before === undefined) return true;
    return before - this.total > SMALL_GAIN * ((this.#untrained ?? this.#totals[0]!) - this.total);
  }
}
