import { RandomStream } from '../../../../../src/domain/random';
import type { Gpu } from '../../../gpu/device';
import { FailoverBackend } from '../backends/failover-backend';
import type { Backend } from '../network/network-backend';
import { inTurn, workLasting } from '../testing/lasting-work';
import { ReferenceBackend } from '../testing/reference-backend';
import { prepare, randomPlan, request } from '../testing/samples';
import { WebGpuBackend } from '../webgpu/webgpu-backend';
import { openGpu, TINY_ROWS, TINY_SPEC } from './open';

const STEPS = 20;

export type Fault = 'destroyed' | 'out-of-memory' | 'validation';

export interface FaultCase {
  /** Decides the moments. */
  readonly seed: number;
  /** The second happens on the device that replaces the first. */
  readonly faults: readonly Fault[];
  readonly during: 'training' | 'validating' | 'generating';
}

export interface FaultOutcome {
  readonly sentences: readonly string[];
  /** Backend that did the rest. */
  readonly kind: Backend['kind'];
  readonly happened: number;
  /** Steps trained before the first fault. */
  readonly step: number;
  /** To the undisturbed run on the reference: of the loss in nats, or the share of rows that differ. */
  readonly gap: number;
}

/** Trains, validates or generates while the GPU fails: on it, then on another, then on the reference. */
export async function disturb(test: FaultCase): Promise<FaultOutcome> {
  const stream = new RandomStream(test.seed, 'faults');
  const sentences: string[] = [];
  const gpus: Faulty[] = [];
  const open = async () => {
    const gpu = await workingGpu();
    const fault = test.faults[gpus.length];
    const faulty = new Faulty(gpu.device, fault ?? null, stream);
    // One that replaces another is to fail while it catches up.
    if (gpus.length > 0) faulty.arm(test.during === 'training' ? 4 : 1);
    gpus.push(faulty);
    return new WebGpuBackend(gpu);
  };
  const others = inTurn(open, async () => new ReferenceBackend());
  const backend = new FailoverBackend(await open(), others, (sentence) => sentences.push(sentence));
  const happened = () => gpus.filter(({ done }) => done).length;
  let step = 0;
  const own = await work(backend, test, {
    arm: (moments) => gpus[0]!.arm(moments),
    onStep: () => {
      if (happened() === 0) step++;
    },
  });
  const { kind } = backend;
  backend.dispose();
  for (const gpu of gpus) gpu.repair();
  const wanted = await work(new ReferenceBackend(), test);
  return { sentences, kind, happened: happened(), step, gap: gapOf(test, own, wanted) };
}

let last: Promise<Gpu> | null = null;

/** The device of the case before, as the engine's thread would go on with it, or a new one if that is lost. */
async function workingGpu(): Promise<Gpu> {
  const present = await last;
  if (present?.lossReason() === null) return present;
  last = openGpu();
  return last;
}

interface Watch {
  /** Lets the fault happen at one of that many submits from now on. */
  arm(moments: number): void;
  /** Called after every training step. */
  onStep(): void;
}

/** The work of one job: losses, or codes. */
function work(
  backend: Backend,
  { seed, during, faults }: FaultCase,
  watch?: Watch,
): Promise<ArrayLike<number>> {
  const plan = (firstStep: number) =>
    randomPlan(TINY_SPEC, { steps: 1, batchSize: 16, tableRows: TINY_ROWS, seed: 3, firstStep });
  const inTraining = during === 'training';
  return workLasting<ArrayLike<number>>(backend, async (own, train) => {
    if (inTraining && faults[0] === 'out-of-memory') watch?.arm(STEPS);
    await prepare(own, TINY_SPEC, TINY_ROWS, 1);
    if (inTraining) watch?.arm(STEPS - 4);
    let losses: ArrayLike<number> = [];
    for (let step = 0; step < (inTraining ? STEPS : 2); step++) {
      losses = await train(plan(step));
      watch?.onStep();
    }
    if (inTraining) return losses;
    watch?.arm(1);
    if (during === 'validating') {
      const rows = Uint32Array.from({ length: 100 }, (_, row) => row % TINY_ROWS);
      return own.evaluate({ ...plan(0), rows, orderOf: new Uint16Array(100), weights: 'average' });
    }
    const sampling = seed % 2 === 0 ? 'balanced' : 'independent';
    return own.generate(request(TINY_SPEC, { rows: 60, seed, sampling, weights: 'average' }));
  });
}

function gapOf({ during }: FaultCase, own: ArrayLike<number>, wanted: ArrayLike<number>): number {
  const gaps = Array.from(wanted, (value, at) => own[at]! - value);
  if (during === 'generating') return gaps.filter((gap) => gap !== 0).length / gaps.length;
  return Math.abs(gaps.reduce((sum, gap) => sum + gap, 0)) / (during === 'training' ? 1 : 100);
}

/** A device that fails once, some submits or buffers after it was armed. */
class Faulty {
  readonly #device: GPUDevice;
  readonly #fault: Fault | null;
  readonly #stream: RandomStream;
  #moments = 0;
  #left = Number.POSITIVE_INFINITY;
  done = false;

  constructor(device: GPUDevice, fault: Fault | null, stream: RandomStream) {
    this.#device = device;
    this.#fault = fault;
    this.#stream = stream;
    const submit = device.queue.submit.bind(device.queue);
    device.queue.submit = (commands) => {
      const due = fault !== 'out-of-memory' && this.#isDue();
      if (due && fault === 'validation') submit([this.#invalidCommands()]);
      const isBefore = due && fault === 'destroyed' && stream.uniform() < 0.5;
      if (isBefore) device.destroy();
      submit(commands);
      if (!due || fault !== 'destroyed' || isBefore) return;
      // After the only submit of a call its answer may come first, and nothing would be lost.
      if (this.#moments === 1) device.destroy();
      else setTimeout(() => device.destroy(), stream.below(3));
    };
    const create = device.createBuffer.bind(device);
    device.createBuffer = (descriptor) =>
      fault === 'out-of-memory' && this.#isDue()
        ? this.#withoutMemory(create, descriptor)
        : create(descriptor);
  }

  /** @param moments submits, of which one at random is when it fails */
  arm(moments: number): void {
    if (this.#fault === null || this.#left !== Number.POSITIVE_INFINITY) return;
    this.#moments = moments;
    // A model needs about as many buffers: its first training step makes the last of them.
    this.#left = this.#stream.below(this.#fault === 'out-of-memory' ? Math.min(moments, 18) : moments);
  }

  #isDue(): boolean {
    this.done ||= this.#left === 0;
    return this.#left-- === 0;
  }

  /** Removes what the constructor put before the device's own functions. */
  repair(): void {
    Reflect.deleteProperty(this.#device.queue, 'submit');
    Reflect.deleteProperty(this.#device, 'createBuffer');
  }

  /** A copy beyond the end of a buffer. */
  #invalidCommands(): GPUCommandBuffer {
    const buffer = (usage: number) => this.#device.createBuffer({ size: 16, usage });
    const encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer(GPUBufferUsage.COPY_SRC), 8, buffer(GPUBufferUsage.COPY_DST), 0, 16);
    return encoder.finish();
  }

  /** What a browser gives where memory is short: a buffer that is none, and an error beside the call. */
  #withoutMemory(create: GPUDevice['createBuffer'], descriptor: GPUBufferDescriptor): GPUBuffer {
    this.#device.pushErrorScope('validation');
    const buffer = create({ ...descriptor, size: 2 ** 45 });
    void this.#device.popErrorScope();
    const error = new GPUOutOfMemoryError('Out of memory: no room for this buffer.');
    this.#device.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
    return buffer;
  }
}
