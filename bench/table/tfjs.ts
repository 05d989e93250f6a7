import { type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { ReferenceBackend } from '../../workers/engine/compute/reference/reference-backend';
import { HYPER, randomCodes, randomPlan, randomState } from '../../workers/engine/compute/testing/samples';
import { denseMask, denseModel, denseWeights, oneHotRows } from '../peers/dense-model';
import { DenseNetwork } from '../peers/dense-network';
import { openTfjsWasm } from '../peers/tfjs-wasm';
import { lineOf, type Report, rowsPerSecond, type TableOptions } from './line';
import { sandwichRatio } from './sandwich';
import { ADULT } from './shapes';
import { openModel, sliceTimer, stepTimer, type Timer } from './step-timer';

const BATCHES = [256, 512, 2048];
/** The table is resident as one-hot rows of floats: as many as make no difference to the time. */
const TABLE_ROWS = 4096;

/** Steps against the dense network on tfjs-wasm, op by op. */
export async function measureTfjsWasm(report: Report, { rounds }: TableOptions): Promise<void> {
  const { spec, rows } = ADULT;
  const version = await openTfjsWasm();
  const wasm = await openModel(spec, rows);
  const state = randomState(spec, 1);
  const table = randomCodes(spec, TABLE_ROWS, 1);
  const dense = new DenseNetwork(
    denseModel(spec),
    denseWeights(spec, state.parameters),
    oneHotRows(spec, table, TABLE_ROWS),
  );
  report.note(
    `tfjs-wasm trains the same function as one masked matrix of one-hot rows, ${await lossGap(dense)}; ` +
      'one column order a step, no dropout, no average of the weights, one thread, SIMD.',
  );
  for (const batchSize of BATCHES) {
    const own = await stepTimer(wasm, spec, rows, batchSize);
    const other = await tfjsTimer(dense, batchSize);
    const ratio = await sandwichRatio({ own, other, rounds });
    const what = `training step, Adult, batch ${batchSize.toLocaleString('en')}`;
    const against = `tfjs-wasm ${version}, dense, op by op`;
    report.line(lineOf(ratio, { what, against, figure: rowsPerSecond }));
  }
  dense.dispose();
  wasm.dispose();
}

/** The largest gap between its losses and ours on one batch, in words. */
async function lossGap(dense: DenseNetwork): Promise<string> {
  const { spec } = ADULT;
  const plan = randomPlan(spec, { steps: 1, batchSize: 64, tableRows: TABLE_ROWS, seed: 1, orders: 1 });
  const reference = new ReferenceBackend();
  await reference.init(spec, randomCodes(spec, TABLE_ROWS, 1), TABLE_ROWS, HYPER);
  await reference.setState(randomState(spec, 1));
  const wanted = await reference.train(plan);
  const { codes, units } = denseModel(spec);
  const mask = tensor2d(denseMask(spec, plan.orders, 0), [codes, units]);
  const losses = dense.step(Int32Array.from(plan.rows), mask, 0.001);
  const measured = (await losses.data()) as Float32Array;
  mask.dispose();
  losses.dispose();
  const gap = Math.max(...measured.map((loss, j) => Math.abs(loss - wanted[j]!)));
  return `losses equal to ${gap.toExponential(0)} from the same weights`;
}

async function tfjsTimer(dense: DenseNetwork, batchSize: number): Promise<Timer> {
  const { spec } = ADULT;
  const { codes, units } = denseModel(spec);
  return sliceTimer(batchSize, (steps, firstStep) => {
    const options = { steps, batchSize, tableRows: TABLE_ROWS, seed: 1, firstStep, orders: steps };
    const plan = randomPlan(spec, options);
    const masks = Array.from({ length: steps }, (_, step) => denseMask(spec, plan.orders, step));
    return async () => {
      let losses: Tensor | undefined;
      for (let step = 0; step < steps; step++) {
        const mask = tensor2d(masks[step]!, [codes, units]);
        losses?.dispose();
        const rows = Int32Array.from(plan.rows.subarray(step * batchSize, (step + 1) * batchSize));
        losses = dense.step(rows, mask, 0.002);
        mask.dispose();
      }
      await losses?.data();
      losses?.dispose();
    };
  });
}
