import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Backend,
  type ModelSpec,
  NO_ROW,
  type StepPlan,
  type TrainingState,
} from '../network/network-backend';
import { createLayout } from '../network/weight-layout';
import { randomSpecs } from '../testing/random-specs';
import { ReferenceBackend } from '../testing/reference-backend';
import {
  HYPER,
  largestDistance,
  type PlanOptions,
  prepare,
  randomPlan,
  randomState,
  specOf,
} from '../testing/samples';
import { WasmBackend } from '../wasm/wasm-backend';
import { loadKernels } from './load-node';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadKernels();
});

const SHAPES = randomSpecs({ cardinality: 120, dimension: 13, hidden: 48, subColumns: 8 });

const MIXED = specOf([
  [7, 5, 8, 0],
  [10, 10, 12, 1],
  [33, 9, 32, 1],
  [2, 2, 16, 2],
  [103, 12, 80, 3],
]);

async function bothAfter(
  spec: ModelSpec,
  options: PlanOptions,
  change: (plan: StepPlan) => void = () => undefined,
): Promise<{ losses: Float32Array[]; states: TrainingState[]; evaluations: Float64Array[] }> {
  const plan = randomPlan(spec, options);
  change(plan);
  const result = {
    losses: [] as Float32Array[],
    states: [] as TrainingState[],
    evaluations: [] as Float64Array[],
  };
  for (const backend of [new WasmBackend(module), new ReferenceBackend()]) {
    await prepare(backend, spec, options.tableRows, options.seed);
    result.losses.push(await backend.train(plan));
    result.states.push(await backend.getState());
    const { rows, orders, orderOf } = plan;
    result.evaluations.push(await backend.evaluate({ rows, orders, orderOf, weights: 'average' }));
  }
  return result;
}

function expectAgreement({ losses, states, evaluations }: Awaited<ReturnType<typeof bothAfter>>): void {
  expect(largestDistance(losses[0]!, losses[1]!)).toBeLessThan(1e-5);
  expect(largestDistance(evaluations[0]!, evaluations[1]!)).toBeLessThan(1e-4);
  const [wasm, reference] = states as [TrainingState, TrainingState];
  expect(largestDistance(wasm.secondMoment, reference.secondMoment)).toBeLessThan(1e-6);
  // Adam divides by √v: a gradient of rounding noise moves a weight by as much as a real one, and the gradients of the
  // next step with it. Hence the means; the gradients of one step are compared one by one below.
  const mean = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, value, k) => sum + Math.abs(value - b[k]!), 0) / a.length;
  expect(mean(wasm.firstMoment, reference.firstMoment)).toBeLessThan(1e-6);
  expect(mean(wasm.parameters, reference.parameters)).toBeLessThan(1e-6);
  expect(mean(wasm.average, reference.average)).toBeLessThan(1e-6);
}

describe('WasmBackend.train', () => {
  it('agrees with the reference over 4 steps on random shapes', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        SHAPES,
        fc.integer({ min: 1, max: 70 }),
        fc.nat(1e6),
        async (spec, batchSize, seed) => {
          expectAgreement(await bothAfter(spec, { steps: 4, batchSize, tableRows: 50, seed }));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('has the gradients of the reference on random shapes', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        SHAPES,
        fc.integer({ min: 1, max: 70 }),
        fc.nat(1e6),
        async (spec, batchSize, seed) => {
          const { states } = await bothAfter(spec, { steps: 1, batchSize, tableRows: 50, seed });
          expect(largestDistance(states[0]!.firstMoment, states[1]!.firstMoment)).toBeLessThan(2e-7);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('drops the same hidden units', async () => {
    expectAgreement(
      await bothAfter(MIXED, { steps: 3, batchSize: 65, tableRows: 80, seed: 5, dropout: 0.25 }),
    );
  });

  it('gives pads of a batch no weight', async () => {
    const options = { steps: 2, batchSize: 40, tableRows: 60, seed: 9, dropout: 0.1 };
    expectAgreement(
      await bothAfter(MIXED, options, (plan) => {
        plan.rows.fill(NO_ROW, 3, 7);
        plan.rows.fill(NO_ROW, 61);
      }),
    );
  });

  it('loads batches beyond its row capacity in pieces', async () => {
    const small = specOf([
      [3, 2, 4, 0],
      [5, 3, 8, 1],
    ]);
    const options = { steps: 2, batchSize: 8192 + 37, tableRows: 500, seed: 3, dropout: 0.2 };
    expectAgreement(await bothAfter(small, options));
  });

  it('never moves a pad', async () => {
    const backend = new WasmBackend(module);
    await prepare(backend, MIXED, 100, 2);
    await backend.train(randomPlan(MIXED, { steps: 20, batchSize: 32, tableRows: 100, seed: 2 }));
    const { parameters } = await backend.getState();
    const before = randomState(MIXED, 2).parameters;
    const layout = createLayout(MIXED);
    const width = layout.embeddingWidth(0);
    expect(width).toBe(8);
    for (let code = 0; code < 7; code++) {
      const pads = parameters.subarray(layout.embedding(1, 0) + code * width + 5);
      expect([...pads.subarray(0, 3)]).toEqual([0, 0, 0]);
    }
    expect(parameters[layout.outputBias(0) + 7]).toBe(before[layout.outputBias(0) + 7]);
    for (let unit = 0; unit < 8; unit++) expect(parameters[layout.output(0) + unit * 8 + 7]).toBe(0);
  });

  it('repeats itself bit for bit, also in other pieces', async () => {
    const whole = randomPlan(MIXED, { steps: 6, batchSize: 33, tableRows: 90, seed: 4, dropout: 0.1 });
    const states: TrainingState[] = [];
    for (const cut of [6, 2]) {
      const backend = new WasmBackend(module);
      await prepare(backend, MIXED, 90, 4);
      for (let step = 0; step < 6; step += cut) await backend.train(piece(whole, step, cut));
      states.push(await backend.getState());
    }
    expect(states[0]!.parameters).toEqual(states[1]!.parameters);
    expect(states[0]!.average).toEqual(states[1]!.average);
  });
});

function piece(plan: StepPlan, step: number, steps: number): StepPlan {
  const from = step * plan.batchSize;
  const to = from + steps * plan.batchSize;
  return {
    ...plan,
    firstStep: plan.firstStep + step,
    steps,
    rows: plan.rows.slice(from, to),
    orderOf: plan.orderOf.slice(from, to),
    learningRate: plan.learningRate.slice(step, step + steps),
    emaDecay: plan.emaDecay.slice(step, step + steps),
  };
}

describe('WasmBackend over long runs', () => {
  it('keeps no denormal number after 2,500 steps', { timeout: 60_000 }, async () => {
    const backend = new WasmBackend(module);
    const spec = specOf([
      [40, 8, 16, 0],
      [30, 8, 16, 1],
      [5, 4, 8, 2],
    ]);
    await prepare(backend, spec, 300, 6);
    // After 200 steps over all rows only 4 remain: the gradients of all other codes are 0 from then on.
    await backend.train(randomPlan(spec, { steps: 200, batchSize: 16, tableRows: 300, seed: 6 }));
    const few = { steps: 2300, batchSize: 8, tableRows: 4, seed: 6, firstStep: 200 };
    await backend.train(randomPlan(spec, few));
    const state = await backend.getState();
    const denormals = (values: Float32Array) =>
      values.reduce((sum, x) => sum + (x !== 0 && Math.abs(x) < 1.1754944e-38 ? 1 : 0), 0);
    expect(denormals(state.firstMoment)).toBe(0);
    expect(denormals(state.secondMoment)).toBe(0);
    expect(denormals(state.parameters)).toBe(0);
    expect(denormals(state.average)).toBe(0);
    // The cut-off was needed: moments that were not 0 before have decayed to 0.
    expect(state.firstMoment.filter((m) => m === 0).length).toBeGreaterThan(state.firstMoment.length / 3);
  });

  it('clears moments and averages that are about to become denormal', async () => {
    const states: TrainingState[] = [];
    for (const backend of [new WasmBackend(module), new ReferenceBackend()]) {
      await prepare(backend, MIXED, 5, 3);
      const state = await backend.getState();
      state.firstMoment.fill(1.05e-30);
      state.secondMoment.fill(1.0005e-30);
      await backend.setState(state);
      await backend.train(randomPlan(MIXED, { steps: 1, batchSize: 8, tableRows: 5, seed: 3 }));
      states.push(await backend.getState());
    }
    // Of 103 codes at most 5 are in the table: all other embeddings have gradient 0 and only decay.
    const layout = createLayout(MIXED);
    const start = layout.embedding(0, 4);
    for (const { firstMoment, secondMoment } of states) {
      for (const moments of [firstMoment, secondMoment]) {
        const block = moments.subarray(start, start + 103 * layout.embeddingWidth(4));
        expect(block.filter((value) => value === 0).length).toBeGreaterThan(0.9 * block.length);
        expect(moments.every((value) => value === 0 || Math.abs(value) >= 1e-30)).toBe(true);
      }
    }
  });

  it('stays finite over 10,000 steps at a learning rate of 0.05', { timeout: 60_000 }, async () => {
    const backend = new WasmBackend(module);
    const spec = specOf([
      [20, 6, 8, 0],
      [3, 3, 8, 1],
      [9, 5, 8, 2],
    ]);
    await prepare(backend, spec, 200, 8);
    const plan = randomPlan(spec, {
      steps: 10_000,
      batchSize: 8,
      tableRows: 200,
      seed: 8,
      learningRate: 0.05,
    });
    const losses = await backend.train(plan);
    expect(losses.every(Number.isFinite)).toBe(true);
    const state = await backend.getState();
    for (const values of Object.values(state))
      expect((values as Float32Array).every(Number.isFinite)).toBe(true);
  });

  it('keeps the size of its memory, and learns', async () => {
    const backend: Backend = new WasmBackend(module);
    await prepare(backend, MIXED, 400, 7);
    const before = backend.memory();
    const losses = await backend.train(
      randomPlan(MIXED, { steps: 150, batchSize: 64, tableRows: 400, seed: 7 }),
    );
    expect(backend.memory()).toBe(before);
    const parts = MIXED.subColumns.length;
    const total = (step: number) =>
      losses.subarray(step * parts, (step + 1) * parts).reduce((a, b) => a + b, 0);
    expect(total(149)).toBeLessThan(0.8 * total(0));
  });

  it('refuses a state of another model', async () => {
    const backend = new WasmBackend(module);
    await backend.init(MIXED, new Uint16Array(5), 1, HYPER);
    const other = randomState(specOf([[3, 2, 4, 0]]), 1);
    await expect(backend.setState(other)).rejects.toThrow(/Train the model again/);
  });
});
