import { FailoverBackend } from '../backends/failover-backend';
import { GRID_STEPS, noisyStart } from '../network/gradient-noise';
import { type Backend, type GradientPrivacy, NO_ROW } from '../network/network-backend';
import { createLayout, type Layout } from '../network/weight-layout';
import { inTurn, workLasting } from '../testing/lasting-work';
import { ReferenceBackend } from '../testing/reference-backend';
import { keystreamNormals } from '../testing/reference-keystream';
import {
  HYPER,
  largestDistance,
  prepare,
  randomCodes,
  randomPlan,
  randomState,
  request,
} from '../testing/samples';
import { WebGpuBackend } from '../webgpu/webgpu-backend';
import { type ModelCase, modelOf } from './compare';
import { openBackend, openGpu, TINY_ROWS, TINY_SPEC } from './open';

const ROWS = 41;

export interface GradientCase extends ModelCase {
  readonly seed: number;
  /** The table's first rows; 0 = none, and noise alone. */
  readonly rows: number;
  readonly privacy: GradientPrivacy;
  /** Numbers of the hidden units' biases of target 0, instead of random ones. */
  readonly bias?: number;
}

/** The gradient of one step on the GPU, which the first moment is where beta1 is 0. */
async function gradientOf({ seed, rows, privacy, bias, ...model }: GradientCase) {
  const { gpu, backend } = await openBackend();
  const spec = modelOf(model);
  const layout = createLayout(spec);
  await backend.init(spec, randomCodes(spec, ROWS, seed), ROWS, { ...HYPER, beta1: 0 });
  const state = randomState(spec, seed);
  const start = layout.bias(0);
  if (bias !== undefined) state.parameters.fill(bias, start, start + spec.subColumns[0]!.hidden);
  await backend.setState(state);
  const plan = randomPlan(spec, { steps: 1, batchSize: Math.max(4, rows), tableRows: ROWS, seed });
  plan.rows.forEach((_, r) => {
    plan.rows[r] = r < rows ? r : NO_ROW;
  });
  await backend.train({ ...plan, privacy });
  const after = await backend.getState();
  backend.dispose();
  return { layout, before: state, after, errors: gpu.takeErrors() };
}

/** Norm of each target's gradient. */
export async function privateGradient(test: GradientCase): Promise<readonly number[]> {
  const { layout, after } = await gradientOf(test);
  return blocksOf(layout, (from, to) => Math.hypot(...after.firstMoment.subarray(from, to)));
}

export interface NoiseFacts {
  /** The numbers of the first target that are trained, in deviations. */
  readonly normals: readonly number[];
  /** All of them are whole numbers of steps of the grid. */
  readonly areWhole: boolean;
  /** Embeddings and their averages are what they were. */
  readonly keepsEmbeddings: boolean;
  readonly errors: readonly string[];
}

/** A step without rows. */
export async function drawNoise(
  test: ModelCase & { readonly noiseSeed: number | null },
): Promise<NoiseFacts> {
  const { noiseSeed, ...model } = test;
  const privacy = { clip: 1, deviation: GRID_STEPS, expectedRows: 1, noiseSeed };
  const { layout, before, after, errors } = await gradientOf({ ...model, seed: 1, rows: 0, privacy });
  const start = noisyStart(layout, 0);
  const drawn = after.firstMoment.subarray(start, layout.outputBias(0) + layout.outputWidth(0));
  const kept = blocksOf(layout, (from, _, j) =>
    (['parameters', 'average'] as const).every((name) => {
      const end = from + noisyStart(layout, j);
      return before[name].subarray(from, end).every((value, k) => value === after[name][from + k]);
    }),
  );
  return {
    normals: Array.from(drawn, (value) => value / GRID_STEPS),
    areWhole: drawn.every(Number.isInteger),
    keepsEmbeddings: kept.every(Boolean),
    errors,
  };
}

export interface LostTraining {
  readonly sentences: readonly string[];
  readonly kind: Backend['kind'];
  /** Of the average weights to those of the reference, undisturbed. */
  readonly gap: number;
}

/** A private training with seeded noise whose GPU is lost in its fourth call, after rows were drawn. */
export async function losePrivateTraining(): Promise<LostTraining> {
  const work = (backend: Backend, lose: () => void) =>
    workLasting(backend, async (own, train, journal) => {
      await prepare(own, TINY_SPEC, TINY_ROWS, 1);
      for (let call = 0; call < 6; call++) {
        const options = { steps: 4, batchSize: 8, tableRows: TINY_ROWS, seed: 5, firstStep: 4 * call };
        const privacy = { clip: 0.3, deviation: 1, expectedRows: 8, noiseSeed: 7 };
        const training = train({ ...randomPlan(TINY_SPEC, options), privacy });
        if (call === 3) lose();
        await training;
        if (call !== 2) continue;
        await journal.keep();
        if (!journal.isReplaying) await own.generate(request(TINY_SPEC, { rows: 4 }));
      }
      return (await own.getState()).average;
    });
  const gpu = await openGpu();
  const sentences: string[] = [];
  const reference = () => new ReferenceBackend(keystreamNormals);
  const backend = new FailoverBackend(
    new WebGpuBackend(gpu),
    inTurn(async () => reference()),
    (sentence) => sentences.push(sentence),
  );
  const own = await work(backend, () => gpu.device.destroy());
  const wanted = await work(reference(), () => undefined);
  return { sentences, kind: backend.kind, gap: largestDistance(own, wanted) };
}

function blocksOf<T>(layout: Layout, work: (from: number, to: number, j: number) => T): T[] {
  return layout.spec.subColumns.map((_, j) => {
    const from = layout.blockStart(j);
    return work(from, from + layout.blockSize(j), j);
  });
}
