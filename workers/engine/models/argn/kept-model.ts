import type { Backend } from '../../compute/backend';

/** The weights that a training would end with now, and what they score. */
export class KeptModel {
  weights: Float32Array;
  epoch = 0;
  /** Nats per row. */
  trainingLoss = Number.NaN;
  validationLoss = Number.NaN;
  readonly #backend: Backend;

  constructor(backend: Backend, initial: Float32Array) {
    this.#backend = backend;
    this.weights = initial;
  }

  /** Takes the backend's averaged weights. */
  async take(epoch: number, trainingLoss: number, validationLoss: number): Promise<void> {
    const { average } = await this.#backend.getState();
    this.weights = average.slice();
    this.epoch = epoch;
    this.trainingLoss = trainingLoss;
    this.validationLoss = validationLoss;
  }

  /** Gives the weights back to the backend, with a fresh optimiser. */
  async restore(): Promise<void> {
    const zeros = new Float32Array(this.weights.length);
    await this.#backend.setState({
      parameters: this.weights,
      average: this.weights,
      firstMoment: zeros,
      secondMoment: zeros,
    });
  }
}
