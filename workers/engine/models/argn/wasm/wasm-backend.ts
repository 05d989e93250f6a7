import { UserError } from '../../../../../src/domain/errors';
import { checkGeneration } from '../network/generation-request';
import type {
  Backend,
  EvaluationRequest,
  GenerationRequest,
  Hyperparameters,
  ModelSpec,
  StepPlan,
  TrainingState,
} from '../network/network-backend';
import { writePads } from '../network/weight-layout';
import { drawTable } from './draw-rows';
import { evaluateSpans, sumSpans } from './evaluate-rows';
import { storeCodeTable } from './load-rows';
import { trainSteps } from './train-steps';
import { createWorkspace, type Workspace, weightsAt } from './workspace';

/** SIMD kernels on one thread. */
export class WasmBackend implements Backend {
  readonly kind = 'wasm';
  readonly adapter = 'WASM SIMD, 1 thread';
  readonly #module: WebAssembly.Module;
  #space: Workspace | undefined;
  #hyper: Hyperparameters | undefined;

  /** @param module `kernels.wasm`, compiled */
  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  async init(spec: ModelSpec, codes: Uint16Array, rowCount: number, hyper: Hyperparameters): Promise<void> {
    this.#space = createWorkspace(this.#module, spec, rowCount);
    this.#hyper = hyper;
    storeCodeTable(this.#space, codes);
  }

  async setState(state: TrainingState): Promise<void> {
    const { f32, at, layout } = this.#ready();
    for (const name of ['parameters', 'firstMoment', 'secondMoment', 'average'] as const) {
      const values = state[name];
      if (values.length !== layout.total)
        throw new UserError(
          'internal',
          `The saved ${name} has ${values.length} numbers, this model ${layout.total}. Train the model again.`,
        );
      f32.set(values, at[name] / 4);
    }
    writePads(layout, f32.subarray(at.parameters / 4, at.parameters / 4 + layout.total));
    writePads(layout, f32.subarray(at.average / 4, at.average / 4 + layout.total));
  }

  async getState(): Promise<TrainingState> {
    const { f32, at, layout } = this.#ready();
    const copy = (start: number) => f32.slice(start / 4, start / 4 + layout.total);
    return {
      parameters: copy(at.parameters),
      firstMoment: copy(at.firstMoment),
      secondMoment: copy(at.secondMoment),
      average: copy(at.average),
    };
  }

  async train(plan: StepPlan): Promise<Float32Array> {
    return trainSteps(this.#ready(), this.#hyper!, plan);
  }

  async evaluate(request: EvaluationRequest): Promise<Float64Array> {
    const space = this.#ready();
    const losses = evaluateSpans(space, weightsAt(space, request.weights), request, space.owned);
    const spans = losses.length / space.owned.length;
    return Float64Array.from(space.owned, (j) => sumSpans(losses.subarray(j * spans, (j + 1) * spans)));
  }

  async evaluateEach(request: EvaluationRequest): Promise<Float64Array> {
    const space = this.#ready();
    return evaluateSpans(space, weightsAt(space, request.weights), request, space.owned, 1);
  }

  async generate(request: GenerationRequest): Promise<Uint16Array> {
    const space = this.#ready();
    checkGeneration(space.layout.spec, request);
    return drawTable(space, weightsAt(space, request.weights), request);
  }

  memory(): number {
    return this.#space?.bytes ?? 0;
  }

  dispose(): void {
    this.#space = undefined;
  }

  #ready(): Workspace {
    if (!this.#space)
      throw new UserError('internal', 'The compute backend is used before init or after dispose.');
    return this.#space;
  }
}
