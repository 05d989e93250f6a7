import { z } from '../../../../../src/domain/zod';
import type { CheckpointContent } from '../../../checkpoints/checkpoint-file';
import type { CheckpointKeeper } from '../../../checkpoints/checkpoint-keeper';
import { CheckpointMismatch } from '../../../checkpoints/pausable-job';
import type { Backend, TrainingState } from '../network/network-backend';

/** What an entry is. The numbers are in checkpoints: new kinds come last. */
const KINDS = ['steps', 'loss', 'end', 'clock', 'scores', 'copied', 'attracted'] as const;
export type EntryKind = (typeof KINDS)[number];

/** Kind and number of values, before the values of each entry. */
const ENTRY_HEAD = 2;

/** Holds weights outside of the backend. */
export interface WeightHolder {
  /** All arrays, none of which changes later, in an order that follows from what was done. */
  weights(): readonly Float32Array[];
  /** Takes as many arrays in the stead of those. */
  takeWeights(weights: readonly Float32Array[]): void;
}

/** How far a training is. */
export interface TrainingClock {
  /** Seconds since the training started, those of earlier runs included. */
  elapsed(): number;
  epochs(): number;
}

/** The state of a checkpoint beside its numbers and arrays. */
const State = z.object({
  seconds: z.number().nonnegative(),
  /** Index of each array that is held among those stored: holders share some. */
  slots: z.array(z.number().int().nonnegative()),
});

/**
 * What a training got from elsewhere: answers of the backend, readings of the clock, what a person wanted, in order. All else
 * follows from it. A training that was cut off is run again with the journal of its checkpoint: what stands in there is not
 * computed again, and where it ends the weights are put back (docs/model.md, Going on after a break).
 *
 * Only what the code asks for one after the other may be an entry, so that threads do not change the order.
 */
export class Journal {
  readonly #keeper: CheckpointKeeper | null;
  readonly #backend: Backend | null;
  readonly #fingerprint: () => string;
  /** null = from the beginning, or all of it is behind. */
  #past: CheckpointContent | null;
  readonly #holders: WeightHolder[] = [];
  #clock: TrainingClock = { elapsed: () => 0, epochs: () => 0 };
  #entries = new Float64Array(1024);
  /** Numbers of all entries so far. */
  #length = 0;
  /** Of these, those that the last checkpoint has. */
  #kept = 0;
  /** Seconds of earlier runs. */
  readonly secondsBefore: number = 0;

  /** @param past of a checkpoint with the same fingerprint; null = from the beginning */
  private constructor(
    keeper: CheckpointKeeper | null,
    backend: Backend | null,
    fingerprint: () => string,
    past: CheckpointContent | null,
  ) {
    this.#keeper = keeper;
    this.#backend = backend;
    this.#fingerprint = fingerprint;
    this.#past = past;
    if (past) this.secondsBefore = State.parse(past.state).seconds;
  }

  /** A journal that nobody keeps. */
  static none(): Journal {
    return new Journal(null, null, () => '', null);
  }

  /**
   * Goes on from the checkpoint that the keeper read; one of another training is refused.
   * @param backend where the training takes its weights from
   * @param fingerprint of all that the training depends on
   */
  static open(keeper: CheckpointKeeper, backend: Backend, fingerprint: () => string): Journal {
    const past = keeper.takePast();
    let known: string | null = null;
    const once = () => {
      known ??= fingerprint();
      return known;
    };
    const isOurs = past !== null && past.numbers.length > 0 && past.fingerprint === once();
    if (past && !isOurs) keeper.refuse('belongs to other data or other settings');
    if (isOurs && !State.safeParse(past.state).success) throw new CheckpointMismatch();
    return new Journal(keeper, backend, once, isOurs ? past : null);
  }

  /** Whether answers come from the checkpoint: the backend does not hold the weights then. */
  get isReplaying(): boolean {
    return this.#past !== null && this.#length < this.#past.numbers.length;
  }

  /** Called before the first entry. */
  begin(clock: TrainingClock): void {
    this.#clock = clock;
  }

  /** Weights that belong to checkpoints from now on. */
  hold(holder: WeightHolder): void {
    this.#holders.push(holder);
  }

  /**
   * What `work` gave, now or when the training was here before.
   * @throws UserError `paused`; CheckpointMismatch
   */
  async once(kind: EntryKind, work: () => Promise<ArrayLike<number>>): Promise<Float64Array> {
    const known = this.#next(kind);
    if (known) {
      if (!this.isReplaying) await this.#restore();
    } else this.#add(kind, await work());
    const values = this.#latest();
    await this.settle();
    return values;
  }

  /** As `once`, of one number that is there at once. */
  choose(kind: EntryKind, live: () => number): number {
    const known = this.#next(kind);
    if (!known) this.#add(kind, [live()]);
    // Weights come back after an answer of the backend: no checkpoint ends elsewhere.
    else if (!this.isReplaying) throw new CheckpointMismatch();
    return this.#latest()[0] ?? Number.NaN;
  }

  /**
   * Writes a checkpoint where one is due. Only where nothing waits for the backend, and weights are in it or in a holder.
   * @throws UserError `paused`, once a checkpoint is written, if the person wants so
   */
  async settle(): Promise<void> {
    const keeper = this.#keeper;
    if (!keeper || !this.#backend) return;
    const isNew = !this.isReplaying && this.#length > this.#kept;
    if (isNew && (keeper.isPaused || keeper.isDue())) await this.#write(keeper, this.#backend);
    if (!keeper.isPaused) return;
    await keeper.written();
    throw keeper.paused();
  }

  async #write(keeper: CheckpointKeeper, backend: Backend): Promise<void> {
    const started = performance.now();
    const { parameters, firstMoment, secondMoment, average } = await backend.getState();
    const held = this.#holders.flatMap((holder) => holder.weights());
    const slots: number[] = [];
    const arrays: Float32Array[] = [];
    const indices = new Map<Float32Array, number>();
    for (const array of [parameters, firstMoment, secondMoment, average, ...held]) {
      let index = indices.get(array);
      if (index === undefined) {
        index = arrays.push(array) - 1;
        indices.set(array, index);
      }
      slots.push(index);
    }
    const state: z.infer<typeof State> = { seconds: this.#clock.elapsed(), slots };
    const numbers = this.#entries.slice(0, this.#length);
    this.#kept = this.#length;
    keeper.write(
      { fingerprint: this.#fingerprint(), state, numbers, arrays },
      { value: this.#clock.epochs(), unit: 'epochs' },
      (performance.now() - started) / 1000,
    );
  }

  /** Puts the weights of the checkpoint where they were. */
  async #restore(): Promise<void> {
    const { state, arrays } = this.#past!;
    const { slots } = State.parse(state);
    const counts = [4, ...this.#holders.map((holder) => holder.weights().length)];
    if (counts.reduce((sum, count) => sum + count, 0) !== slots.length) throw new CheckpointMismatch();
    const all = slots.map((slot) => {
      const array = arrays[slot];
      if (!array || array.length !== arrays[0]!.length) throw new CheckpointMismatch();
      return array;
    });
    const [parameters, firstMoment, secondMoment, average] = all as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const saved: TrainingState = { parameters, firstMoment, secondMoment, average };
    await this.#backend!.setState(saved);
    let at = 4;
    for (const [index, holder] of this.#holders.entries()) {
      holder.takeWeights(all.slice(at, at + counts[index + 1]!));
      at += counts[index + 1]!;
    }
    this.#kept = this.#length;
    this.#past = null;
  }

  /** Moves to the next entry of the checkpoint; false when there is none. */
  #next(kind: EntryKind): boolean {
    if (!this.isReplaying) return false;
    const { numbers } = this.#past!;
    const count = numbers[this.#length + 1] ?? Number.NaN;
    const end = this.#length + ENTRY_HEAD + count;
    if (numbers[this.#length] !== KINDS.indexOf(kind) || !(count >= 1) || !(end <= numbers.length))
      throw new CheckpointMismatch();
    this.#add(kind, numbers.subarray(this.#length + ENTRY_HEAD, end));
    return true;
  }

  #add(kind: EntryKind, values: ArrayLike<number>): void {
    // Nobody reads what is not kept: the last entry is enough.
    const start = this.#keeper ? this.#length : 0;
    const length = start + ENTRY_HEAD + values.length;
    if (length > this.#entries.length) {
      const larger = new Float64Array(2 * length);
      larger.set(this.#entries.subarray(0, start));
      this.#entries = larger;
    }
    this.#entries[start] = KINDS.indexOf(kind);
    this.#entries[start + 1] = values.length;
    this.#entries.set(values, start + ENTRY_HEAD);
    this.#lastStart = start;
    this.#length = length;
  }

  #lastStart = 0;

  /** Values of the last entry. */
  #latest(): Float64Array {
    return this.#entries.slice(this.#lastStart + ENTRY_HEAD, this.#length);
  }
}
