import { UserError } from '../../../../../src/domain/errors';
import { checkGeneration } from '../network/generation-request';
import { embeddingReach, noisyStart, outputReach } from '../network/gradient-noise';
import type {
  Backend,
  EvaluationRequest,
  GenerationRequest,
  Hyperparameters,
  ModelSpec,
  StepPlan,
  TrainingState,
} from '../network/network-backend';
import { NO_ROW } from '../network/network-backend';
import { dropoutBase, dropoutOf, optimiserStep } from '../network/numerics';
import { usedInputs, visibilityKeys } from '../network/visibility';
import { createLayout, createState, type Layout, writePads } from '../network/weight-layout';
import { drawTable } from './reference-draw-rows';
import { accumulateClippedRow, accumulateRow, createScratch, projectGradients } from './reference-gradients';
import {
  exponentiate,
  hiddenUnits,
  logitsOf,
  materialise,
  type RowView,
  segmentsOf,
} from './reference-network';
import { finishGradient, type NormalSource, wordNormals } from './reference-noise';
import { updateBlock } from './reference-optimiser';

interface Model {
  readonly layout: Layout;
  readonly codes: Uint16Array;
  readonly rowCount: number;
  readonly hyper: Hyperparameters;
  state: TrainingState;
}

/** Plain TypeScript, slow and obvious: the oracle of tests, and the last resort without WebAssembly SIMD. */
export class ReferenceBackend implements Backend {
  readonly kind = 'reference';
  readonly adapter = 'TypeScript, 1 thread';
  readonly #normals: NormalSource;
  #model: Model | undefined;

  /** @param normals of private steps: the backend whose noise it has */
  constructor(normals: NormalSource = wordNormals) {
    this.#normals = normals;
  }

  async init(spec: ModelSpec, codes: Uint16Array, rowCount: number, hyper: Hyperparameters): Promise<void> {
    const layout = createLayout(spec);
    this.#model = { layout, codes, rowCount, hyper, state: createState(layout) };
  }

  async setState(state: TrainingState): Promise<void> {
    const model = this.#ready();
    const copy = copyState(state);
    for (const [name, values] of Object.entries(copy)) {
      if (values.length !== model.layout.total)
        throw new UserError(
          'internal',
          `The saved ${name} has ${values.length} numbers, this model ${model.layout.total}. Train the model again.`,
        );
    }
    writePads(model.layout, copy.parameters);
    writePads(model.layout, copy.average);
    model.state = copy;
  }

  async getState(): Promise<TrainingState> {
    return copyState(this.#ready().state);
  }

  async train(plan: StepPlan): Promise<Float32Array> {
    const { layout } = this.#ready();
    const parts = layout.spec.subColumns.length;
    const keys = visibilityKeys(layout.spec, plan.orders);
    const inputs = usedInputs(keys, layout);
    const losses = new Float32Array(plan.steps * parts);
    for (let step = 0; step < plan.steps; step++) {
      for (let j = 0; j < parts; j++) {
        losses[step * parts + j] = this.#trainTarget(plan, step, j, keys, inputs[j]!);
      }
    }
    return losses;
  }

  #trainTarget(plan: StepPlan, step: number, j: number, keys: Uint16Array, inputs: Uint16Array): number {
    const { layout, state, hyper } = this.#ready();
    const start = step * plan.batchSize;
    const rows = plan.rows.subarray(start, start + plan.batchSize);
    const real = rows.reduce((sum, row) => sum + (row === NO_ROW ? 0 : 1), 0);
    const { privacy } = plan;
    if (real === 0 && !privacy) return 0;
    const tables = materialise(layout, state.parameters, j, inputs);
    const gradients = {
      block: new Float64Array(layout.blockSize(j)),
      tables: tables.map((table) => new Float64Array(table.length)),
    };
    const scratch = createScratch(layout, j);
    const reach = privacy ? embeddingReach(layout, state.parameters, j) : 0;
    const column = privacy ? outputReach(layout, state.parameters, j) : 0;
    const drop = { dropout: dropoutOf(plan.dropout), base: dropoutBase(plan, step, j) };
    let loss = 0;
    for (let row = 0; row < rows.length; row++) {
      if (rows[row] === NO_ROW) continue;
      const view = this.#view(rows[row]!, plan.orderOf[start + row]!, j, keys);
      const shared = [layout, state.parameters, j, tables, view, scratch, { ...drop, row }] as const;
      loss += privacy
        ? accumulateClippedRow(...shared, { clip: privacy.clip, reach, column }, gradients)
        : accumulateRow(...shared, 1 / real, gradients);
    }
    projectGradients(layout, state.parameters, j, inputs, gradients, privacy !== undefined);
    if (privacy) finishGradient(layout, plan, step, j, gradients.block, privacy, this.#normals);
    const first = privacy ? noisyStart(layout, j) : 0;
    updateBlock(layout, state, gradients.block, j, hyper, optimiserStep(hyper, plan, step), first);
    return real === 0 ? 0 : loss / real;
  }

  async evaluate(request: EvaluationRequest): Promise<Float64Array> {
    const { layout } = this.#ready();
    const weights = this.#weights(request.weights);
    const parts = layout.spec.subColumns;
    const keys = visibilityKeys(layout.spec, request.orders);
    const inputs = usedInputs(keys, layout);
    return Float64Array.from(parts, (part, j) => {
      const tables = materialise(layout, weights, j, inputs[j]!);
      const { units, logits: scratch } = createScratch(layout, j);
      let loss = 0;
      request.rows.forEach((row, r) => {
        if (row === NO_ROW) return;
        const view = this.#view(row, request.orderOf[r]!, j, keys);
        hiddenUnits(layout, weights, j, tables, view, units);
        for (const segment of segmentsOf(part, layout.levels(j), view.codes[j]!)) {
          const logits = scratch.subarray(0, segment.codes);
          logitsOf(layout, weights, j, units, segment, logits);
          const own = logits[segment.label]!;
          const { sum, top } = exponentiate(logits);
          loss += Math.log(sum) + top - own;
        }
      });
      return loss;
    });
  }

  async generate(request: GenerationRequest): Promise<Uint16Array> {
    const { layout } = this.#ready();
    checkGeneration(layout.spec, request);
    return drawTable(layout, this.#weights(request.weights), request);
  }

  memory(): number {
    if (!this.#model) return 0;
    const { codes, layout } = this.#model;
    return codes.byteLength + 16 * layout.total;
  }

  dispose(): void {
    this.#model = undefined;
  }

  #view(row: number, order: number, j: number, keys: Uint16Array): RowView {
    const { layout, codes, rowCount } = this.#ready();
    const parts = layout.spec.subColumns.length;
    const own = new Uint16Array(parts);
    const visible: number[] = [];
    for (let i = 0; i < parts; i++) own[i] = codes[i * rowCount + row]!;
    for (const i of layout.inputs(j)) {
      if (keys[order * parts + i]! < keys[order * parts + j]!) visible.push(i);
    }
    return { codes: own, visible };
  }

  #weights(which: 'current' | 'average'): Float32Array {
    const { state } = this.#ready();
    return which === 'average' ? state.average : state.parameters;
  }

  #ready(): Model {
    if (!this.#model)
      throw new UserError('internal', 'The compute backend is used before init or after dispose.');
    return this.#model;
  }
}

function copyState(state: TrainingState): TrainingState {
  return {
    parameters: state.parameters.slice(),
    firstMoment: state.firstMoment.slice(),
    secondMoment: state.secondMoment.slice(),
    average: state.average.slice(),
  };
}
