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
import type { Journal } from '../training/journal';

/**
 * The backend of a training that may be run again from a checkpoint. While the journal answers, weights are not touched:
 * states that are given are only remembered, for their shape, and no call may compute.
 */
export class ReplayingBackend implements Backend {
  readonly #backend: Backend;
  readonly #journal: Pick<Journal, 'isReplaying'>;
  #given: TrainingState | null = null;

  constructor(backend: Backend, journal: Pick<Journal, 'isReplaying'>) {
    this.#backend = backend;
    this.#journal = journal;
  }

  get kind(): Backend['kind'] {
    return this.#backend.kind;
  }

  get adapter(): string {
    return this.#backend.adapter;
  }

  get concurrency(): number {
    return this.#backend.concurrency ?? 1;
  }

  init(spec: ModelSpec, codes: Uint16Array, rowCount: number, hyper: Hyperparameters): Promise<void> {
    return this.#backend.init(spec, codes, rowCount, hyper);
  }

  async setState(state: TrainingState): Promise<void> {
    if (this.#journal.isReplaying) this.#given = state;
    else await this.#backend.setState(state);
  }

  /** While the journal answers: of the right length, and nothing else is true of it. */
  async getState(): Promise<TrainingState> {
    if (!this.#journal.isReplaying) return this.#backend.getState();
    if (!this.#given) throw early();
    return this.#given;
  }

  async train(plan: StepPlan): Promise<Float32Array> {
    return this.#live().train(plan);
  }

  async evaluate(request: EvaluationRequest): Promise<Float64Array> {
    return this.#live().evaluate(request);
  }

  async generate(request: GenerationRequest): Promise<Uint16Array> {
    return this.#live().generate(request);
  }

  memory(): number {
    return this.#backend.memory();
  }

  dispose(): void {
    this.#backend.dispose();
  }

  #live(): Backend {
    if (this.#journal.isReplaying) throw early();
    return this.#backend;
  }
}

function early(): UserError {
  return new UserError('internal', 'The backend was asked to compute before its weights were restored.');
}
