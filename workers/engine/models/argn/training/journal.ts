import { z } from '../../../../../src/domain/zod';
import type { CheckpointContent } from '../../../checkpoints/checkpoint-file';
import type { CheckpointKeeper } from '../../../checkpoints/checkpoint-keeper';
import { CheckpointMismatch } from '../../../checkpoints/pausable-job';
import type { Backend, TrainingState } from '../network/network-backend';

/** What an entry is. The numbers are in checkpoints: new kinds come last. */
const KINDS = ['steps', 'loss', 'end', 'clock', 'scores', 'copied', 'attracted', 'kept', 'seed'] as const;
export type EntryKind = (typeof KINDS)[number];

/** Kind and number of values, before the values of each entry. */
const ENTRY_HEAD = 2;

/** Answers after which the next checkpoint in memory is due, so that few must be computed again. */
const ANSWERS_PER_CHECKPOINT = 16;
/** Reading back the weights of a large model takes long: the next reading waits this many times as long. */
const PATIENCE = 50;

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

/** What a journal has of its training. */
interface JournalSetup {
  /** Writes checkpoints to disk; null = none are written. */
  readonly keeper: CheckpointKeeper | null;
  /** Where the training takes its weights from. */
  readonly backend: Backend;
  /** The backend can lose its weights and go on: checkpoints are held in memory, too. */
  readonly isLasting: boolean;
  /** Of all that the training depends on. */
  readonly fingerprint: () => string;
}

/** A checkpoint in memory. */
type Kept = Omit<CheckpointContent, 'fingerprint'>;

/**
 * What a training got from elsewhere: answers of the backend, readings of the clock, what a person wanted, in order. All else
 * follows from it. A training that was cut off, or lost its backend, is run again with the journal of its checkpoint: what stands
 * in there is not computed again, and where it ends the weights are put back (docs/model.md, Going on after a break).
 *
 * Only what the code asks for one after the other may be an entry, so that threads do not change the order.
 */
export class Journal {
  readonly #setup: JournalSetup | null;
  /** The last checkpoint; null = none since the beginning. */
  #kept: Kept | null;
  /** The checkpoint that answers; null = from the beginning, or all of it is behind. */
  #past: Kept | null;
  readonly #holders: WeightHolder[] = [];
  #clock: TrainingClock = { elapsed: () => this.secondsBefore, epochs: () => 0 };
  #entries = new Float64Array(1024);
  /** Numbers of all entries so far. */
  #length = 0;
  /** Of these, those that the last checkpoint on disk has. */
  #written = 0;
  /** Answers since the last checkpoint in memory. */
  #answers = 0;
  /** Milliseconds of the clock before which none is due in memory. */
  #nextDue = 0;
  /** Seconds of earlier runs. */
  readonly secondsBefore: number;

  /** @param past of a checkpoint of this training; null = from the beginning */
  private constructor(setup: JournalSetup | null, past: Kept | null, secondsBefore: number) {
    this.#setup = setup;
    this.#past = past;
    this.#kept = setup?.isLasting ? past : null;
    this.secondsBefore = secondsBefore;
  }

  /** A journal that nobody keeps. */
  static none(): Journal {
    return new Journal(null, null, 0);
  }

  /** Goes on from the checkpoint that the keeper read; one of another training is refused. */
  static open(setup: JournalSetup): Journal {
    const { keeper } = setup;
    const past = keeper?.takePast() ?? null;
    let known: string | null = null;
    const fingerprint = () => {
      known ??= setup.fingerprint();
      return known;
    };
    const isOurs = past !== null && past.numbers.length > 0 && past.fingerprint === fingerprint();
    if (past && !isOurs) keeper?.refuse('belongs to other data or other settings');
    const once = { ...setup, fingerprint };
    if (!isOurs) return new Journal(once, null, 0);
    const state = State.safeParse(past.state);
    if (!state.success) throw new CheckpointMismatch();
    return new Journal(once, past, state.data.seconds);
  }

  /** The same training once more, from its last checkpoint in memory. */
  again(): Journal {
    return new Journal(this.#setup, this.#kept, this.#clock.elapsed());
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
    } else {
      this.#add(kind, await work());
      this.#answers++;
    }
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

  /** Takes a checkpoint into memory: what comes next tells of the weights, or takes long. */
  async keep(): Promise<void> {
    await this.once('kept', async () => [0]);
    if (this.#setup?.isLasting && this.#answers > 0) await this.#take(this.#setup);
  }

  /**
   * Takes a checkpoint where one is due. Only where nothing waits for the backend, and weights are in it or in a holder.
   * @throws UserError `paused`, once a checkpoint is written, if the person wants so
   */
  async settle(): Promise<void> {
    const setup = this.#setup;
    if (!setup) return;
    const { keeper } = setup;
    const isNew = !this.isReplaying && this.#length > this.#written;
    if (keeper && isNew && (keeper.isPaused || keeper.isDue())) await this.#write(keeper, setup);
    else if (setup.isLasting && this.#answers >= ANSWERS_PER_CHECKPOINT && performance.now() >= this.#nextDue)
      await this.#take(setup);
    if (!keeper?.isPaused) return;
    await keeper.written();
    throw keeper.paused();
  }

  async #write(keeper: CheckpointKeeper, setup: JournalSetup): Promise<void> {
    const started = performance.now();
    const content = await this.#take(setup);
    this.#written = this.#length;
    keeper.write(
      { ...content, fingerprint: setup.fingerprint() },
      { value: this.#clock.epochs(), unit: 'epochs' },
      (performance.now() - started) / 1000,
    );
  }

  async #take({ backend, isLasting }: JournalSetup): Promise<Kept> {
    const started = performance.now();
    const { parameters, firstMoment, secondMoment, average } = await backend.getState();
    const held = this.#holders.flatMap((holder) => holder.weights());
    const arrays = [...new Set([parameters, firstMoment, secondMoment, average, ...held])];
    const indices = new Map(arrays.map((array, index) => [array, index]));
    const slots = [parameters, firstMoment, secondMoment, average, ...held].map(
      (array) => indices.get(array)!,
    );
    const state: z.infer<typeof State> = { seconds: this.#clock.elapsed(), slots };
    const content = { state, numbers: this.#entries.subarray(0, this.#length), arrays };
    if (isLasting) this.#kept = content;
    this.#answers = 0;
    this.#nextDue = performance.now() + PATIENCE * (performance.now() - started);
    return content;
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
    await this.#setup!.backend.setState(saved);
    let at = 4;
    for (const [index, holder] of this.#holders.entries()) {
      holder.takeWeights(all.slice(at, at + counts[index + 1]!));
      at += counts[index + 1]!;
    }
    this.#written = this.#length;
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
    const start = this.#setup?.keeper || this.#setup?.isLasting ? this.#length : 0;
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
