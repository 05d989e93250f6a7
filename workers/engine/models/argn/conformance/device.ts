import { square, sum, tensor1d } from '@tensorflow/tfjs-core';
import { countFromNow } from '../../../../../e2e/inventory';
import { UserError } from '../../../../../src/domain/errors';
import { isDeviceLost } from '../../../gpu/errors';
import type { StepPlan } from '../network/network-backend';
import { HYPER, prepare, randomPlan, request, type Shape, specOf } from '../testing/samples';
import { WebGpuBackend } from '../webgpu/webgpu-backend';
import { openBackend, openGpu, TINY_ROWS, TINY_SPEC } from './open';

export async function adapterFacts(): Promise<{ name: string; software: boolean; timestamps: boolean }> {
  const { gpu } = await openBackend();
  return { name: gpu.name, software: gpu.software, timestamps: gpu.hasTimestamps };
}

function planOf(steps: number, batchSize: number, firstStep = 0): StepPlan {
  return randomPlan(TINY_SPEC, { steps, batchSize, tableRows: TINY_ROWS, seed: 5, firstStep });
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
  const bytes: number[] = [];
  let finite = true;
  for (let call = 0; call < trainings * calls; call++) {
    if (call % calls === 0) await prepare(backend, TINY_SPEC, TINY_ROWS, 1);
    const plan = planOf(16, 16, 16 * call);
    finite &&= (await backend.train(plan)).every(Number.isFinite);
    await backend.evaluate({ ...plan, weights: 'average' });
    await backend.generate(request(TINY_SPEC, { rows: 40, sampling: 'balanced' }));
    bytes.push(backend.memory());
    alive.push(aliveNow() - before);
  }
  backend.dispose();
  return { bytes, alive, afterDispose: backend.memory(), aliveAfterDispose: aliveNow() - before, finite };
}

/** What a person reads of a model that the adapter has no room for, and the bytes it leaves. */
export async function refuse(shape: Shape): Promise<{ message: string; bytes: number }> {
  const { backend } = await openBackend();
  const message = await backend.init(specOf(shape), new Uint16Array(shape.length), 1, HYPER).then(
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
  const gpu = await openGpu();
  const backend = new WebGpuBackend(gpu);
  await prepare(backend, TINY_SPEC, TINY_ROWS, 1);
  const plan = planOf(64, 64);
  const caught: unknown[] = [];
  const during = backend.train(plan).catch((error: unknown) => caught.push(error));
  setTimeout(() => gpu.device.destroy(), delay);
  await during;
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
  const gpu = await openGpu();
  const { device } = gpu;
  const [failing, other] = [new WebGpuBackend(gpu), new WebGpuBackend(gpu)];
  const plan = planOf(2, 16);
  await prepare(other, TINY_SPEC, TINY_ROWS, 1);
  const alone = await other.train(plan);
  await Promise.all([failing, other].map((backend) => prepare(backend, TINY_SPEC, TINY_ROWS, 1)));
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

export interface Shared {
  /** What tfjs computed before and after a training, and with a second tfjs backend after the first. */
  readonly sums: readonly (number | undefined)[];
  /** Loss of the training while tfjs was on the device, and without it. */
  readonly losses: readonly (number | undefined)[];
}

/** tfjs and our kernels on one device, by turns. */
export async function shareWithTfjs(): Promise<Shared> {
  const { gpu, backend } = await openBackend();
  const lossOf = async (flush: () => void) => {
    await prepare(backend, TINY_SPEC, TINY_ROWS, 1);
    flush();
    return (await backend.train(planOf(2, 16)))[0];
  };
  const alone = await lossOf(() => undefined);
  const { openTfjs } = await import('../../../gpu/tfjs');
  const values = Float32Array.from({ length: 2000 }, (_, k) => k % 7);
  const squares = () => sum(square(tensor1d(values)));
  const tfjs = await openTfjs(gpu);
  const before = squares();
  const loss = await lossOf(tfjs.flushTfjs);
  const sums = [...(await before.data()), ...(await squares().data())];
  tfjs.dispose();
  const again = await openTfjs(gpu);
  sums.push(...(await squares().data()));
  again.dispose();
  return { sums, losses: [loss, alone] };
}
