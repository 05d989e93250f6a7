import { UserError } from '../../../../../src/domain/errors';
import type {
  Backend,
  EvaluationRequest,
  GenerationRequest,
  StepPlan,
  TrainingState,
} from '../network/network-backend';

/** Weights that were trained are lost with the backend that held them. The training goes on from what is kept of it. */
export class WeightsLost extends Error {
  constructor() {
    super('The weights were lost with the backend that held them.');
  }
}

type Call = (backend: Backend) => Promise<unknown>;

/**
 * A backend that outlives its device or its workers. When a call fails with `engine/unavailable` (device lost, out of
 * memory, model too large, dead worker), the next backend gets the table and the weights as they were given, and the
 * call is repeated. Weights that were trained since are nowhere else: then every call is rejected with `WeightsLost`
 * until the next `init` (`training/lasting-training.ts`).
 */
export class FailoverBackend implements Backend {
  #current: Backend;
  readonly #others: AsyncIterator<Backend>;
  readonly #onMove: (sentence: string, adapter: string) => void;
  #table: Call | null = null;
  #weights: Call | null = null;
  #isTrained = false;
  #isLost = false;
  #moving: Promise<void> | null = null;
  #disposed = false;
  /** Why the work moved, until a call succeeds again. */
  #reason: unknown = null;

  /**
   * @param first the backend to begin with
   * @param others opened one after the other, each when the one before has failed
   * @param onMove gets one sentence for the person per move, and the name of the backend that goes on
   */
  constructor(
    first: Backend,
    others: AsyncIterator<Backend>,
    onMove: (sentence: string, adapter: string) => void,
  ) {
    this.#current = first;
    this.#others = others;
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

  async init(...table: Parameters<Backend['init']>): Promise<void> {
    const work: Call = (backend) => backend.init(...table);
    this.#table = null;
    this.#weights = null;
    this.#isTrained = false;
    this.#isLost = false;
    await this.#run(work);
    this.#table = work;
  }

  /** @param state is kept as it is, and must not change before the next one is given */
  async setState(state: TrainingState): Promise<void> {
    const work: Call = (backend) => backend.setState(state);
    await this.#run(work);
    this.#weights = work;
    this.#isTrained = false;
  }

  getState(): Promise<TrainingState> {
    return this.#run((backend) => backend.getState());
  }

  train(plan: StepPlan): Promise<Float32Array> {
    this.#isTrained = true;
    this.#weights = null;
    return this.#run((backend) => backend.train(plan));
  }

  evaluate(request: EvaluationRequest): Promise<Float64Array> {
    return this.#run((backend) => backend.evaluate(request));
  }

  generate(request: GenerationRequest): Promise<Uint16Array> {
    return this.#run((backend) => backend.generate(request));
  }

  memory(): number {
    return this.#current.memory();
  }

  dispose(): void {
    this.#disposed = true;
    this.#current.dispose();
    this.#table = null;
    this.#weights = null;
  }

  async #run<T>(work: (backend: Backend) => Promise<T>): Promise<T> {
    await this.#moving;
    if (this.#isLost) throw new WeightsLost();
    const backend = this.#current;
    try {
      const result = await work(backend);
      this.#announce();
      return result;
    } catch (error) {
      // Calls beside the one that caused the move fail too, whatever their errors say.
      if (backend === this.#current && this.#moving === null) {
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
    if (!isUnavailable(reason) || this.#disposed) throw reason;
    const next = await this.#others.next().then(
      ({ value, done }) => (done ? null : value),
      () => null,
    );
    if (!next) throw reason;
    if (this.#disposed) {
      next.dispose();
      throw reason;
    }
    this.#reason ??= reason;
    this.#current.dispose();
    this.#current = next;
    this.#isLost = this.#isTrained;
    if (this.#isLost) return;
    try {
      await this.#table?.(next);
      await this.#weights?.(next);
    } catch (error) {
      return this.#move(error);
    }
  }
}

/**
 * The first of some backends, which the others replace one after the other.
 * @param onMove as of `FailoverBackend`
 */
export async function openLasting(
  backends: AsyncIterator<Backend, void>,
  onMove: (sentence: string, adapter: string) => void = () => undefined,
): Promise<Backend> {
  const { value: first } = await backends.next();
  if (!first) throw new UserError('engine/unavailable', 'There is nothing to compute with.');
  // What computes on this thread lasts as long as the job.
  return first.kind === 'wasm' && (first.concurrency ?? 1) === 1
    ? first
    : new FailoverBackend(first, backends, onMove);
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
