/** Random models, tables and plans for tests of the backends. */
import { RandomStream } from '../../../../../src/domain/random';
import type {
  Backend,
  GenerationRequest,
  Hyperparameters,
  ModelSpec,
  StepPlan,
  TrainingState,
} from '../network/network-backend';
import { outputSegments } from '../network/output-levels';
import { createLayout, createState } from '../network/weight-layout';

export const HYPER: Hyperparameters = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 };

/** Per sub-column [cardinality, dimension, hidden, column]. */
export type Shape = readonly (readonly [number, number, number, number])[];

export function specOf(shape: Shape): ModelSpec {
  return {
    subColumns: shape.map(([cardinality, dimension, hidden, column]) => ({
      cardinality,
      dimension,
      hidden,
      column,
    })),
    columnCount: Math.max(...shape.map(([, , , column]) => column)) + 1,
  };
}

/** The same model with a random half of the inputs of each target, and those of its own column. */
export function withLists(spec: ModelSpec, seed: number): ModelSpec {
  const stream = new RandomStream(seed, 'input lists');
  const parts = spec.subColumns;
  const subColumns = parts.map((target, j) => {
    const others = parts.map((_, i) => i).filter((i) => i !== j);
    const kept = others.filter((i) => {
      const chosen = stream.uniform() < 0.5;
      return chosen || (i < j && parts[i]!.column === target.column);
    });
    return { ...target, inputs: kept };
  });
  return { ...spec, subColumns };
}

/** The same model with the codes of about every second sub-column in random classes, some of one code. */
export function withClasses(spec: ModelSpec, seed: number): ModelSpec {
  const stream = new RandomStream(seed, 'classes');
  const subColumns = spec.subColumns.map((part) => {
    if (stream.uniform() < 0.5) return part;
    const share = stream.uniform();
    const codes = Array.from({ length: part.cardinality }, (_, code) => code);
    return { ...part, classes: codes.filter((code) => code === 0 || stream.uniform() < share) };
  });
  return { ...spec, subColumns };
}

/** Weights of the size of initial ones, moments 0. */
export function randomState(spec: ModelSpec, seed: number): TrainingState {
  const layout = createLayout(spec);
  const state = createState(layout);
  const stream = new RandomStream(seed, 'weights');
  const { parameters } = state;
  spec.subColumns.forEach((target, j) => {
    for (const i of layout.inputs(j)) {
      const input = spec.subColumns[i]!;
      const width = layout.embeddingWidth(i);
      for (let at = 0; at < input.cardinality * width; at++) {
        if (at % width < input.dimension) parameters[layout.embedding(j, i) + at] = stream.normal();
      }
      for (let at = 0; at < input.dimension * target.hidden; at++) {
        parameters[layout.projection(j, i) + at] = stream.normal() / 4;
      }
    }
    const width = layout.outputWidth(j);
    const used = outputSegments(target, layout.levels(j)).flatMap(({ column, codes }) =>
      Array.from({ length: codes }, (_, k) => column + k),
    );
    for (let unit = 0; unit < target.hidden; unit++) {
      for (const k of used) parameters[layout.output(j) + unit * width + k] = stream.normal() / 4;
    }
    for (let k = 0; k < target.hidden; k++) parameters[layout.bias(j) + k] = stream.normal() / 4;
    for (const k of used) parameters[layout.outputBias(j) + k] = stream.normal();
  });
  state.average.set(parameters);
  return state;
}

/** Column-major codes with some dependence between neighbouring sub-columns. */
export function randomCodes(spec: ModelSpec, rows: number, seed: number): Uint16Array {
  const stream = new RandomStream(seed, 'codes');
  const codes = new Uint16Array(spec.subColumns.length * rows);
  for (let r = 0; r < rows; r++) {
    let previous = 0;
    spec.subColumns.forEach(({ cardinality }, i) => {
      previous =
        stream.uniform() < 0.5 ? previous % cardinality : Math.floor(cardinality * stream.uniform() ** 2);
      codes[i * rows + r] = previous;
    });
  }
  return codes;
}

export interface PlanOptions {
  readonly steps: number;
  readonly batchSize: number;
  readonly tableRows: number;
  readonly seed: number;
  readonly dropout?: number;
  readonly learningRate?: number;
  readonly firstStep?: number;
  /** Column orders to choose from per row; the first is the natural one. */
  readonly orders?: number;
}

/** Random rows, each in a random one of a few random column orders. */
export function randomPlan(spec: ModelSpec, options: PlanOptions): StepPlan {
  const { steps, batchSize, tableRows, seed, firstStep = 0, orders: count = 5 } = options;
  const stream = new RandomStream(seed, `plan ${firstStep}`);
  const ranks = new Uint16Array(count * spec.columnCount);
  for (let order = 0; order < count; order++) {
    const ranked = order === 0 ? undefined : stream.permutation(spec.columnCount);
    for (let c = 0; c < spec.columnCount; c++) ranks[order * spec.columnCount + c] = ranked?.[c] ?? c;
  }
  const rows = new Uint32Array(steps * batchSize);
  const orderOf = new Uint16Array(steps * batchSize);
  for (let r = 0; r < rows.length; r++) {
    rows[r] = stream.below(tableRows);
    orderOf[r] = stream.below(count);
  }
  return {
    firstStep,
    steps,
    batchSize,
    rows,
    orders: { count, ranks },
    orderOf,
    learningRate: new Float32Array(steps).fill(options.learningRate ?? 0.004),
    emaDecay: new Float32Array(steps).fill(0.9),
    dropout: options.dropout ?? 0,
    seed,
  };
}

/** An unconditional request in natural order. */
export function request(spec: ModelSpec, changes: Partial<GenerationRequest>): GenerationRequest {
  return {
    rows: 100,
    row0: 0,
    seed: 1,
    order: spec.subColumns.map((_, j) => j),
    fixed: spec.subColumns.map(() => null),
    logitBias: spec.subColumns.map(() => null),
    temperature: 1,
    topP: 1,
    sampling: 'independent',
    weights: 'current',
    ...changes,
  };
}

/** Initialises a backend with random weights and a random table. */
export async function prepare(
  backend: Backend,
  spec: ModelSpec,
  rows: number,
  seed: number,
): Promise<Uint16Array> {
  const codes = randomCodes(spec, rows, seed);
  await backend.init(spec, codes, rows, HYPER);
  await backend.setState(randomState(spec, seed));
  return codes;
}

/** Largest |a − b| relative to 1 + |b|. */
export function largestDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} numbers, not ${b.length}`);
  let largest = 0;
  for (let k = 0; k < a.length; k++)
    largest = Math.max(largest, Math.abs(a[k]! - b[k]!) / (1 + Math.abs(b[k]!)));
  return largest;
}
