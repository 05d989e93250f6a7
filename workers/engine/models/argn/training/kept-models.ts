import type { DistanceShare } from '../../../privacy/distance-share';
import type { Backend } from '../network/network-backend';

/** Averaged weights of some moment of a training, and what they score. */
export interface Snapshot {
  readonly weights: Float32Array;
  readonly epoch: number;
  /** Nats per row. */
  readonly trainingLoss: number;
  readonly validationLoss: number;
  /** What the privacy guard found, once it looked. */
  share: DistanceShare | null;
}

/** Numbers that earlier models may hold in all: 64 MiB. */
const MOST_WEIGHTS = 2 ** 24;

/** The model that a training would end with now, and some earlier ones to fall back to. */
export class KeptModels {
  #best: Snapshot;
  #validation = 0;
  readonly #earlier: Snapshot[] = [];
  readonly #backend: Backend;

  constructor(backend: Backend, initial: Float32Array) {
    this.#backend = backend;
    const unknown = Number.NaN;
    this.#best = { weights: initial, epoch: 0, trainingLoss: unknown, validationLoss: unknown, share: null };
  }

  get best(): Snapshot {
    return this.#best;
  }

  /** The best and those before it, latest first. */
  get all(): readonly Snapshot[] {
    return [this.#best, ...this.#earlier.toReversed()];
  }

  /**
   * Takes the backend's averaged weights as the best. Of those before, the last of 1, 2–3, 4–7, … validations stay.
   * @param validation number of the validation; Infinity = the best until now stays in any case
   */
  async take(
    scores: Pick<Snapshot, 'epoch' | 'trainingLoss' | 'validationLoss'>,
    validation: number,
  ): Promise<void> {
    if (this.#validation > 0 && octave(validation) > octave(this.#validation)) this.#earlier.push(this.#best);
    const most = Math.floor(MOST_WEIGHTS / Math.max(1, this.#best.weights.length));
    while (this.#earlier.length > Math.max(1, most)) this.#earlier.shift();
    const { average } = await this.#backend.getState();
    this.#best = { ...scores, weights: average.slice(), share: null };
    this.#validation = validation;
  }

  /** Gives weights back to the backend, with a fresh optimiser. */
  async restore(snapshot: Snapshot = this.#best): Promise<void> {
    const { weights } = snapshot;
    const zeros = new Float32Array(weights.length);
    await this.#backend.setState({
      parameters: weights,
      average: weights,
      firstMoment: zeros,
      secondMoment: zeros,
    });
  }
}

function octave(validation: number): number {
  return Math.floor(Math.log2(validation));
}
