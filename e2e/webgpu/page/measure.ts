import { KernelTimer } from '../../../workers/engine/gpu/kernel-timer';
import {
  HYPER,
  randomCodes,
  randomPlan,
  randomState,
  type Shape,
} from '../../../workers/engine/models/argn/testing/samples';
import { type Classes, modelOf } from './compare';
import { openBackend } from './open';

export interface MeasureOptions {
  readonly shape: Shape;
  readonly classes?: Classes;
  readonly tableRows: number;
  readonly batchSize: number;
  /** Steps per call, and calls of which the fastest counts. */
  readonly steps: number;
  readonly calls: number;
}

export interface Measured {
  readonly adapter: string;
  readonly software: boolean;
  readonly dispatchesPerStep: number;
  readonly bufferBytes: number;
  /** Wall time of each call divided by its steps, without timers. */
  readonly millisecondsPerStep: readonly number[];
  /** GPU time per step and kernel; null without timestamp queries. */
  readonly kernels: Readonly<Record<string, number>> | null;
  readonly generatedRowsPerSecond: number;
}

/** Times training steps and generation of a random model. */
export async function measureSteps(options: MeasureOptions): Promise<Measured> {
  const { tableRows, batchSize, steps, calls } = options;
  const { gpu, backend } = await openBackend();
  const spec = modelOf(options);
  await backend.init(spec, randomCodes(spec, tableRows, 1), tableRows, HYPER);
  await backend.setState(randomState(spec, 1));
  const call = async (index: number, count: number) => {
    const firstStep = steps * index;
    const plan = randomPlan(spec, { steps: count, batchSize, tableRows, seed: 1, firstStep, dropout: 0.25 });
    const start = performance.now();
    await backend.train(plan);
    return (performance.now() - start) / count;
  };
  await call(0, 1);
  const before = backend.counts.dispatches;
  const millisecondsPerStep: number[] = [];
  for (let index = 1; index <= calls; index++) millisecondsPerStep.push(await call(index, steps));
  const dispatchesPerStep = (backend.counts.dispatches - before) / (steps * calls);
  let kernels: Record<string, number> | null = null;
  if (gpu.hasTimestamps) {
    const timer = new KernelTimer(gpu.device);
    backend.timer = timer;
    await call(calls + 1, steps);
    backend.timer = null;
    const totals = Object.entries(await timer.totals());
    kernels = Object.fromEntries(totals.map(([name, { nanoseconds }]) => [name, nanoseconds / 1e6 / steps]));
    timer.dispose();
  }
  const rows = gpu.software ? 1000 : 100_000;
  const start = performance.now();
  await backend.generate({
    rows,
    row0: 0,
    seed: 1,
    order: spec.subColumns.map((_, j) => j),
    fixed: spec.subColumns.map(() => null),
    logitBias: spec.subColumns.map(() => null),
    temperature: 1,
    topP: 1,
    sampling: 'independent',
    weights: 'average',
  });
  const seconds = (performance.now() - start) / 1000;
  const bufferBytes = backend.memory();
  backend.dispose();
  return {
    adapter: gpu.name,
    software: gpu.software,
    dispatchesPerStep,
    bufferBytes,
    millisecondsPerStep,
    kernels,
    generatedRowsPerSecond: rows / seconds,
  };
}
