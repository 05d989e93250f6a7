import { RandomStream } from '../../../../../src/domain/random';
import { withErrorScopes } from '../../../gpu/device';
import {
  type Backend,
  type GenerationRequest,
  type GradientPrivacy,
  type ModelSpec,
  NO_ROW,
} from '../network/network-backend';
import { ReferenceBackend } from '../testing/reference-backend';
import { keystreamNormals } from '../testing/reference-keystream';
import { prepare, randomPlan, request, type Shape, specOf, withClasses, withLists } from '../testing/samples';
import { openBackend } from './open';

/** Rows of the table of every case. */
const ROWS = 41;

export interface ModelCase {
  readonly shape: Shape;
  /** Seed of random input lists; none without. */
  readonly lists?: number;
  /** First codes of the classes per sub-column, or the seed of random ones. */
  readonly classes?: readonly (readonly number[] | null)[] | number;
}

export interface TrainingCase extends ModelCase {
  readonly steps: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly dropout?: number;
  /** Rows left out at the end of every batch. */
  readonly missing?: number;
  /** Clipped gradients, with seeded noise. */
  readonly privacy?: GradientPrivacy;
}

/** How far WebGPU ends from the reference, and what it took. */
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
  /** The same training again gave the same losses. */
  readonly repeated: boolean;
  readonly errors: readonly string[];
}

/** Trains the same plan on WebGPU and on the reference. */
export async function compareTraining(test: TrainingCase): Promise<TrainingGaps> {
  const { gpu, backend } = await openBackend();
  const spec = modelOf(test);
  const { privacy } = test;
  const plan = { ...randomPlan(spec, { ...test, tableRows: ROWS }), ...(privacy && { privacy }) };
  for (let end = test.batchSize; end <= plan.rows.length; end += test.batchSize)
    plan.rows.fill(NO_ROW, end - (test.missing ?? 0), end);
  const work = async (on: Backend) => {
    await prepare(on, spec, ROWS, test.seed);
    const before = backend.counts;
    const losses = await on.train(plan);
    const { dispatches, submits } = backend.counts;
    return {
      losses,
      state: await on.getState(),
      evaluation: await on.evaluate({ ...plan, weights: 'average' }),
      dispatchesPerStep: (dispatches - before.dispatches) / test.steps,
      submits: submits - before.submits,
    };
  };
  const { result: runs, errors } = await withErrorScopes(gpu.device, async () => [
    await work(backend),
    await work(backend),
  ]);
  backend.dispose();
  const [own, again] = [runs[0]!, runs[1]!];
  const wanted = await work(new ReferenceBackend(keystreamNormals));
  return {
    loss: largestGap(own.losses, wanted.losses),
    firstMoment: largestGap(own.state.firstMoment, wanted.state.firstMoment),
    secondMoment: largestGap(own.state.secondMoment, wanted.state.secondMoment),
    parameters: meanGap(own.state.parameters, wanted.state.parameters),
    average: meanGap(own.state.average, wanted.state.average),
    evaluation: largestGap(own.evaluation, wanted.evaluation),
    dispatchesPerStep: own.dispatchesPerStep,
    submits: own.submits,
    repeated: own.losses.every((loss, k) => loss === again.losses[k]),
    errors: [...errors, ...gpu.takeErrors()],
  };
}

export interface EvaluationCase extends ModelCase {
  readonly rows: number;
}

/** Evaluates rows on both. @returns largest gap to the reference, relative */
export async function compareEvaluation(test: EvaluationCase): Promise<number> {
  const { backend } = await openBackend();
  const spec = modelOf(test);
  const plan = randomPlan(spec, { steps: 1, batchSize: test.rows, tableRows: ROWS, seed: 6 });
  const losses: Float64Array[] = [];
  for (const on of [backend, new ReferenceBackend()]) {
    await prepare(on, spec, ROWS, 6);
    losses.push(await on.evaluate({ ...plan, weights: 'current' }));
    on.dispose();
  }
  return largestGap(losses[0]!, losses[1]!);
}

export interface GenerationCase extends ModelCase {
  readonly seed: number;
  readonly changes?: Partial<Omit<GenerationRequest, 'fixed' | 'logitBias'>>;
  /** Sub-column whose codes are given. */
  readonly fixed?: number;
  /** Sub-column with all even codes forbidden. */
  readonly biased?: number;
}

export interface GenerationGaps {
  /** Rows in which any code differs. */
  readonly different: number;
  /** Rows with a forbidden code. */
  readonly forbidden: number;
  /** The second half alone is the second half of the whole. */
  readonly cuts: boolean;
  readonly errors: readonly string[];
}

/** Draws the same rows on WebGPU, whole and by half, and on the reference. */
export async function compareGeneration(test: GenerationCase): Promise<GenerationGaps> {
  const { gpu, backend } = await openBackend();
  const spec = modelOf(test);
  const whole = generationRequest(spec, test);
  const { rows } = whole;
  const half = rows >> 1;
  const { result, errors } = await withErrorScopes(gpu.device, async () => {
    await prepare(backend, spec, 10, test.seed);
    const own = await backend.generate(whole);
    const fixed = whole.fixed.map((codes) => codes?.subarray(half) ?? null);
    return {
      own,
      tail: await backend.generate({ ...whole, rows: rows - half, row0: whole.row0 + half, fixed }),
    };
  });
  backend.dispose();
  const reference = new ReferenceBackend();
  await prepare(reference, spec, 10, test.seed);
  const wanted = await reference.generate(whole);
  const { own, tail } = result;
  const parts = spec.subColumns.map((_, j) => j);
  const all = Array.from({ length: rows }, (_, r) => r);
  return {
    different: all.filter((r) => parts.some((j) => own[j * rows + r] !== wanted[j * rows + r])).length,
    forbidden:
      test.biased === undefined ? 0 : all.filter((r) => own[test.biased! * rows + r]! % 2 === 0).length,
    cuts: all
      .slice(half)
      .every((r) => parts.every((j) => own[j * rows + r] === tail[j * (rows - half) + r - half])),
    errors: [...errors, ...gpu.takeErrors()],
  };
}

function generationRequest(
  spec: ModelSpec,
  { seed, changes, fixed, biased }: GenerationCase,
): GenerationRequest {
  const plain = request(spec, { rows: 150, seed, ...changes });
  const stream = new RandomStream(seed, 'given');
  const given = (cardinality: number) =>
    Uint16Array.from({ length: plain.rows }, () => stream.below(cardinality));
  const bias = (cardinality: number) =>
    Float32Array.from({ length: cardinality }, (_, code) =>
      code % 2 === 0 ? Number.NEGATIVE_INFINITY : code / 10,
    );
  return {
    ...plain,
    fixed: spec.subColumns.map(({ cardinality }, j) => (j === fixed ? given(cardinality) : null)),
    logitBias: spec.subColumns.map(({ cardinality }, j) => (j === biased ? bias(cardinality) : null)),
  };
}

export function modelOf({ shape, lists, classes }: ModelCase): ModelSpec {
  const spec = lists === undefined ? specOf(shape) : withLists(specOf(shape), lists);
  if (typeof classes === 'number') return withClasses(spec, classes);
  const subColumns = spec.subColumns.map((part, j) => {
    const own = classes?.[j];
    return own ? { ...part, classes: own } : part;
  });
  return { ...spec, subColumns };
}

/** |a − b| relative to 1 + |b|; infinite where a number is none. */
function gapsOf(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  if (a.length !== b.length) return Float64Array.of(Number.POSITIVE_INFINITY);
  return Float64Array.from(b, (wanted, k) => {
    const gap = Math.abs(a[k]! - wanted) / (1 + Math.abs(wanted));
    return Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap;
  });
}

function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return gapsOf(a, b).reduce((largest, gap) => Math.max(largest, gap), 0);
}

/** The mean: Adam moves a weight whose gradient is rounding noise as far as any other. */
function meanGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const gaps = gapsOf(a, b);
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}
