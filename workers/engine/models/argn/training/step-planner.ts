import { hashText, RandomStream } from '../../../../../src/domain/random';
import { NO_ROW, type StepPlan } from '../network/network-backend';
import { type OrderOptions, OrderPlanner } from './order-planner';

export interface PlannerOptions extends OrderOptions {
  /** Row numbers of the code table to train on. */
  readonly rows: Uint32Array;
  readonly batchSize: number;
}

type Batches = Pick<StepPlan, 'steps' | 'batchSize' | 'rows' | 'orders' | 'orderOf'>;

/**
 * Decides rows and column orders of a step from its number alone, so that the training does not depend on how steps are
 * cut into calls. An epoch is a random order of all rows, cut into whole batches; rows left over wait for the next
 * epoch. The next call reuses the buffers.
 */
export class StepPlanner {
  readonly stepsPerEpoch: number;
  readonly #options: PlannerOptions;
  readonly #orders: OrderPlanner;
  #epoch = -1;
  #order: Uint32Array = new Uint32Array(0);
  #rows = new Uint32Array(0);

  constructor(options: PlannerOptions) {
    this.#options = options;
    this.#orders = new OrderPlanner(options);
    this.stepsPerEpoch = Math.max(1, Math.floor(options.rows.length / options.batchSize));
  }

  /** Rows and orders of steps `firstStep` … `firstStep + steps − 1`, counted from the start of the training. */
  batches(firstStep: number, steps: number): Batches {
    const { batchSize } = this.#options;
    if (this.#rows.length < steps * batchSize) this.#rows = new Uint32Array(steps * batchSize);
    for (let s = 0; s < steps; s++) this.#fillRows(firstStep + s, s * batchSize);
    return {
      steps,
      batchSize,
      rows: this.#rows.subarray(0, steps * batchSize),
      ...this.#orders.plan(firstStep, steps, batchSize),
    };
  }

  #fillRows(step: number, at: number): void {
    const { rows, batchSize, seed } = this.#options;
    const epoch = Math.floor(step / this.stepsPerEpoch);
    if (epoch !== this.#epoch) {
      this.#order = new RandomStream(seed, hashText(`rows of epoch ${epoch}`)).permutation(rows.length);
      this.#epoch = epoch;
    }
    const from = (step - epoch * this.stepsPerEpoch) * batchSize;
    for (let b = 0; b < batchSize; b++) {
      this.#rows[at + b] = from + b < rows.length ? rows[this.#order[from + b]!]! : NO_ROW;
    }
  }
}
