import { renumbered } from '../../../../../src/domain/number-subjects';
import { hash, hashText, RandomStream } from '../../../../../src/domain/random';
import { pairedCopiedShare } from '../../../privacy/copied-share';
import { CopySearch } from '../../../privacy/copy-search';
import type { Backend, TrainingState } from '../network/network-backend';
import { stepWork, workOf } from '../network/work-model';
import { codeSampler } from '../sampling/sample-codes';
import type { FitPoint } from './choose-updates';
import type { Journal, WeightHolder } from './journal';
import { Learner } from './learner';
import type { OrderMix } from './order-planner';
import type { Pace } from './pace';
import { learningRate } from './schedule';
import type { TrainingSetup, WatchedCodes } from './training-setup';
import { Validation } from './validation';

/** Parts of the rows; each is left out by one model. */
const MAX_FOLDS = 5;
/** Numbers that all waiting models may hold: 256 MiB, unless two hold more. */
const MAX_NUMBERS = 2 ** 26;
/** Updates at the first point, and from one to the next. */
const FIRST_POINT = 20;
const GROWTH = 1.3;
/** Rows drawn per model and point: as many as cost a small part of the updates before. */
const MIN_SAMPLES = 100;
const MAX_SAMPLES = 600;
const SAMPLING_PART = 0.03;
/** Updates of the warm-up: short, as the whole training is. */
const WARM_UP = 20;

export type TinySetup = TrainingSetup & { readonly watched: WatchedCodes };

/** How a tiny table is trained: in every fold, and in the end on all rows. */
export interface TinyPlan {
  readonly orders: OrderMix;
  readonly batchSize: number;
  readonly dropout: number;
}

/** Learning rate of a tiny training: constant after a short warm-up; averaging does the rest. */
export function tinyRate(step: number, batchSize: number): number {
  return learningRate(step, batchSize, 0, WARM_UP);
}

/** Updates at a point. */
export function updatesAt(point: number): number {
  return Math.round(FIRST_POINT * GROWTH ** point);
}

interface Fold {
  readonly seed: number;
  /** Rows evaluated. */
  readonly evaluated: number;
  /** Numbers of subjects. */
  readonly trained: Uint32Array;
  readonly unseen: Uint32Array;
  readonly learner: Learner;
  readonly validation: Validation;
  state: TrainingState;
}

/**
 * Trains up to five models side by side, each without its part of the rows, so that every row is evaluated by a model
 * that never saw it. A single set of validation rows of a tiny table would be too few to tell anything.
 */
export class CrossFitting implements WeightHolder {
  readonly points: FitPoint[] = [];
  readonly #backend: Backend;
  readonly #setup: TinySetup;
  readonly #plan: TinyPlan;
  readonly #folds: readonly Fold[];
  readonly #search: CopySearch;
  readonly #subjects: number;
  readonly #journal: Journal;
  readonly #pause: () => Promise<void>;
  #seconds = 0;

  /** @param pause called between two calls of the backend; may throw to end it all */
  constructor(
    backend: Backend,
    setup: TinySetup,
    plan: TinyPlan,
    pace: Pace,
    journal: Journal,
    pause: () => Promise<void>,
  ) {
    this.#backend = backend;
    this.#setup = setup;
    this.#plan = plan;
    this.#journal = journal;
    this.#pause = pause;
    const rows = setup.trainingRows;
    const { columnCount, factorCount } = setup.spec;
    const owners = setup.subjects ? renumbered(setup.subjects.training) : undefined;
    this.#subjects = owners ? new Set(owners).size : rows.length;
    this.#search = new CopySearch(setup.watched, rows, setup.seed, owners);
    const order = new RandomStream(setup.seed, 'folds').permutation(this.#subjects);
    const fitting = Math.floor(MAX_NUMBERS / (4 * setup.initial.parameters.length));
    const count = Math.max(2, Math.min(MAX_FOLDS, fitting));
    this.#folds = Array.from({ length: count }, (_, f) => {
      const seed = hash(setup.seed, hashText('fold'), f);
      const unseen = order.filter((_, i) => i % count === f);
      const trained = order.filter((_, i) => i % count !== f);
      const learned = learnedOf(rowsOf(trained, owners, rows.length), setup);
      const evaluated = rowsOf(unseen, owners, rows.length).map((index) => rows[index]!);
      const batchSize = Math.min(plan.batchSize, 4 * Math.ceil(learned.length / 4));
      return {
        seed,
        trained,
        unseen,
        evaluated: evaluated.length,
        learner: new Learner(
          backend,
          { rows: learned, columnCount, factorCount, batchSize, orders: plan.orders, seed },
          pace,
          journal,
        ),
        validation: new Validation(evaluated, columnCount, plan.orders, seed, factorCount),
        state: setup.initial,
      };
    });
  }

  /** Mean loss of the steps since the point before, nats per row. */
  get trainingLoss(): number {
    return this.#folds.reduce((sum, { learner }) => sum + learner.meanLoss, 0) / this.#folds.length;
  }

  /** Models side by side. */
  get count(): number {
    return this.#folds.length;
  }

  /** Steps done in all. */
  get steps(): number {
    return this.#folds.reduce((sum, { learner }) => sum + learner.steps, 0);
  }

  /** Wall seconds of drawing rows and looking for copies. */
  get seconds(): number {
    return this.#seconds;
  }

  weights(): readonly Float32Array[] {
    return this.#folds.flatMap(({ state }) => [
      state.parameters,
      state.firstMoment,
      state.secondMoment,
      state.average,
    ]);
  }

  takeWeights(weights: readonly Float32Array[]): void {
    for (const [f, fold] of this.#folds.entries()) {
      const [parameters, firstMoment, secondMoment, average] = weights.slice(4 * f, 4 * f + 4);
      fold.state = {
        parameters: parameters!,
        firstMoment: firstMoment!,
        secondMoment: secondMoment!,
        average: average!,
      };
    }
  }

  /** Trains all models up to so many updates and evaluates them there. */
  async advance(updates: number): Promise<void> {
    const point = this.points.length;
    const samples = this.#affordable(updates - (this.points.at(-1)?.updates ?? 0));
    const count = this.#subjects;
    const rows = this.#setup.trainingRows.length;
    const trained = new Float64Array(count);
    const unseen = new Float64Array(count);
    let loss = 0;
    for (const fold of this.#folds) {
      fold.learner.forgetLosses();
      await this.#train(fold, updates);
      const [score] = await this.#journal.once('scores', async () => [
        await fold.validation.score(this.#backend, this.#pause),
      ]);
      loss += score! * fold.evaluated;
      const attracted = await this.#draw(fold, point, samples);
      for (const row of fold.trained) trained[row]! += attracted[row]! / (this.#folds.length - 1);
      for (const row of fold.unseen) unseen[row]! += attracted[row]!;
    }
    const learned = count - count / this.#folds.length;
    this.points.push({
      updates,
      loss: loss / rows,
      found: pairedCopiedShare(trained, unseen, learned, samples),
      samples,
    });
  }

  async #train(fold: Fold, updates: number): Promise<void> {
    const { learner, seed } = fold;
    const { batchSize, dropout } = this.#plan;
    await this.#backend.setState(fold.state);
    while (learner.steps < updates) {
      await learner.train(updates - learner.steps, {
        rate: (step) => tinyRate(step, batchSize),
        dropout,
        seed,
      });
      await this.#pause();
    }
    fold.state = await this.#backend.getState();
  }

  /** Rows to draw after so many updates. */
  #affordable(updates: number): number {
    let step = 0;
    let row = 0;
    for (const work of workOf(this.#setup.spec)) {
      step += stepWork(work, this.#plan.batchSize);
      row += work.row;
    }
    const fitting = Math.floor((SAMPLING_PART * updates * step) / Math.max(row, 1));
    return Math.max(MIN_SAMPLES, Math.min(MAX_SAMPLES, fitting));
  }

  /** @returns samples that repeat a row, by its index */
  async #draw({ seed }: Fold, point: number, samples: number): Promise<Float64Array> {
    const started = performance.now();
    const { spec, watched } = this.#setup;
    const request = { samples, seed: hash(seed, hashText('samples'), point) };
    const sample = codeSampler(this.#backend, spec, watched);
    const attracted = await this.#journal.once('attracted', () =>
      this.#search.attracted(sample, request, this.#pause),
    );
    this.#seconds += (performance.now() - started) / 1000;
    return attracted;
  }
}

/** Indices of the rows of some subjects. @param owners [rows] whose they are; absent = every row is a subject of its own */
function rowsOf(subjects: Uint32Array, owners: Uint32Array | undefined, rows: number): Uint32Array {
  if (!owners) return subjects;
  const chosen = new Set(subjects);
  return Uint32Array.from({ length: rows }, (_, index) => index).filter((index) =>
    chosen.has(owners[index]!),
  );
}

/** Row numbers that a fold learns from: what stands in for an isolated row only where the fold knows it. */
function learnedOf(indices: Uint32Array, { trainingRows, learnedRows }: TinySetup): Uint32Array {
  if (!learnedRows) return indices.map((index) => trainingRows[index]!);
  const known = new Set(indices);
  return indices
    .map((index) => learnedRows[index]!)
    .filter((index) => known.has(index))
    .map((index) => trainingRows[index]!);
}
