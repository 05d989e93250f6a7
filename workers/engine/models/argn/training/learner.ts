import type { Backend } from '../network/network-backend';
import type { Journal } from './journal';
import type { Pace } from './pace';
import { averageDecay } from './schedule';
import { type PlannerOptions, StepPlanner } from './step-planner';

/** How the next steps are taken. */
export interface StepSchedule {
  /** Learning rate of a step, counted since the optimiser was reset. */
  readonly rate: (step: number) => number;
  readonly dropout: number;
  readonly seed: number;
}

/** Takes optimiser steps on one set of rows: plans them, runs them, sums their losses. */
export class Learner {
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  /** Learning rate of the last step. */
  rate = 0;
  #steps = 0;
  #sinceReset = 0;
  #lossSum = 0;
  #summed = 0;
  readonly #backend: Backend;
  readonly #planner: StepPlanner;
  readonly #pace: Pace;
  readonly #journal: Journal;

  constructor(backend: Backend, options: PlannerOptions, pace: Pace, journal: Journal) {
    this.#backend = backend;
    this.#planner = new StepPlanner(options);
    this.#pace = pace;
    this.#journal = journal;
    this.batchSize = options.batchSize;
    this.stepsPerEpoch = this.#planner.stepsPerEpoch;
  }

  /** Steps done in all. */
  get steps(): number {
    return this.#steps;
  }

  /** Passes over the rows, fractions included. */
  get epochs(): number {
    return this.#steps / this.stepsPerEpoch;
  }

  /** Steps whose losses are summed. */
  get summed(): number {
    return this.#summed;
  }

  /** Mean loss of the summed steps, nats per row; NaN without any, not finite when numbers broke. */
  get meanLoss(): number {
    return this.#summed === 0 ? Number.NaN : this.#lossSum / this.#summed;
  }

  /** One call of the backend with as many steps as the pace allows, at most `maxSteps`. */
  async train(maxSteps: number, { rate, dropout, seed }: StepSchedule): Promise<void> {
    const steps = this.#journal.choose('steps', () =>
      Math.max(1, Math.min(this.#pace.stepsPerCall(), maxSteps)),
    );
    const [lossSum] = await this.#journal.once('loss', async () => [
      await this.#take(steps, { rate, dropout, seed }),
    ]);
    this.rate = Math.fround(rate(this.#sinceReset + steps - 1));
    this.#steps += steps;
    this.#sinceReset += steps;
    this.#summed += steps;
    this.#lossSum = lossSum!;
  }

  /** @returns the sum of losses with those of so many more steps */
  async #take(steps: number, { rate, dropout, seed }: StepSchedule): Promise<number> {
    const learningRate = new Float32Array(steps);
    const emaDecay = new Float32Array(steps);
    for (let s = 0; s < steps; s++) {
      learningRate[s] = rate(this.#sinceReset + s);
      emaDecay[s] = averageDecay(this.#sinceReset + s, this.batchSize);
    }
    const started = this.#pace.elapsed();
    const losses = await this.#backend.train({
      ...this.#planner.batches(this.#steps, steps),
      firstStep: this.#sinceReset,
      learningRate,
      emaDecay,
      dropout,
      seed,
    });
    this.#pace.record(steps, this.#pace.elapsed() - started);
    return losses.reduce((sum, loss) => sum + loss, this.#lossSum);
  }

  /** Begins a new sum of losses. */
  forgetLosses(): void {
    this.#lossSum = 0;
    this.#summed = 0;
  }

  /** The backend was given other weights with a fresh optimiser. */
  restart(): void {
    this.#sinceReset = 0;
    this.forgetLosses();
  }
}
