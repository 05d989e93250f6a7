import { square, sum, tensor1d } from '@tensorflow/tfjs-core';
import { UserError } from '../../../src/domain/errors';
import { isDeviceLost } from '../../../workers/engine/gpu/errors';
import {
  HYPER,
  prepare,
  randomPlan,
  request,
  type Shape,
  specOf,
} from '../../../workers/engine/models/argn/testing/samples';
import { WebGpuBackend } from '../../../workers/engine/models/argn/webgpu/webgpu-backend';
import { countFromNow } from '../../inventory';
import { openBackend, openGpu } from './open';

const SHAPE: Shape = [
  [3, 2, 4, 0],
  [6, 3, 8, 1],
  [4, 2, 4, 1],
];

export async function adapterFacts(): Promise<{ name: string; software: boolean; timestamps: boolean }> {
  const { gpu } = await openBackend();
  return { name: gpu.name, software: gpu.software, timestamps: gpu.hasTimestamps };
}

export interface Endured {
  /** Bytes that the backend tells of after each call. */
  readonly bytes: readonly number[];
  /** Those of all buffers made and not destroyed since the first training began. */
  readonly alive: readonly number[];
  readonly afterDispose: number;
  readonly aliveAfterDispose: number;
  readonly finite: boolean;
}

/** Memory after each call of 16 steps that trains, evaluates and generates, in trainings one after the other. */
export async function endure(trainings: number, calls: number): Promise<Endured> {
  const { backend } = await openBackend();
  countFromNow();
  const aliveNow = () => globalThis.inventory!.count().gpuBytes;
  const before = aliveNow();
  const alive: number[] = [];
  const spec = specOf(SHAPE);
  const bytes: number[] = [];
  let finite = true;
  for (let call = 0; call < trainings * calls; call++) {
    if (call % calls === 0) await prepare(backend, spec, 30, 1);
    const plan = randomPlan(spec, { steps: 16, batchSize: 16, tableRows: 30, seed: 2, firstStep: 16 * call });
    const losses = await backend.train(plan);
    finite &&= losses.every(Number.isFinite);
    const { rows, orders, orderOf } = plan;
    await backend.evaluate({ rows, orders, orderOf, weights: 'average' });
    await backend.generate(request(spec, { rows: 40, sampling: 'balanced' }));
    bytes.push(backend.memory());
    alive.push(aliveNow() - before);
  }
  backend.dispose();
  return { bytes, alive, afterDispose: backend.memory(), aliveAfterDispose: aliveNow() - before, finite };
}

/** What a person reads of a model that the adapter has no room for, and the bytes it leaves. */
export async function refuse(shape: Shape): Promise<{ message: string; bytes: number }> {
  const { backend } = await openBackend();
  const spec = specOf(shape);
  const parts = spec.subColumns.length;
  const message = await backend.init(spec, new Uint16Array(parts), 1, HYPER).then(
    () => '',
    (error: unknown) => (error instanceof UserError ? error.message : `untyped: ${error}`),
  );
  const bytes = backend.memory();
  backend.dispose();
  return { message, bytes };
}

export interface LossOutcome {
  /** Of a call under way when the device was lost, and of one after it: is the error one that callers can tell? */
  readonly typed: readonly boolean[];
  readonly message: string;
  readonly sentence: string;
}

/** Destroys the device while a training call is under way. */
export async function loseDevice(delay: number): Promise<LossOutcome> {
  const spec = specOf(SHAPE);
  const gpu = await openGpu();
  const backend = new WebGpuBackend(gpu);
  await prepare(backend, spec, 30, 1);
  const plan = randomPlan(spec, { steps: 64, batchSize: 64, tableRows: 30, seed: 3 });
  const during = backend.train(plan);
  setTimeout(() => gpu.device.destroy(), delay);
  const caught: unknown[] = [];
  await during.catch((error: unknown) => caught.push(error));
  const sentence = await backend.lost;
  await backend.evaluate({ ...plan, weights: 'current' }).catch((error: unknown) => caught.push(error));
  const [first] = caught;
  return {
    typed: caught.map(isDeviceLost),
    message: first instanceof UserError ? first.message : String(first),
    sentence,
  };
}

/**
 * Two models on one device at once, the first call of one with an invalid command.
 * @returns messages of the calls, empty where they went well, and whether the other model is trained as if alone
 */
export async function failBeside(): Promise<{ messages: readonly string[]; same: boolean }> {
  const spec = specOf(SHAPE);
  const gpu = await openGpu();
  const { device } = gpu;
  const [failing, other] = [new WebGpuBackend(gpu), new WebGpuBackend(gpu)];
  const plan = randomPlan(spec, { steps: 2, batchSize: 16, tableRows: 30, seed: 5 });
  await prepare(other, spec, 30, 1);
  const alone = await other.train(plan);
  await Promise.all([prepare(failing, spec, 30, 1), prepare(other, spec, 30, 1)]);
  const submit = device.queue.submit.bind(device.queue);
  device.queue.submit = (commands) => {
    Reflect.deleteProperty(device.queue, 'submit');
    const encoder = device.createCommandEncoder();
    encoder.popDebugGroup();
    submit([encoder.finish()]);
    submit(commands);
  };
  const outcomes = await Promise.allSettled([failing.train(plan), other.train(plan)]);
  const losses = outcomes[1]!.status === 'fulfilled' ? outcomes[1]!.value : [];
  gpu.dispose();
  return {
    messages: outcomes.map((outcome) => (outcome.status === 'fulfilled' ? '' : String(outcome.reason))),
    same: alone.every((loss, k) => loss === losses[k]),
  };
}

/** tfjs and our kernels on one device, by turns: sums of tfjs before and after a training, and the training's loss. */
export async function shareWithTfjs(): Promise<{
  before: number;
  after: number;
  /** Of a second backend on the device, the first being disposed of. */
  reopened: number;
  loss: number;
  alone: number;
}> {
  const { gpu, backend } = await openBackend();
  const spec = specOf(SHAPE);
  const plan = randomPlan(spec, { steps: 2, batchSize: 16, tableRows: 30, seed: 5 });
  const lossOf = async (flush: () => void) => {
    await prepare(backend, spec, 30, 1);
    flush();
    return (await backend.train(plan))[0]!;
  };
  const alone = await lossOf(() => undefined);
  const { openTfjs } = await import('../../../workers/engine/gpu/tfjs');
  const tfjs = await openTfjs(gpu);
  const values = Float32Array.from({ length: 2000 }, (_, k) => k % 7);
  const first = sum(square(tensor1d(values)));
  const loss = await lossOf(tfjs.flushTfjs);
  const second = sum(square(tensor1d(values)));
  const [before] = await first.data();
  const [after] = await second.data();
  tfjs.dispose();
  const again = await openTfjs(gpu);
  const [reopened] = await sum(square(tensor1d(values))).data();
  again.dispose();
  return { before: before!, after: after!, reopened: reopened!, loss, alone };
}
