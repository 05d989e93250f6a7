import type { PrivacyGuardSummary } from '../../../../../src/domain/generators';
import { HIGHEST_SHARE } from '../../../../../src/domain/privacy-guard';
import { hash, hashText, RandomStream } from '../../../../../src/domain/random';
import type { CodeTree } from '../../../privacy/code-tree';
import { type DistanceShare, distanceShare } from '../../../privacy/distance-share';
import { attractedSamples, referenceTree, type WatchedTable } from '../../../privacy/watch';
import type { Backend } from '../network/network-backend';
import type { KeptModels, Snapshot } from './kept-models';
import type { TrainingSetup } from './training-setup';

/** Coordinates a check may compare: a fraction of a second, as most pairs are left early. */
const MOST_TERMS = 1e9;
const FEWEST_SAMPLES = 500;
const MOST_SAMPLES = 4000;
/** Training rows a check compares with, drawn once at random. */
const MOST_TRAINING_ROWS = 20_000;
/** Fewer unseen rows tell nothing. */
const FEWEST_UNSEEN = 50;
/** Standard errors above the highest share from which it is no accident. */
const CERTAINTY = 2;
/** Validations before the first check of a training under way; then after twice as many, and so on. */
const FIRST_CHECK = 10;

/** Compares samples of a model in training with its training rows and with rows it does not learn from. */
export class PrivacyGuard {
  #checks = 0;
  #seconds = 0;
  #stopped = false;
  readonly #backend: Backend;
  readonly #setup: TrainingSetup;
  readonly #watched: WatchedTable;
  readonly #references: CodeTree;
  readonly #trainingRows: number;
  readonly #samples: number;
  readonly #rest: () => Promise<void>;

  /** A guard, if there is to be one and there are rows enough to compare with. */
  static open(backend: Backend, setup: TrainingSetup, rest: () => Promise<void>): PrivacyGuard | null {
    const { watched, validationRows } = setup;
    if (!watched || validationRows.length < FEWEST_UNSEEN) return null;
    return new PrivacyGuard(backend, setup, watched, rest);
  }

  private constructor(
    backend: Backend,
    setup: TrainingSetup,
    watched: WatchedTable,
    rest: () => Promise<void>,
  ) {
    const { trainingRows, validationRows, seed } = setup;
    const order = new RandomStream(seed, 'watched rows').permutation(trainingRows.length);
    const training = order.subarray(0, MOST_TRAINING_ROWS);
    this.#backend = backend;
    this.#setup = setup;
    this.#watched = watched;
    this.#rest = rest;
    this.#trainingRows = training.length;
    const rows = new Uint32Array(training.length + validationRows.length);
    rows.set(training.map((place) => trainingRows[place]!));
    rows.set(validationRows, training.length);
    this.#references = referenceTree(watched, rows);
    const terms = rows.length * Math.max(1, watched.metric.dims);
    this.#samples = Math.min(MOST_SAMPLES, Math.max(FEWEST_SAMPLES, Math.floor(MOST_TERMS / terms)));
  }

  /**
   * Looks at the backend's averaged weights where that is due, and says whether the training may go on.
   * @param validation its number
   * @param taken the snapshot of those weights, if there is one
   */
  async allows(validation: number, taken: Snapshot | null): Promise<boolean> {
    const octave = Math.log2(validation / FIRST_CHECK);
    if (octave < 0 || !Number.isInteger(octave)) return true;
    const share = await this.#check();
    if (taken) taken.share = share;
    this.#stopped = !isAcceptable(share);
    return !this.#stopped;
  }

  /**
   * The latest model that keeps no more than chance; the one with the lowest share if none does. The backend's
   * averaged weights are others afterwards.
   */
  async choose(models: KeptModels): Promise<{ model: Snapshot; summary: PrivacyGuardSummary }> {
    let chosen: Snapshot | null = null;
    for (const model of models.all) {
      if (!model.share) {
        await models.restore(model);
        model.share = await this.#check();
      }
      if (isAcceptable(model.share)) {
        chosen = model;
        break;
      }
    }
    const model = chosen ?? models.all.reduce((a, b) => (b.share!.share < a.share!.share ? b : a));
    return {
      model,
      summary: {
        ...model.share!,
        rows: this.#setup.validationRows.length,
        checks: this.#checks,
        outcome: this.#stopped ? 'stopped' : model === models.best ? 'kept' : 'fell-back',
        acceptable: chosen !== null,
        seconds: this.#seconds,
      },
    };
  }

  /** The same draws every time: what differs is the model. */
  async #check(): Promise<DistanceShare> {
    const started = performance.now();
    const attracted = await attractedSamples(
      this.#backend,
      this.#setup.spec,
      this.#watched,
      {
        references: this.#references,
        samples: this.#samples,
        seed: hash(this.#setup.seed, hashText('privacy guard')),
      },
      this.#rest,
    );
    this.#checks++;
    this.#seconds += (performance.now() - started) / 1000;
    return distanceShare(attracted, this.#trainingRows);
  }
}

/** Whether a share is no more than chance, as far as can be told. */
export function isAcceptable({ share, standardError }: DistanceShare): boolean {
  return share - CERTAINTY * standardError <= HIGHEST_SHARE;
}
