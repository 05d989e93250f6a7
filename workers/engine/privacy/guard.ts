import type { PrivacyGuardSummary } from '../../../src/domain/generators';
import { HIGHEST_SHARE } from '../../../src/domain/privacy-guard';
import { hash, hashText, RandomStream } from '../../../src/domain/random';
import type { CodeTree } from './code-tree';
import { type DistanceShare, distanceShare } from './distance-share';
import { attractedSamples, type CodeSampler, referenceTree, type WatchedTable } from './watched-table';

/** Coordinates a check may compare: a fraction of a second, as most comparisons end early. */
const MAX_TERMS = 1e9;
const MIN_SAMPLES = 500;
const MAX_SAMPLES = 4000;
/** Training rows a check compares with, drawn once at random. */
const MAX_TRAINING_ROWS = 20_000;
/** Fewer unseen rows tell nothing. */
const MIN_UNSEEN = 50;
/** A share that is so many standard errors above the highest acceptable one is no accident. */
const CERTAINTY = 2;
/** The first check in a training comes after so many validations, the next after twice as many, and so on. */
const FIRST_CHECK = 10;

/** What a guard compares samples with, and where it gets them. */
export interface GuardSetup {
  readonly table: WatchedTable;
  /** Row numbers of the table. */
  readonly trainingRows: Uint32Array;
  /** Rows that the model does not learn from. */
  readonly unseenRows: Uint32Array;
  /** Draws rows of the model as it is at that moment. */
  readonly sample: CodeSampler;
  readonly seed: number;
  /** Lets the thread answer messages; may throw to end the check. */
  readonly pause: () => Promise<void>;
}

/** A model as it was at some moment of a training. */
export interface Candidate {
  /** Of its samples, once checked. */
  share: DistanceShare | null;
}

/** The models that a training may end with. */
export interface Candidates<C extends Candidate> {
  readonly best: C;
  /** The best and earlier ones, latest first. */
  readonly all: readonly C[];
  /** Makes it the model that `sample` draws from. */
  restore(candidate: C): Promise<void>;
}

/** Compares samples of a model in training with its training rows and with rows it does not learn from. */
export class PrivacyGuard {
  #checks = 0;
  #seconds = 0;
  #stopped = false;
  readonly #setup: GuardSetup;
  readonly #references: CodeTree;
  readonly #trainingRows: number;
  readonly #samples: number;

  /** A guard, or null if there are too few unseen rows. */
  static open(setup: GuardSetup): PrivacyGuard | null {
    return setup.unseenRows.length < MIN_UNSEEN ? null : new PrivacyGuard(setup);
  }

  private constructor(setup: GuardSetup) {
    const { table, trainingRows, unseenRows, seed } = setup;
    const order = new RandomStream(seed, 'watched rows').permutation(trainingRows.length);
    const training = order.subarray(0, MAX_TRAINING_ROWS);
    this.#setup = setup;
    this.#trainingRows = training.length;
    const rows = new Uint32Array(training.length + unseenRows.length);
    rows.set(training.map((index) => trainingRows[index]!));
    rows.set(unseenRows, training.length);
    this.#references = referenceTree(table, rows);
    const terms = rows.length * Math.max(1, table.metric.dims);
    this.#samples = Math.min(MAX_SAMPLES, Math.max(MIN_SAMPLES, Math.floor(MAX_TERMS / terms)));
  }

  /**
   * Checks the model if a check is due. @returns whether the training may go on
   * @param validation number of the validation
   * @param taken the candidate that the model has just become, if it has
   */
  async allows(validation: number, taken: Candidate | null): Promise<boolean> {
    const octave = Math.log2(validation / FIRST_CHECK);
    if (octave < 0 || !Number.isInteger(octave)) return true;
    const share = await this.#check();
    if (taken) taken.share = share;
    this.#stopped = !isAcceptable(share);
    return !this.#stopped;
  }

  /**
   * Chooses the latest model with an acceptable share, or the one with the lowest share if there is none. Afterwards
   * `sample` may draw from another model than before.
   */
  async choose<C extends Candidate>(
    candidates: Candidates<C>,
  ): Promise<{ model: C; summary: PrivacyGuardSummary }> {
    let chosen: C | null = null;
    for (const candidate of candidates.all) {
      if (!candidate.share) {
        await candidates.restore(candidate);
        candidate.share = await this.#check();
      }
      if (isAcceptable(candidate.share)) {
        chosen = candidate;
        break;
      }
    }
    const model = chosen ?? candidates.all.reduce((a, b) => (b.share!.share < a.share!.share ? b : a));
    return {
      model,
      summary: {
        ...model.share!,
        rows: this.#setup.unseenRows.length,
        checks: this.#checks,
        outcome: this.#stopped ? 'stopped' : model === candidates.best ? 'kept' : 'fell-back',
        acceptable: chosen !== null,
        seconds: this.#seconds,
      },
    };
  }

  /** Uses the same draws every time, so that only the model differs. */
  async #check(): Promise<DistanceShare> {
    const started = performance.now();
    const { sample, seed, pause } = this.#setup;
    const request = {
      references: this.#references,
      samples: this.#samples,
      seed: hash(seed, hashText('privacy guard')),
    };
    const attracted = await attractedSamples(sample, request, pause);
    this.#checks++;
    this.#seconds += (performance.now() - started) / 1000;
    return distanceShare(attracted, this.#trainingRows);
  }
}

/** Whether a share is not clearly above the highest acceptable one. */
export function isAcceptable({ share, standardError }: DistanceShare): boolean {
  return share - CERTAINTY * standardError <= HIGHEST_SHARE;
}
