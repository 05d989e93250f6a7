import type { CopiedShare } from '../../../privacy/copied-share';
import type { Backend, TrainingState } from '../network/network-backend';
import type { WeightHolder } from './journal';

/** Averaged weights of one moment of a training, with their losses. */
export interface Snapshot {
  /** Not changed in place. */
  weights: Float32Array;
  readonly epoch: number;
  /** Nats per row. */
  readonly trainingLoss: number;
  readonly validationLoss: number;
  /** The privacy guard's finding, once it checked. */
  found: CopiedShare | null;
}

/** The weights of one target in the array of all. */
export interface Block {
  readonly start: number;
  readonly size: number;
}

/** Numbers that all earlier models may hold: 64 MiB. */
const MAX_WEIGHTS = 2 ** 24;

/** The best model of a training so far, and some earlier ones to fall back to. */
export class KeptModels implements WeightHolder {
  #best: Snapshot;
  #validation = 0;
  readonly #earlier: Snapshot[] = [];
  readonly #backend: Backend;

  constructor(backend: Backend, initial: Float32Array) {
    this.#backend = backend;
    const unknown = Number.NaN;
    this.#best = { weights: initial, epoch: 0, trainingLoss: unknown, validationLoss: unknown, found: null };
  }

  get best(): Snapshot {
    return this.#best;
  }

  /** The best and those before it, latest first. */
  get all(): readonly Snapshot[] {
    return [this.#best, ...this.#earlier.toReversed()];
  }

  weights(): readonly Float32Array[] {
    return this.all.map(({ weights }) => weights);
  }

  takeWeights(weights: readonly Float32Array[]): void {
    for (const [k, snapshot] of this.all.entries()) snapshot.weights = weights[k]!;
  }

  /**
   * Takes the backend's averaged weights as the best. Of those before, the last of 1, 2–3, 4–7, … validations stay.
   * @param blocks the parts taken, others stay as they are; absent = all
   * @param validation number of the validation
   */
  async take(
    scores: Pick<Snapshot, 'epoch' | 'trainingLoss' | 'validationLoss'>,
    validation: number,
    blocks?: readonly Block[],
  ): Promise<void> {
    if (this.#validation > 0 && octave(validation) > octave(this.#validation)) this.#earlier.push(this.#best);
    const max = Math.floor(MAX_WEIGHTS / Math.max(1, this.#best.weights.length));
    while (this.#earlier.length > Math.max(1, max)) this.#earlier.shift();
    const { average } = await this.#backend.getState();
    let weights = average;
    // Earlier snapshots share the array with the best only where they were the best: it is copied, not changed.
    if (blocks) {
      weights = this.#best.weights.slice();
      for (const { start, size } of blocks) weights.set(average.subarray(start, start + size), start);
    }
    this.#best = { ...scores, weights, found: null };
    this.#validation = validation;
  }

  /** Gives weights back to the backend, with a fresh optimiser. */
  async restore({ weights }: Snapshot = this.#best): Promise<void> {
    await this.#backend.setState(freshState(weights));
  }
}

/** Weights with a fresh optimiser. */
export function freshState(weights: Float32Array): TrainingState {
  const zeros = new Float32Array(weights.length);
  return { parameters: weights, average: weights, firstMoment: zeros, secondMoment: zeros };
}

function octave(validation: number): number {
  return Math.floor(Math.log2(validation));
}
