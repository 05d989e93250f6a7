/**
 * Our WebGPU backend and tfjs op by op on one device, by turns, and private steps by plain ones: `bench/table/webgpu.ts` calls
 * these functions.
 */

import { env, version_core as tfjsVersion } from '@tensorflow/tfjs-core';
import {
  type Gpu,
  HYPER,
  type ModelSpec,
  openTfjs,
  randomCodes,
  randomPlan,
  randomState,
  requestGpu,
  type SampleShape,
  type StepPlan,
  specOf,
  WebGpuBackend,
} from '../../engine';
import { type Ratio, sandwichRatio } from '../../table/sandwich';
import { DenseTraining } from '../dense-training';
import { KernelTimer } from '../kernel-timer';
import { countCalls, type GpuCalls } from './count-calls';

const TABLE_ROWS = 1024;

export interface Comparison {
  readonly shape: SampleShape;
  readonly batchSize: number;
  /** Steps per call of ours, and of tfjs. */
  readonly ownSteps: number;
  readonly tfjsSteps: number;
  /** Sandwiches; 0 counts calls of one step only. */
  readonly rounds: number;
}

export interface Compared {
  readonly tfjsVersion: string;
  readonly lossGap: number;
  /** Per step. */
  readonly own: GpuCalls;
  readonly tfjs: GpuCalls;
  /** Milliseconds per row; null if none was measured. */
  readonly ratio: Ratio | null;
  /** Milliseconds of the GPU per step of ours and kernel; null without timestamp queries. */
  readonly kernels: Readonly<Record<string, number>> | null;
}

const gpuOpened = requestGpu();
let tfjsOpened: ReturnType<typeof openTfjs> | null = null;

async function adapter(): Promise<{ name: string; software: boolean } | null> {
  const gpu = await gpuOpened;
  return gpu && { name: gpu.name, software: gpu.software };
}

/** Our backend with a random model of that shape, and what runs plans of so many steps on it. @returns milliseconds a row */
async function openOwn(gpu: Gpu, spec: ModelSpec, batchSize: number, steps: number) {
  const backend = new WebGpuBackend(gpu);
  await backend.init(spec, randomCodes(spec, TABLE_ROWS, 1), TABLE_ROWS, HYPER);
  await backend.setState(randomState(spec, 1));
  let firstStep = 0;
  const train = async (changes: Partial<StepPlan> = {}) => {
    const fixed = { batchSize, tableRows: TABLE_ROWS, seed: 1, dropout: 0.1, orders: 16 };
    const plan = { ...randomPlan(spec, { ...fixed, steps, firstStep }), ...changes };
    firstStep += steps;
    const start = performance.now();
    await backend.train(plan);
    return (performance.now() - start) / (steps * batchSize);
  };
  return { backend, train };
}

/** Milliseconds of the GPU per step and kernel; null without timestamp queries. */
async function timeKernels(
  gpu: Gpu,
  backend: WebGpuBackend,
  steps: number,
  train: () => Promise<unknown>,
): Promise<Record<string, number> | null> {
  if (!gpu.hasTimestamps) return null;
  const timer = new KernelTimer(gpu.device);
  backend.timer = timer;
  await train();
  backend.timer = null;
  const totals = Object.entries(await timer.totals());
  timer.dispose();
  return Object.fromEntries(totals.map(([name, { nanoseconds }]) => [name, nanoseconds / 1e6 / steps]));
}

/** Private steps (docs/dp-sgd.md) against plain ones of the same model and batch. */
async function comparePrivate({
  shape,
  batchSize,
  ownSteps,
  rounds,
}: Comparison): Promise<Pick<Compared, 'ratio' | 'kernels'>> {
  const gpu = (await gpuOpened)!;
  const { backend, train } = await openOwn(gpu, specOf(shape), batchSize, ownSteps);
  const privacy = { clip: 0.25, deviation: 1, expectedRows: batchSize, noiseSeed: null };
  const trainPrivately = () => train({ privacy, dropout: 0 });
  const trainPlainly = () => train({ dropout: 0 });
  await trainPrivately();
  await trainPlainly();
  const ratio = await sandwichRatio({ own: trainPrivately, other: trainPlainly, rounds });
  const kernels = await timeKernels(gpu, backend, ownSteps, trainPrivately);
  backend.dispose();
  return { ratio, kernels };
}

async function compare({ shape, batchSize, ownSteps, tfjsSteps, rounds }: Comparison): Promise<Compared> {
  const gpu = (await gpuOpened)!;
  const spec = specOf(shape);
  const { backend, train } = await openOwn(gpu, spec, batchSize, ownSteps);
  tfjsOpened ??= openTfjs(gpu);
  await tfjsOpened;
  // Small tensors must not be computed on the CPU behind our back.
  env().set('WEBGPU_CPU_FORWARD', false);
  const dense = new DenseTraining(spec, TABLE_ROWS);
  const lossGap = await dense.lossGap();

  const trainOwn = () => train();
  const trainTfjs = async () => {
    const start = performance.now();
    await dense.run(tfjsSteps, batchSize);
    return (performance.now() - start) / (tfjsSteps * batchSize);
  };
  await trainOwn();
  await trainTfjs();
  const own = await countCalls(ownSteps, trainOwn);
  const theirs = await countCalls(tfjsSteps, trainTfjs);
  const ratio = rounds > 0 ? await sandwichRatio({ own: trainOwn, other: trainTfjs, rounds }) : null;
  const kernels = await timeKernels(gpu, backend, ownSteps, trainOwn);
  dense.dispose();
  backend.dispose();
  return { tfjsVersion, lossGap, own, tfjs: theirs, ratio, kernels };
}

const page = { adapter, compare, comparePrivate };

export type PeerPage = typeof page;

declare global {
  interface Window {
    peers: PeerPage;
  }
}

window.peers = page;
