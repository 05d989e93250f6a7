import { renumbered } from '../../../src/domain/number-subjects';
import { HIGHEST_COPIED, type PrivacyGuardSummary } from '../../../src/domain/privacy-guard';
import { hash, hashText, RandomStream } from '../../../src/domain/random';
import { type CopiedShare, copiedShare } from './copied-share';
import { type CodeSampler, CopySearch, type WatchedTable } from './copy-search';

/** Samples of a model that a training may end with. */
const MIN_SAMPLES = 1000;
const MAX_SAMPLES = 3000;
/** Drawing more would take a noticeable part of a training that passes over the rows some twenty times. */
const SAMPLES_PER_ROW = 2;
/** Of so many, a part is enough to see during the training that going on is pointless. */
const GLANCE = 0.25;
/** Training rows a check compares with, drawn once at random. */
const MAX_TRAINING_ROWS = 40_000;
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
  /** Whose rows they are: of `trainingRows`, and of `unseenRows`. Absent = every row is a subject of its own. */
  readonly subjects?: { readonly training: Uint32Array; readonly validation: Uint32Array } | null;
  /** Draws rows of the model as it is at that moment. */
  readonly sample: CodeSampler;
  readonly seed: number;
  /** Lets the thread answer messages; may throw to end the check. */
  readonly pause: () => Promise<void>;
  /** What a check finds, where it may be known already; absent = it never is. */
  readonly remember?: (check: () => Promise<CopiedShare>) => Promise<CopiedShare>;
}

/** A model as it was at some moment of a training. */
export interface Candidate {
  /** Of its samples, once checked. */
  found: CopiedShare | null;
}

/** The models that a training may end with. */
export interface Candidates<C extends Candidate> {
  readonly best: C;
  /** The best and earlier ones, latest first. */
  readonly all: readonly C[];
  /** Makes it the model that `sample` draws from. */
  restore(candidate: C): Promise<void>;
}

/** Looks for copies of training rows among samples of a model in training, and of rows it does not learn from. */
export class PrivacyGuard {
  #checks = 0;
  #seconds = 0;
  #stopped = false;
  readonly #setup: GuardSetup;
  readonly #search: CopySearch;
  /** Subjects of the training rows that are compared, and of all. */
  readonly #watched: number;
  readonly #learned: number;
  readonly #samples: number;

  /** A guard, or null if there are too few unseen rows. */
  static open(setup: GuardSetup): PrivacyGuard | null {
    return setup.unseenRows.length < MIN_UNSEEN ? null : new PrivacyGuard(setup);
  }

  private constructor(setup: GuardSetup) {
    const { table, trainingRows, unseenRows, subjects, seed } = setup;
    const order = new RandomStream(seed, 'watched rows').permutation(trainingRows.length);
    const training = order.subarray(0, MAX_TRAINING_ROWS);
    this.#setup = setup;
    const rows = joined(
      training.map((index) => trainingRows[index]!),
      unseenRows,
    );
    const owners =
      subjects &&
      renumbered(
        joined(
          training.map((index) => subjects.training[index]!),
          subjects.validation,
        ),
      );
    this.#watched = owners ? countSubjects(owners.subarray(0, training.length)) : training.length;
    this.#learned = subjects ? countSubjects(subjects.training) : trainingRows.length;
    const started = performance.now();
    this.#search = new CopySearch(table, rows, seed, owners ?? undefined);
    const max = Math.min(MAX_SAMPLES, SAMPLES_PER_ROW * trainingRows.length);
    this.#samples = this.#search.affordable(Math.min(MIN_SAMPLES, max), max);
    this.#seconds = (performance.now() - started) / 1000;
  }

  /**
   * Checks the model if a check is due. @returns whether the training may go on
   * @param validation number of the validation
   */
  async allows(validation: number): Promise<boolean> {
    const octave = Math.log2(validation / FIRST_CHECK);
    if (octave < 0 || !Number.isInteger(octave)) return true;
    this.#stopped = !isAcceptable(await this.#check(Math.ceil(GLANCE * this.#samples)));
    return !this.#stopped;
  }

  /**
   * Chooses the latest model that is acceptable, or the one that copies least if there is none. Afterwards
   * `sample` may draw from another model than before.
   */
  async choose<C extends Candidate>(
    candidates: Candidates<C>,
  ): Promise<{ model: C; summary: PrivacyGuardSummary }> {
    let chosen: C | null = null;
    for (const candidate of candidates.all) {
      if (!candidate.found) {
        await candidates.restore(candidate);
        candidate.found = await this.#check(this.#samples);
      }
      if (isAcceptable(candidate.found)) {
        chosen = candidate;
        break;
      }
    }
    const model = chosen ?? candidates.all.reduce((a, b) => (b.found!.copied < a.found!.copied ? b : a));
    return {
      model,
      summary: {
        ...model.found!,
        rows: this.#setup.unseenRows.length,
        checks: this.#checks,
        outcome: this.#stopped ? 'stopped' : model === candidates.best ? 'kept' : 'fell-back',
        acceptable: chosen !== null,
        seconds: this.#seconds,
      },
    };
  }

  /** Uses the same draws every time, so that only the model differs. */
  async #check(samples: number): Promise<CopiedShare> {
    const started = performance.now();
    const { sample, seed, pause, remember } = this.#setup;
    const request = { samples, seed: hash(seed, hashText('privacy guard')) };
    const check = async () => {
      const attracted = await this.#search.attracted(sample, request, pause);
      return copiedShare(attracted, this.#watched, this.#learned, samples);
    };
    const found = await (remember ? remember(check) : check());
    this.#checks++;
    this.#seconds += (performance.now() - started) / 1000;
    return found;
  }
}

/** Whether a share of copies is not clearly above the highest acceptable one. */
export function isAcceptable({ copied, standardError }: CopiedShare): boolean {
  return copied - CERTAINTY * standardError <= HIGHEST_COPIED;
}

function joined(first: Uint32Array, second: Uint32Array): Uint32Array {
  const all = new Uint32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

function countSubjects(subjects: Uint32Array): number {
  return new Set(subjects).size;
}
