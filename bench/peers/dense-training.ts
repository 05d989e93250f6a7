import { type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import {
  HYPER,
  type ModelSpec,
  openBackend,
  randomCodes,
  randomPlan,
  randomState,
  type StepPlan,
} from '../engine';
import { denseMask, denseModel, denseWeights, oneHotRows } from './dense-model';
import { DenseNetwork } from './dense-network';

/** Column orders that steps go through by turns; their masks stay with the backend. */
const ORDERS = 8;
const LEARNING_RATE = 0.002;
const CHECKED_ROWS = 64;

/** A dense network over a random table, on the backend of tfjs that is set, from weights of ours. */
export class DenseTraining {
  readonly #spec: ModelSpec;
  readonly #tableRows: number;
  readonly #network: DenseNetwork;
  readonly #masks: readonly Tensor2D[];
  #done = 0;

  /** @param tableRows the table is resident as one-hot rows of floats: few enough for that */
  constructor(spec: ModelSpec, tableRows: number) {
    this.#spec = spec;
    this.#tableRows = tableRows;
    const model = denseModel(spec);
    this.#network = new DenseNetwork(
      model,
      denseWeights(spec, randomState(spec, 1).parameters),
      oneHotRows(spec, randomCodes(spec, tableRows, 1), tableRows),
    );
    const { orders } = this.#plan(1, 4);
    this.#masks = Array.from({ length: ORDERS }, (_, order) =>
      tensor2d(denseMask(spec, orders, order), [model.codes, model.units]),
    );
  }

  /** Trains and waits for the last loss. */
  async run(steps: number, batchSize: number): Promise<void> {
    const { rows } = this.#plan(steps, batchSize);
    for (let step = 0; step < steps; step++) {
      const batch = rows.subarray(step * batchSize, (step + 1) * batchSize);
      const mask = this.#masks[this.#done++ % ORDERS]!;
      const losses = this.#network.step(Int32Array.from(batch), mask, LEARNING_RATE);
      if (step === steps - 1) await losses.data();
      losses.dispose();
    }
  }

  /** Largest gap between its losses per sub-column and those of `reference` from the same weights; trains a step. */
  async lossGap(): Promise<number> {
    if (this.#done > 0) throw new Error('Its weights are no longer those it started from.');
    const plan = this.#plan(1, CHECKED_ROWS);
    plan.orderOf.fill(0);
    const reference = await openBackend('reference');
    await reference.init(this.#spec, randomCodes(this.#spec, this.#tableRows, 1), this.#tableRows, HYPER);
    await reference.setState(randomState(this.#spec, 1));
    const wanted = await reference.train(plan);
    this.#done++;
    const losses = this.#network.step(Int32Array.from(plan.rows), this.#masks[0]!, LEARNING_RATE);
    const measured = await losses.data<'float32'>();
    losses.dispose();
    return Math.max(...measured.map((loss, j) => Math.abs(loss - wanted[j]!)));
  }

  dispose(): void {
    this.#network.dispose();
    for (const mask of this.#masks) mask.dispose();
  }

  #plan(steps: number, batchSize: number): StepPlan {
    const fixed = { tableRows: this.#tableRows, seed: 1, orders: ORDERS };
    return randomPlan(this.#spec, { ...fixed, steps, batchSize });
  }
}
