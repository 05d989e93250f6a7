import { RandomStream } from '../../../src/domain/random';
import { withErrorScopes } from '../../../workers/engine/gpu/device';
import {
  type Backend,
  type GenerationRequest,
  type ModelSpec,
  NO_ROW,
} from '../../../workers/engine/models/argn/network/network-backend';
import { ReferenceBackend } from '../../../workers/engine/models/argn/reference/reference-backend';
import {
  prepare,
  randomPlan,
  request,
  type Shape,
  specOf,
  withClasses,
  withLists,
} from '../../../workers/engine/models/argn/testing/samples';
import { openBackend } from './open';

/** First codes of the classes per sub-column, or the seed of random ones. */
export type Classes = readonly (readonly number[] | null)[] | number;

export interface TrainingCase {
  readonly shape: Shape;
  readonly steps: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly dropout?: number;
  /** Rows left out at the end of every batch. */
  readonly missing?: number;
  /** Seed of random input lists; none without. */
  readonly lists?: number;
  readonly classes?: Classes;
}

export interface TrainingGaps {
  readonly loss: number;
  readonly firstMoment: number;
  readonly secondMoment: number;
  /** Mean over all weights. */
  readonly parameters: number;
  readonly average: number;
  readonly evaluation: number;
  readonly dispatchesPerStep: number;
  readonly submits: number;
  readonly repeated: boolean;
  readonly errors: readonly string[];
}

/** Trains the same plan on WebGPU and on the reference. */
export async function compareTraining(test: TrainingCase): Promise<TrainingGaps> {
  const { gpu, backend } = await openBackend();
  const spec = modelOf(test);
  const plan = randomPlan(spec, { ...test, tableRows: 41 });
  for (let step = 0; step < test.steps; step++) {
    const end = (step + 1) * test.batchSize;
    plan.rows.fill(NO_ROW, end - (test.missing ?? 0), end);
  }
  const { rows, orders, orderOf } = plan;
  const work = async (on: Backend) => {
    await prepare(on, spec, 41, test.seed);
    const losses = await on.train(plan);
    const state = await on.getState();
    return { losses, state, evaluation: await on.evaluate({ rows, orders, orderOf, weights: 'average' }) };
  };
  const { result, errors } = await withErrorScopes(gpu.device, async () => {
    await prepare(backend, spec, 41, test.seed);
    const before = backend.counts;
    const losses = await backend.train(plan);
    const after = backend.counts;
    const own = await work(backend);
    return {
      own,
      repeated: losses.every((loss, k) => loss === own.losses[k]),
      dispatches: after.dispatches - before.dispatches,
      submits: after.submits - before.submits,
    };
  });
  backend.dispose();
  const wanted = await work(new ReferenceBackend());
  const { own } = result;
  return {
    loss: largestGap(own.losses, wanted.losses),
    firstMoment: largestGap(own.state.firstMoment, wanted.state.firstMoment),
    secondMoment: largestGap(own.state.secondMoment, wanted.state.secondMoment),
    parameters: meanGap(own.state.parameters, wanted.state.parameters),
    average: meanGap(own.state.average, wanted.state.average),
    evaluation: largestGap(own.evaluation, wanted.evaluation),
    dispatchesPerStep: result.dispatches / test.steps,
    submits: result.submits,
    repeated: result.repeated,
    errors: [...errors, ...gpu.takeErrors()],
  };
}

/** Evaluates more rows than one block holds. @returns largest gap to the reference, relative */
export async function compareEvaluation(
  test: Pick<TrainingCase, 'shape' | 'classes'>,
  rows: number,
): Promise<number> {
  const { backend } = await openBackend();
  const spec = modelOf(test);
  const plan = randomPlan(spec, { steps: 1, batchSize: rows, tableRows: 41, seed: 6 });
  const losses: Float64Array[] = [];
  for (const on of [backend, new ReferenceBackend()]) {
    await prepare(on, spec, 41, 6);
    losses.push(await on.evaluate({ ...plan, weights: 'current' }));
    on.dispose();
  }
  return largestGap(losses[0]!, losses[1]!);
}

export interface GenerationCase {
  readonly shape: Shape;
  readonly seed: number;
  readonly changes: Partial<Omit<GenerationRequest, 'fixed' | 'logitBias'>>;
  /** Sub-column whose codes are given. */
  readonly fixed?: number;
  /** Sub-column with all even codes forbidden. */
  readonly biased?: number;
  readonly lists?: number;
  readonly classes?: Classes;
}

/** @returns rows that differ in any code between WebGPU and the reference, and whether two halves give the whole */
export async function compareGeneration(
  test: GenerationCase,
): Promise<{ different: number; forbidden: number; cuts: boolean; errors: readonly string[] }> {
  const { gpu, backend } = await openBackend();
  const spec = modelOf(test);
  const whole = generationRequest(test);
  const { rows } = whole;
  const { result, errors } = await withErrorScopes(gpu.device, async () => {
    await prepare(backend, spec, 10, test.seed);
    const own = await backend.generate(whole);
    const half = rows >> 1;
    const tail = await backend.generate({
      ...whole,
      rows: rows - half,
      row0: whole.row0 + half,
      fixed: whole.fixed.map((codes) => codes?.subarray(half) ?? null),
    });
    return { own, tail, half };
  });
  backend.dispose();
  const reference = new ReferenceBackend();
  await prepare(reference, spec, 10, test.seed);
  const wanted = await reference.generate(whole);
  const { own, tail, half } = result;
  let different = 0;
  let forbidden = 0;
  let cuts = true;
  for (let r = 0; r < rows; r++) {
    const same = spec.subColumns.every((_, j) => own[j * rows + r] === wanted[j * rows + r]);
    if (!same) different++;
    if (test.biased !== undefined && own[test.biased * rows + r]! % 2 === 0) forbidden++;
    if (r < half) continue;
    cuts &&= spec.subColumns.every((_, j) => own[j * rows + r] === tail[j * (rows - half) + r - half]);
  }
  return { different, forbidden, cuts, errors: [...errors, ...gpu.takeErrors()] };
}

function generationRequest({ shape, seed, changes, fixed, biased }: GenerationCase): GenerationRequest {
  const spec = specOf(shape);
  const plain = request(spec, { rows: 150, seed, ...changes });
  const stream = new RandomStream(seed, 'given');
  return {
    ...plain,
    fixed: spec.subColumns.map(({ cardinality }, j) =>
      j === fixed ? Uint16Array.from({ length: plain.rows }, () => stream.below(cardinality)) : null,
    ),
    logitBias: spec.subColumns.map(({ cardinality }, j) =>
      j === biased
        ? Float32Array.from({ length: cardinality }, (_, code) =>
            code % 2 === 0 ? Number.NEGATIVE_INFINITY : code / 10,
          )
        : null,
    ),
  };
}

function modelOf({ shape, lists, classes }: Pick<TrainingCase, 'shape' | 'lists' | 'classes'>): ModelSpec {
  const spec = lists === undefined ? specOf(shape) : withLists(specOf(shape), lists);
  if (typeof classes === 'number') return withClasses(spec, classes);
  const subColumns = spec.subColumns.map((part, j) => {
    const own = classes?.[j];
    return own ? { ...part, classes: own } : part;
  });
  return { ...spec, subColumns };
}

/** Largest |a − b| relative to 1 + |b|; infinite where a number is none. */
function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let k = 0; k < a.length; k++) {
    const gap = Math.abs(a[k]! - b[k]!) / (1 + Math.abs(b[k]!));
    largest = Number.isNaN(gap) ? Number.POSITIVE_INFINITY : Math.max(largest, gap);
  }
  return largest;
}

/** Mean |a − b| relative to 1 + |b|: Adam moves a weight whose gradient is rounding noise as far as any other. */
function meanGap(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += Math.abs(a[k]! - b[k]!) / (1 + Math.abs(b[k]!));
  return a.length === b.length ? sum / a.length : Number.POSITIVE_INFINITY;
}
