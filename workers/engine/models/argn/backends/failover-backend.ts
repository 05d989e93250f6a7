import { UserError } from '../../../../../src/domain/errors';
import type {
  Backend,
  EvaluationRequest,
  GenerationRequest,
  Hyperparameters,
  ModelSpec,
  StepPlan,
  TrainingState,
} from '../network/network-backend';

/** Opens the next backend to try; null if it is not available. */
export type BackendOpener = () => Promise<Backend | null>;

/** Training calls after which the state is read back, so that few must be repeated. */
const CALLS_PER_CHECKPOINT = 16;
/** Reading back the state of a large model takes long: the next reading waits this many times as long. */
const CHECKPOINT_PATIENCE = 50;

interface Setup {
  readonly spec: ModelSpec;
  readonly codes: Uint16Array;
  readonly rowCount: number;
  readonly hyper: Hyperparameters;
}

/**
 * A backend that outlives its device or its workers. When a call fails with `engine/unavailable` (device lost, out of
 * memory, model too large, dead worker), the next backend is opened. It gets the last state read back and repeats the
 * training calls since then, then the failed call. Plans decide everything random, so the training ends as it would
 * have.
 */
export class FailoverBackend implements Backend {
  #current: Backend;
  readonly #others: BackendOpener[];
  readonly #onMove: (sentence: string, adapter: string) => void;
  #setup: Setup | null = null;
  #checkpoint: TrainingState | null = null;
  #since: StepPlan[] = [];
  /** The last of the calls that have the backend to themselves. */
  #last: Promise<unknown> = Promise.resolve();
  /** All calls so far that may run side by side: drawings and evaluations. */
  #drawings: Promise<unknown> = Promise.resolve();
  #moving: Promise<void> | null = null;
  /** Milliseconds of the clock before which no state is read back. */
  #nextCheckpoint = 0;
  #disposed = false;
  /** Why the work moved, until a call succeeds again. */
  #reason: unknown = null;

  /**
   * @param first the backend to begin with
   * @param others tried in this order, each once
   * @param onMove gets one sentence for the person per move, and the name of the backend that goes on
   */
  constructor(
    first: Backend,
    others: readonly BackendOpener[],
    onMove: (sentence: string, adapter: string) => void,
  ) {
    this.#current = first;
    this.#others = [...others];
    this.#onMove = onMove;
  }

  get kind(): Backend['kind'] {
    return this.#current.kind;
  }

  get adapter(): string {
    return this.#current.adapter;
  }

  get concurrency(): number {
    return this.#current.concurrency ?? 1;
  }

  async init(spec: ModelSpec, codes: Uint16Array, rowCount: number, hyper: Hyperparameters): Promise<void> {
    this.#setup = null;
    this.#checkpoint = null;
    this.#since = [];
    await this.#attempt((backend) => backend.init(spec, codes, rowCount, hyper));
    this.#setup = { spec, codes, rowCount, hyper };
  }

  async setState(state: TrainingState): Promise<void> {
    await this.#attempt((backend) => backend.setState(state));
    this.#keep(state);
  }

  async getState(): Promise<TrainingState> {
    const state = await this.#attempt((backend) => backend.getState());
    this.#keep(state);
    return state;
  }

  async train(plan: StepPlan): Promise<Float32Array> {
    const losses = await this.#attempt((backend) => backend.train(plan));
    if (this.#others.length === 0) return losses;
    this.#since.push(copyPlan(plan));
    if (this.#since.length >= CALLS_PER_CHECKPOINT && Date.now() >= this.#nextCheckpoint) {
      const start = Date.now();
      await this.getState();
      this.#nextCheckpoint = Date.now() + CHECKPOINT_PATIENCE * (Date.now() - start);
    }
    return losses;
  }

  evaluate(request: EvaluationRequest): Promise<Float64Array> {
    const work = (backend: Backend) => backend.evaluate(request);
    return this.concurrency > 1 ? this.#beside(work) : this.#attempt(work);
  }

  generate(request: GenerationRequest): Promise<Uint16Array> {
    const work = (backend: Backend) => backend.generate(request);
    // Steps that rows were drawn after must not be done again with other noise: that would give away more.
    if (this.#since.some(({ privacy }) => privacy)) return this.getState().then(() => this.#beside(work));
    return this.#beside(work);
  }

  memory(): number {
    return this.#current.memory();
  }

  dispose(): void {
    this.#disposed = true;
    this.#current.dispose();
    this.#setup = null;
    this.#checkpoint = null;
    this.#since = [];
  }

  /** Callers may change what they gave or got. */
  #keep(state: TrainingState): void {
    this.#since = [];
    if (this.#others.length === 0) return;
    this.#checkpoint = {
      parameters: state.parameters.slice(),
      firstMoment: state.firstMoment.slice(),
      secondMoment: state.secondMoment.slice(),
      average: state.average.slice(),
    };
  }

  /** Runs a call alone, after all before it. */
  #attempt<T>(work: (backend: Backend) => Promise<T>): Promise<T> {
    const call = Promise.all([this.#last, this.#drawings]).then(() => this.#run(work));
    this.#last = call.catch(() => undefined);
    return call;
  }

  /** Runs a call after the last exclusive one, beside others of its kind. */
  #beside<T>(work: (backend: Backend) => Promise<T>): Promise<T> {
    const call = this.#last.then(() => this.#run(work));
    const settled = call.catch(() => undefined);
    this.#drawings = Promise.all([this.#drawings, settled]);
    return call;
  }

  async #run<T>(work: (backend: Backend) => Promise<T>): Promise<T> {
    await this.#moving;
    const backend = this.#current;
    try {
      const result = await work(backend);
      this.#announce();
      return result;
    } catch (error) {
      // Calls beside the one that caused the move fail too, whatever their errors say.
      if (backend === this.#current && this.#moving === null) {
        if (!isUnavailable(error)) throw error;
        this.#moving = this.#move(error).finally(() => {
          this.#moving = null;
        });
      }
      await this.#moving;
      return this.#run(work);
    }
  }

  /** Announces the backend that the work goes on with, not those tried in between. */
  #announce(): void {
    const reason = this.#reason;
    if (reason === null) return;
    this.#reason = null;
    this.#onMove(goesOnSentence(reason, this.#current), this.adapter);
  }

  /** Replaces the backend, or rethrows if another would not help or there is none. */
  async #move(reason: unknown): Promise<void> {
    if (!isUnavailable(reason)) throw reason;
    const open = this.#disposed ? undefined : this.#others.shift();
    if (!open) throw reason;
    const next = await open().catch(() => null);
    if (!next) return this.#move(reason);
    if (this.#disposed) {
      next.dispose();
      throw reason;
    }
    this.#reason ??= reason;
    this.#current.dispose();
    this.#current = next;
    try {
      await this.#restore(next);
    } catch (error) {
      return this.#move(error);
    }
  }

  async #restore(backend: Backend): Promise<void> {
    if (!this.#setup) return;
    const { spec, codes, rowCount, hyper } = this.#setup;
    await backend.init(spec, codes, rowCount, hyper);
    if (this.#checkpoint) await backend.setState(this.#checkpoint);
    for (const plan of this.#since) await backend.train(plan);
  }
}

function isUnavailable(reason: unknown): boolean {
  return reason instanceof UserError && reason.code === 'engine/unavailable';
}

/**
 * What a person reads when work moved. Leaves out the advice that the reason may end with (`details.advice`, or the
 * backend to choose): it has been followed.
 * @param reason error of the backend before
 */
function goesOnSentence(reason: unknown, next: Pick<Backend, 'adapter'>): string {
  const why = reason instanceof UserError ? withoutAdvice(reason) : 'The GPU failed at the first steps.';
  return `${why} The job goes on with ${next.adapter}.`;
}

function withoutAdvice({ message, details }: UserError): string {
  const advice = String(details['advice'] ?? '');
  return message
    .replace(/ Choose the backend “\w+”\.$/, '')
    .replace(advice, '')
    .trim();
}

/** Planners use the same arrays for every call. */
function copyPlan(plan: StepPlan): StepPlan {
  const count = plan.steps * plan.batchSize;
  return {
    ...plan,
    rows: plan.rows.slice(0, count),
    orderOf: plan.orderOf.slice(0, count),
    orders: { count: plan.orders.count, ranks: plan.orders.ranks.slice() },
    learningRate: plan.learningRate.slice(),
    emaDecay: plan.emaDecay.slice(),
  };
}
