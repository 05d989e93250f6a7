import { UserError } from '../../../../src/domain/errors';
import type {
  Backend,
  EvaluationRequest,
  GenerationRequest,
  Hyperparameters,
  ModelSpec,
  StepPlan,
  TrainingState,
} from '../backend';
import { NO_ROW } from '../backend';
import { checkGeneration } from '../generation-plan';
import { writePads } from '../layout';
import { dropoutBase, dropoutOf, type OptimiserStep, optimiserStep } from '../numerics';
import { usedInputs, visibilityKeys } from '../visibility';
import { drawTable } from './draw-rows';
import { loadRows, type RowSelection, storeCodeTable } from './load-rows';
import { closeTarget, openTarget } from './target';
import { createWorkspace, ROW_CAPACITY, type Workspace } from './workspace';

/** SIMD kernels on one thread. A step goes target by target; only its block's gradient exists at a time. */
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
    const { spec } = this.#ready().layout;
    const parts = spec.subColumns.length;
    const keys = visibilityKeys(spec, plan.orders);
    const inputs = usedInputs(keys, parts);
    const losses = new Float32Array(plan.steps * parts);
    for (let step = 0; step < plan.steps; step++) {
      const start = step * plan.batchSize;
      const end = start + plan.batchSize;
      const selection = {
        rows: plan.rows.subarray(start, end),
        orderOf: plan.orderOf.subarray(start, end),
        keys,
      };
      this.#step(plan, step, selection, inputs, losses.subarray(step * parts, (step + 1) * parts));
    }
    return losses;
  }

  #step(plan: StepPlan, step: number, rows: RowSelection, inputs: Uint16Array[], losses: Float32Array): void {
    const space = this.#ready();
    const { at, kernels, layout } = space;
    const real = rows.rows.reduce((sum, row) => sum + (row === NO_ROW ? 0 : 1), 0);
    if (real === 0) return;
    const dropout = dropoutOf(plan.dropout);
    const update = optimiserStep(this.#hyper!, plan, step);
    const distance = at.tableGradients - at.tables;
    layout.spec.subColumns.forEach(({ hidden }, j) => {
      const width = layout.outputWidth(j);
      const gradient = at.gradient - 4 * layout.blockStart(j);
      const base = dropoutBase(plan, step, j);
      openTarget(space, at.parameters, j, inputs[j]!);
      const output = at.parameters + 4 * layout.output(j);
      kernels.transpose(output, 4 * width, at.outputTransposed, 4 * hidden, hidden, width);
      let loss = 0;
      for (let first = 0; first < plan.batchSize; first += ROW_CAPACITY) {
        const count = Math.min(ROW_CAPACITY, plan.batchSize - first);
        if (j === 0 || plan.batchSize > ROW_CAPACITY) loadRows(space, rows, first, count, 1 / real);
        kernels.setDropout(dropout.threshold, dropout.scale, base, first);
        loss += kernels.accumulateGradients(
          count,
          at.outputTransposed,
          distance,
          gradient + 4 * layout.output(j),
          gradient + 4 * layout.bias(j),
          gradient + 4 * layout.outputBias(j),
        );
      }
      closeTarget(space, j, inputs[j]!);
      this.#update(space, j, update);
      losses[j] = loss / real;
    });
  }

  #update(space: Workspace, j: number, { keep, rate, epsilon, ema }: OptimiserStep): void {
    const { at, kernels, layout } = space;
    const { beta1, beta2 } = this.#hyper!;
    const start = layout.blockStart(j);
    const decayed = layout.decayedSize(j);
    const run = (from: number, floats: number, factor: number) => {
      const block = 4 * (start + from);
      kernels.adamw(
        at.parameters + block,
        at.firstMoment + block,
        at.secondMoment + block,
        at.average + block,
        at.gradient + 4 * from,
        floats,
        factor,
        rate,
        epsilon,
        beta1,
        beta2,
        ema,
      );
    };
    run(0, decayed, keep);
    run(decayed, layout.blockSize(j) - decayed, 1);
  }

  async evaluate(request: EvaluationRequest): Promise<Float64Array> {
    const space = this.#ready();
    const { kernels, layout } = space;
    const { spec } = layout;
    const keys = visibilityKeys(spec, request.orders);
    const inputs = usedInputs(keys, spec.subColumns.length);
    const selection = { rows: request.rows, orderOf: request.orderOf, keys };
    const losses = new Float64Array(spec.subColumns.length);
    const single = request.rows.length <= ROW_CAPACITY;
    kernels.setDropout(0, 1, 0, 0);
    spec.subColumns.forEach((_, j) => {
      openTarget(space, this.#weights(space, request.weights), j, inputs[j]!);
      for (let first = 0; first < request.rows.length; first += ROW_CAPACITY) {
        const count = Math.min(ROW_CAPACITY, request.rows.length - first);
        if (j === 0 || !single) loadRows(space, selection, first, count, 1);
        losses[j]! += kernels.evaluateRows(count);
      }
    });
    return losses;
  }

  async generate(request: GenerationRequest): Promise<Uint16Array> {
    const space = this.#ready();
    checkGeneration(space.layout.spec, request);
    return drawTable(space, this.#weights(space, request.weights), request);
  }

  memory(): number {
    return this.#space?.bytes ?? 0;
  }

  dispose(): void {
    this.#space = undefined;
  }

  #weights(space: Workspace, which: 'current' | 'average'): number {
    return which === 'average' ? space.at.average : space.at.parameters;
  }

  #ready(): Workspace {
    if (!this.#space)
      throw new UserError('internal', 'The compute backend is used before init or after dispose.');
    return this.#space;
  }
}
