import { cpus } from 'node:os';
import type { Backend } from '../workers/engine/models/argn/network/network-backend';
import { randomPlan } from '../workers/engine/models/argn/testing/samples';
import { adultSpec, median, openAdult, print, TABLE_ROWS, timed } from './adult-shape';

const SLICE = 16;

/**
 * A training step (rows, forward, backward, AdamW, moving average) on the shape of Adult, one thread: wasm and
 * reference interleaved, every slice of the reference between two of wasm, and wasm again after 3,000 steps.
 * `npm run bench -- step [batch size] [rounds]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const batchSize = Number(args[0] ?? 512);
  const rounds = Number(args[1] ?? 7);
  print(
    `A training step, Adult shape, batch ${batchSize}: ${cpus()[0]?.model}, Node ${process.versions.node}`,
  );
  const wasm = await openAdult('wasm');
  const reference = await openAdult('reference');
  await slice(wasm, batchSize, 0, 30);
  await slice(reference, batchSize, 0, 1);
  const steps: number[] = [];
  const slow: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = await slice(wasm, batchSize, 30, SLICE);
    const own = await slice(reference, batchSize, 1, 1);
    const after = await slice(wasm, batchSize, 30, SLICE);
    steps.push(before, after);
    slow.push(own);
    ratios.push((2 * own) / (before + after));
  }
  const row = (name: string, values: readonly number[]) =>
    print(
      `${name.padEnd(12)} ${median(values).toFixed(2).padStart(9)} ${Math.min(...values)
        .toFixed(2)
        .padStart(9)}` +
        ` ${Math.round((batchSize * 1000) / median(values))
          .toLocaleString('en')
          .padStart(12)}`,
    );
  print('backend      ms median    ms best    rows/s');
  row('wasm', steps);
  row('reference', slow);
  print(`reference / wasm, median of ${rounds} sandwiches: ${median(ratios).toFixed(1)}`);
  const fixed: number[] = [];
  for (let round = 0; round < rounds; round++) fixed.push(await slice(wasm, 4, 30, SLICE));
  print(
    `of a step, whatever the batch (E·W, dE, dW, AdamW; measured at batch 4): ${median(fixed).toFixed(2)} ms, ` +
      `${((100 * median(fixed)) / median(steps)).toFixed(0)} %`,
  );
  await longRun(wasm, batchSize, rounds);
}

/** A second backend runs to step 3,000; then the two take turns, so that a busy machine slows both alike. */
async function longRun(young: Backend, batchSize: number, rounds: number): Promise<void> {
  const old = await openAdult('wasm');
  for (let step = 0; step < 3000; step += 100) await slice(old, batchSize, step, 100);
  await young.setState(await freshState());
  await slice(young, batchSize, 0, 30);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = await slice(young, batchSize, 30, SLICE);
    const aged = await slice(old, batchSize, 3000, SLICE);
    const after = await slice(young, batchSize, 30, SLICE);
    ratios.push((2 * aged) / (before + after));
  }
  print(`step time after 3,000 steps / after 30 steps: ${median(ratios).toFixed(3)}`);
}

async function freshState() {
  return (await openAdult('reference')).getState();
}

/** Milliseconds per step. */
async function slice(backend: Backend, batchSize: number, firstStep: number, steps: number): Promise<number> {
  const plan = randomPlan(adultSpec(), {
    steps,
    batchSize,
    tableRows: TABLE_ROWS,
    seed: 1,
    dropout: 0.1,
    firstStep,
    learningRate: 0.002,
    orders: 64,
  });
  return (await timed(() => backend.train(plan))) / steps;
}
