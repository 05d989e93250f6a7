/** Training steps of ours in Node, timed the same way for every line. */
import {
  type Backend,
  HYPER,
  type ModelSpec,
  openBackend,
  randomCodes,
  randomPlan,
  randomState,
} from '../engine';
import { timed } from '../terminal';

/** A slice that a clock and a scheduler do not notice. */
const SLICE_MILLISECONDS = 80;
const DROPOUT = 0.1;
/** Orders of columns to choose from in a step, as the recipe has them. */
const ORDERS = 16;

/** Measures milliseconds per row. */
export type Timer = () => Promise<number>;

/** A backend with a random model and a random table. */
export async function openModel(
  spec: ModelSpec,
  rows: number,
  backend: Backend | 'wasm' | 'reference' = 'wasm',
): Promise<Backend> {
  const opened = typeof backend === 'string' ? await openBackend(backend) : backend;
  await opened.init(spec, randomCodes(spec, rows, 1), rows, HYPER);
  await opened.setState(randomState(spec, 1));
  return opened;
}

/** Times steps in slices as long as measuring needs; warms up first. */
export async function stepTimer(
  backend: Backend,
  spec: ModelSpec,
  tableRows: number,
  batchSize: number,
): Promise<Timer> {
  return sliceTimer(batchSize, (steps, firstStep) => {
    const fixed = { batchSize, tableRows, seed: 1, dropout: DROPOUT, learningRate: 0.002, orders: ORDERS };
    const plan = randomPlan(spec, { ...fixed, steps, firstStep });
    return () => backend.train(plan);
  });
}

/**
 * Times any work that comes in equal steps.
 * @param rowsPerStep what the time of a step is divided by
 * @param prepare makes ready, untimed, what runs that many steps
 */
export async function sliceTimer(
  rowsPerStep: number,
  prepare: (steps: number, firstStep: number) => () => Promise<unknown>,
): Promise<Timer> {
  let done = 0;
  const slice = async (steps: number) => {
    const work = prepare(steps, done);
    done += steps;
    return (await timed(work)) / steps;
  };
  await slice(1);
  const once = await slice(1);
  const steps = Math.max(1, Math.min(64, Math.round(SLICE_MILLISECONDS / once)));
  return async () => (await slice(steps)) / rowsPerStep;
}

/** Times a call that draws the given number of rows. */
export function drawTimer(rows: number, draw: () => Promise<unknown>): Promise<Timer> {
  return sliceTimer(rows, (calls) => async () => {
    for (let call = 0; call < calls; call++) await draw();
  });
}
