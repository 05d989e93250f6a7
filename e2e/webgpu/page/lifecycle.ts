import { square, sum, tensor1d } from '@tensorflow/tfjs-core';
import { UserError } from '../../../src/domain/errors';
import { ReferenceBackend } from '../../../workers/engine/compute/reference/reference-backend';
import {
  HYPER,
  prepare,
  randomPlan,
  request,
  type Shape,
  specOf,
} from '../../../workers/engine/compute/testing/samples';
import { isDeviceLost } from '../../../workers/engine/compute/webgpu/errors';
import { WebGpuBackend } from '../../../workers/engine/compute/webgpu/webgpu-backend';
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

/** Bytes of buffers after each call that trains, evaluates and generates, in trainings one after the other. */
export async function endure(
  trainings: number,
  calls: number,
): Promise<{ bytes: number[]; afterDispose: number; finite: boolean }> {
  const { backend } = await openBackend();
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
  }
  backend.dispose();
  return { bytes, afterDispose: backend.memory(), finite };
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
  /** Of the call under way and of one after it. */
  readonly typed: readonly boolean[];
  readonly message: string;
  readonly sentence: string;
  /** Loss of the last step when the reference went on from the last state, against an undisturbed training. */
  readonly resumed: number;
  readonly undisturbed: number;
}

/** Destroys the device while a call is under way and goes on elsewhere from the state before that call. */
export async function loseDevice(callsBefore: number, delay: number): Promise<LossOutcome> {
  const calls = 5;
  const spec = specOf(SHAPE);
  const plans = Array.from({ length: calls }, (_, call) =>
    randomPlan(spec, { steps: 4, batchSize: 16, tableRows: 30, seed: 3, firstStep: 4 * call }),
  );
  const gpu = await openGpu();
  const backend = new WebGpuBackend(gpu);
  await prepare(backend, spec, 30, 1);
  for (const plan of plans.slice(0, callsBefore)) await backend.train(plan);
  const checkpoint = await backend.getState();
  const during = backend.train(plans[callsBefore]!);
  setTimeout(() => gpu.device.destroy(), delay);
  const caught: unknown[] = [];
  await during.catch((error: unknown) => caught.push(error));
  const sentence = await backend.lost;
  await backend.evaluate({ ...plans[0]!, weights: 'current' }).catch((error: unknown) => caught.push(error));
  const other = new ReferenceBackend();
  await prepare(other, spec, 30, 1);
  await other.setState(checkpoint);
  const last = async (backendOf: ReferenceBackend, from: number) => {
    let losses = new Float32Array();
    for (const plan of plans.slice(from)) losses = (await backendOf.train(plan)) as Float32Array<ArrayBuffer>;
    return losses.slice(-SHAPE.length).reduce((all, loss) => all + loss, 0);
  };
  const resumed = await last(other, callsBefore);
  await prepare(other, spec, 30, 1);
  const undisturbed = await last(other, 0);
  const [first] = caught;
  return {
    typed: caught.map(isDeviceLost),
    message: first instanceof UserError ? first.message : String(first),
    sentence,
    resumed,
    undisturbed,
  };
}

/** tfjs and our kernels on one device, by turns: sums of tfjs before and after a training, and the training's loss. */
export async function shareWithTfjs(): Promise<{
  before: number;
  after: number;
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
  const { openTfjs } = await import('../../../workers/engine/compute/webgpu/tfjs-backend');
  const tfjs = await openTfjs(gpu);
  const values = Float32Array.from({ length: 2000 }, (_, k) => k % 7);
  const first = sum(square(tensor1d(values)));
  const loss = await lossOf(tfjs.flushTfjs);
  const second = sum(square(tensor1d(values)));
  const [before] = await first.data();
  const [after] = await second.data();
  return { before: before!, after: after!, loss, alone };
}
