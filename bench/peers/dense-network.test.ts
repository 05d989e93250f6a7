import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  createLayout,
  HYPER,
  type ModelSpec,
  openBackend,
  randomCodes,
  randomPlan,
  randomState,
  type StepPlan,
  specOf,
} from '../engine';
import { denseMask, denseModel, denseWeights, oneHotRows } from './dense-model';
import { DenseNetwork } from './dense-network';
import { openTfjsWasm } from './tfjs-wasm';

const ROWS = 60;

/** Embeddings as wide as their cardinality: with E = 1 the gradient of W_ij is that of T_ij. */
const SPEC = specOf([
  [5, 5, 8, 0],
  [3, 3, 4, 1],
  [7, 7, 8, 1],
  [2, 2, 4, 2],
]);
const LAYOUT = createLayout(SPEC);

function identityState(spec: ModelSpec) {
  const state = randomState(spec, 2);
  spec.subColumns.forEach((_, j) => {
    spec.subColumns.forEach(({ cardinality }, i) => {
      if (i === j) return;
      const start = LAYOUT.embedding(j, i);
      const width = LAYOUT.embeddingWidth(i);
      state.parameters.fill(0, start, start + cardinality * width);
      for (let code = 0; code < cardinality; code++) state.parameters[start + code * width + code] = 1;
    });
  });
  return state;
}

/** All rows of the plan in its second order, which is not the natural one. */
function onePlan(steps: number): StepPlan {
  const plan = randomPlan(SPEC, { steps, batchSize: 32, tableRows: ROWS, seed: 4, orders: 2 });
  plan.orderOf.fill(1);
  return plan;
}

async function openBoth() {
  await openTfjsWasm();
  const codes = randomCodes(SPEC, ROWS, 3);
  const state = identityState(SPEC);
  const ours = await openBackend('reference');
  await ours.init(SPEC, codes, ROWS, HYPER);
  await ours.setState(state);
  const weights = denseWeights(SPEC, state.parameters);
  return { ours, dense: new DenseNetwork(denseModel(SPEC), weights, oneHotRows(SPEC, codes, ROWS)) };
}

describe('DenseNetwork', () => {
  it('computes the losses and gradients of our network from the same weights', async () => {
    const { ours, dense } = await openBoth();
    const plan = onePlan(1);
    const losses = await ours.train(plan);
    const { firstMoment } = await ours.getState();
    const { units } = denseModel(SPEC);
    const mask = tensor2d(denseMask(SPEC, plan.orders, 1), [denseModel(SPEC).codes, units]);
    const [tables, bias, ...heads] = await dense.gradients(Int32Array.from(plan.rows), mask);
    const measured = await dense.step(Int32Array.from(plan.rows), mask, 0.004).data();
    expect(Math.max(...losses)).toBeGreaterThan(0.5);
    for (const [j, loss] of losses.entries()) expect(measured[j]).toBeCloseTo(loss, 4);

    const gradient = (at: number) => firstMoment[at]! / (1 - HYPER.beta1);
    denseModel(SPEC).parts.forEach(({ hidden, cardinality, unitStart }, j) => {
      for (let k = 0; k < hidden; k++) {
        expect(bias![unitStart + k]).toBeCloseTo(gradient(LAYOUT.bias(j) + k), 5);
        const row = LAYOUT.output(j) + k * LAYOUT.outputWidth(j);
        for (let code = 0; code < cardinality; code++)
          expect(heads[2 * j]![k * cardinality + code]).toBeCloseTo(gradient(row + code), 5);
      }
      denseModel(SPEC).parts.forEach((input, i) => {
        if (i === j) return;
        for (let code = 0; code < input.cardinality; code++)
          for (let k = 0; k < hidden; k++)
            expect(tables![(input.codeStart + code) * units + unitStart + k]).toBeCloseTo(
              gradient(LAYOUT.projection(j, i) + code * hidden + k),
              5,
            );
      });
    });
    dense.dispose();
  });

  it('learns: its loss falls over 100 steps', async () => {
    const { dense } = await openBoth();
    const plan = onePlan(1);
    const { codes, units } = denseModel(SPEC);
    const mask = tensor2d(denseMask(SPEC, plan.orders, 1), [codes, units]);
    const total = async () => {
      const losses = dense.step(Int32Array.from(plan.rows), mask, 0.01);
      const values = (await losses.data()) as Float32Array;
      losses.dispose();
      return values.reduce((all, loss) => all + loss, 0);
    };
    const first = await total();
    let last = first;
    for (let step = 0; step < 100; step++) last = await total();
    expect(last).toBeLessThan(first / 2);
    dense.dispose();
  });
});
