import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { GRID_STEPS, NOISE_CHUNK, NOISE_RESERVE } from '../network/gradient-noise';
import {
  type GradientPrivacy,
  type ModelSpec,
  NO_ROW,
  type StepPlan,
  type TrainingState,
} from '../network/network-backend';
import { createLayout } from '../network/weight-layout';
import { randomSpecs } from '../testing/random-specs';
import { ReferenceBackend } from '../testing/reference-backend';
import { normalsOf } from '../testing/reference-noise';
import {
  HYPER,
  largestDistance,
  type PlanOptions,
  randomCodes,
  randomPlan,
  randomState,
  specOf,
} from '../testing/samples';
import { loadKernels } from './load-node';
import { WasmBackend } from './wasm-backend';
import { createWorkspace } from './workspace';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadKernels();
});

const SHAPES = randomSpecs({ cardinality: 90, dimension: 13, hidden: 32, subColumns: 6 });
const MIXED = specOf([
  [7, 5, 8, 0],
  [10, 10, 12, 1],
  [33, 9, 32, 1],
  [300, 4, 16, 2],
]);
const PRIVACY: GradientPrivacy = { clip: 0.5, deviation: 0, expectedRows: 20, noiseSeed: 7 };
/** The first moment is then the gradient, and the update moves no weight by more than the learning rate. */
const GRADIENT = { ...HYPER, beta1: 0 };

interface Case extends PlanOptions {
  readonly privacy: GradientPrivacy;
}

async function trained(
  backend: WasmBackend | ReferenceBackend,
  spec: ModelSpec,
  { privacy, ...options }: Case,
  change: (plan: StepPlan) => void = () => undefined,
): Promise<{ losses: Float32Array; state: TrainingState }> {
  const plan = { ...randomPlan(spec, options), privacy };
  change(plan);
  await backend.init(spec, randomCodes(spec, options.tableRows, options.seed), options.tableRows, GRADIENT);
  await backend.setState(randomState(spec, options.seed));
  return { losses: await backend.train(plan), state: await backend.getState() };
}

const batches = fc.record({ batchSize: fc.integer({ min: 1, max: 70 }), seed: fc.nat(1e6) });

/** Of the codes of a model of one sub-column. */
async function probabilitiesOf(spec: ModelSpec, seed: number): Promise<number[]> {
  const backend = new WasmBackend(module);
  const codes = spec.subColumns[0]!.cardinality;
  await backend.init(
    spec,
    Uint16Array.from({ length: codes }, (_, y) => y),
    codes,
    HYPER,
  );
  await backend.setState(randomState(spec, seed));
  const { orders } = randomPlan(spec, { steps: 1, batchSize: 1, tableRows: 1, seed });
  const losses = Array.from({ length: codes }, (_, y) =>
    backend.evaluate({ rows: Uint32Array.of(y), orders, orderOf: Uint16Array.of(0), weights: 'current' }),
  );
  return (await Promise.all(losses)).map(([loss]) => Math.exp(-loss!));
}

describe('Private steps of the kernels', () => {
  it('clip the rows as the reference does, on random shapes', { timeout: 120_000 }, async () => {
    const clips = fc.constantFrom(0.05, 1, 1e3);
    await fc.assert(
      fc.asyncProperty(SHAPES, batches, clips, async (spec, batch, clip) => {
        const test = { ...batch, steps: 1, tableRows: 50, dropout: 0.1, privacy: { ...PRIVACY, clip } };
        const own = await trained(new WasmBackend(module), spec, test);
        const wanted = await trained(new ReferenceBackend(), spec, test);
        expect(largestDistance(own.losses, wanted.losses)).toBeLessThan(1e-5);
        expect(largestDistance(own.state.firstMoment, wanted.state.firstMoment)).toBeLessThan(
          5e-6 * Math.max(1, clip),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('add the same noise as the reference, over several steps', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(SHAPES, batches, async (spec, batch) => {
        const test = { ...batch, steps: 3, tableRows: 50, privacy: { ...PRIVACY, deviation: 2 } };
        const own = await trained(new WasmBackend(module), spec, test);
        const wanted = await trained(new ReferenceBackend(), spec, test);
        for (const name of ['firstMoment', 'parameters', 'average'] as const)
          expect(largestDistance(own.state[name], wanted.state[name])).toBeLessThan(2e-4);
        expect(own.state.firstMoment.some((value) => value !== 0)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('let no row move the sum by more than the clip, whatever it holds', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(SHAPES, fc.nat(1e6), fc.constantFrom(0.01, 0.3, 4), async (spec, seed, clip) => {
        const layout = createLayout(spec);
        const privacy = { ...PRIVACY, clip, expectedRows: 1 };
        const test = { steps: 1, batchSize: 1, tableRows: 9, seed, privacy };
        const { state } = await trained(new WasmBackend(module), spec, test);
        spec.subColumns.forEach((_, j) => {
          const block = state.firstMoment.subarray(
            layout.blockStart(j),
            layout.blockStart(j) + layout.blockSize(j),
          );
          expect(Math.hypot(...block)).toBeLessThanOrEqual(clip * (1 + 1e-5));
        });
      }),
      { numRuns: 40 },
    );
  });

  it('weigh rows by what they could hold, not by what they hold', async () => {
    const spec = specOf([[5, 3, 8, 0]]);
    const test = { steps: 1, batchSize: 1, tableRows: 9, seed: 3, privacy: { ...PRIVACY, clip: 0.01 } };
    const layout = createLayout(spec);
    // c's gradient is the factor times p − y: equal factors leave p − y with a sum of 0 over all codes.
    const factors = await Promise.all(
      [0, 1, 2, 3, 4].map(async (code) => {
        const backend = new WasmBackend(module);
        await backend.init(spec, new Uint16Array(9).fill(code), 9, GRADIENT);
        await backend.setState(randomState(spec, 3));
        await backend.train({ ...randomPlan(spec, test), privacy: test.privacy });
        const { firstMoment } = await backend.getState();
        const c = firstMoment.subarray(layout.outputBias(0), layout.outputBias(0) + 5);
        return c.reduce((sum, value, k) => sum + (k === code ? 0 : value), 0) - c[code]!;
      }),
    );
    const probabilities = await probabilitiesOf(spec, 3);
    // Of code y it is factor · 2(1 − p_y).
    const each = factors.map((value, y) => value / (2 * (1 - probabilities[y]!)));
    for (const value of each) expect(value / each[0]!).toBeCloseTo(1, 4);
  });

  it('come near the clip where the gradient is larger', async () => {
    const spec = specOf([[5, 3, 8, 0]]);
    const privacy = { ...PRIVACY, clip: 0.01, expectedRows: 1 };
    const test = { steps: 1, batchSize: 1, tableRows: 9, seed: 3, privacy };
    const { state } = await trained(new WasmBackend(module), spec, test);
    expect(Math.hypot(...state.firstMoment)).toBeGreaterThan(0.002);
  });

  it('add nothing of a row whose numbers broke', async () => {
    const spec = specOf([[5, 3, 8, 0]]);
    const backend = new WasmBackend(module);
    await backend.init(spec, randomCodes(spec, 9, 1), 9, GRADIENT);
    const state = randomState(spec, 1);
    state.parameters.fill(3e38, createLayout(spec).bias(0), createLayout(spec).bias(0) + 8);
    await backend.setState(state);
    const plan = randomPlan(spec, { steps: 1, batchSize: 6, tableRows: 9, seed: 1 });
    await backend.train({ ...plan, privacy: { ...PRIVACY, clip: 1 } });
    const { firstMoment } = await backend.getState();
    expect(Math.hypot(...firstMoment)).toBeLessThanOrEqual(6 / 20);
  });

  it('leave embeddings and pads alone, and add noise without rows', async () => {
    const privacy = { ...PRIVACY, deviation: 1, noiseSeed: null };
    const test = { steps: 2, batchSize: 8, tableRows: 40, seed: 2, privacy };
    const { state } = await trained(new WasmBackend(module), MIXED, test, (plan) => plan.rows.fill(NO_ROW));
    const before = randomState(MIXED, 2);
    const layout = createLayout(MIXED);
    MIXED.subColumns.forEach((_, j) => {
      const first = layout.projection(j, layout.inputs(j)[0]!);
      expect(state.parameters.subarray(layout.blockStart(j), first)).toEqual(
        before.parameters.subarray(layout.blockStart(j), first),
      );
      expect(state.parameters[first]).not.toBe(before.parameters[first]);
      const c = layout.outputBias(j);
      expect(state.parameters[c]).not.toBe(before.parameters[c]);
    });
    const [pad] = [layout.outputBias(0) + 7];
    expect(state.parameters[pad]).toBe(before.parameters[pad]);
    for (let unit = 0; unit < 8; unit++) expect(state.parameters[layout.output(0) + unit * 8 + 7]).toBe(0);
  });

  it('draw other noise each time unless a seed is given', async () => {
    const options = { steps: 1, batchSize: 8, tableRows: 40, seed: 2 };
    const run = async (noiseSeed: number | null) => {
      const privacy = { ...PRIVACY, deviation: 1, noiseSeed };
      return (await trained(new WasmBackend(module), MIXED, { ...options, privacy })).state.firstMoment;
    };
    expect(await run(5)).toEqual(await run(5));
    expect(await run(5)).not.toEqual(await run(6));
    expect(await run(null)).not.toEqual(await run(null));
  });
});

describe('Noise of the kernels', () => {
  /** Noise on given sums, in deviations. */
  function noisy(words: Uint32Array, reserve: Uint32Array, sums: Float32Array): Float32Array {
    const { kernels, at, u32, f32 } = createWorkspace(module, specOf([[60, 8, 400, 0]]), 1);
    u32.set(words, at.noise / 4);
    u32.set(reserve, at.noise / 4 + NOISE_CHUNK);
    f32.set(sums, at.gradient / 4);
    const spare = at.noise + 4 * NOISE_CHUNK;
    const end = spare + 4 * NOISE_RESERVE;
    kernels.addNoise(at.gradient, sums.length, at.noise, spare, end, 1 / GRID_STEPS, 1);
    return f32.slice(at.gradient / 4, at.gradient / 4 + sums.length);
  }
  const random = (count: number) => crypto.getRandomValues(new Uint32Array(count));

  it('is normal: moments, and shares beyond each deviation', () => {
    const draws: number[] = [];
    for (let k = 0; k < 40; k++)
      draws.push(...noisy(random(NOISE_CHUNK), random(NOISE_RESERVE), new Float32Array(NOISE_CHUNK)));
    const n = draws.length;
    const moment = (power: number) => draws.reduce((sum, x) => sum + x ** power, 0) / n;
    // Five standard errors of each.
    expect(Math.abs(moment(1))).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
    for (const [bound, share] of [
      [0.1, 0.920344325],
      [1, 0.317310508],
      [2, 0.045500264],
      [3, 0.002699796],
      [4, 6.334248e-5],
    ] as const) {
      const beyond = draws.filter((x) => Math.abs(x) > bound).length;
      expect(Math.abs(beyond - n * share)).toBeLessThan(5 * Math.sqrt(n * share) + 5);
    }
  });

  it('is that of the words, far out and near 0 as well', () => {
    const words = random(NOISE_CHUNK);
    // Radii from the smallest word to the largest.
    [0, 1, 2, 65_535, 65_536, 2 ** 31, 2 ** 32 - 1, 2 ** 32 - 2, 3_037_000_499].forEach((word, k) => {
      words[8 * k + (k % 4)] = word;
    });
    const reserve = random(NOISE_RESERVE);
    reserve[0] = 0;
    const drawn = noisy(words, reserve, new Float32Array(NOISE_CHUNK));
    const wanted = normalsOf(words, reserve);
    for (let k = 0; k < NOISE_CHUNK; k++)
      expect(Math.abs(drawn[k]! - wanted[k]!)).toBeLessThan(2e-6 * (1 + Math.abs(wanted[k]!)));
    // 64 bits of radius: √(2 ln 2⁶⁵) at the most.
    expect(Math.max(...wanted.map(Math.abs))).toBeGreaterThan(6.7);
  });

  it('is a whole number of steps of the grid, and so is the sum before it', () => {
    const words = random(64);
    const reserve = random(NOISE_RESERVE);
    const sums = Float32Array.from({ length: 64 }, (_, k) => (k - 31) * 0.0123456789);
    const drawn = noisy(words, reserve, sums);
    const silent = noisy(words, reserve, new Float32Array(64));
    drawn.forEach((value, k) => {
      expect(Number.isInteger(value * GRID_STEPS)).toBe(true);
      const steps = (value - silent[k]!) * GRID_STEPS;
      expect(Number.isInteger(steps)).toBe(true);
      expect(Math.abs(steps - sums[k]! * GRID_STEPS)).toBeLessThanOrEqual(0.5);
    });
  });
});
