import { UserError } from '../../../../src/domain/errors';
import type {
  Backend,
  EvaluationRequest,
  GenerationRequest,
  Hyperparameters,
  ModelSpec,
  StepPlan,
  TrainingState,
} from '../backend';
import { writePads } from '../layout';
import type { Gpu } from './device';
import { DeviceLostError } from './errors';
import { evaluateRows } from './evaluate';
import { generateRows } from './generate';
import { createModel, type GpuModel } from './model';
import type { KernelTimer } from './timer';
import { trainPlan } from './train';

const STATE = ['parameters', 'firstMoment', 'secondMoment', 'average'] as const;

/**
 * WGSL kernels on one device. Calls must not overlap. After the device is lost every call rejects with
 * `DeviceLostError`; the caller goes on with its last state on another backend.
 */
export class WebGpuBackend implements Backend {
  readonly kind = 'webgpu';
  readonly adapter: string;
  /** Resolves, if ever, with a sentence for the person. */
  readonly lost: Promise<string>;
  readonly #gpu: Gpu;
  readonly #lost: Promise<never>;
  #model: GpuModel | undefined;

  /** @param gpu stays the caller's: `dispose` leaves it open */
  constructor(gpu: Gpu) {
    this.#gpu = gpu;
    this.adapter = `${gpu.name} through WebGPU`;
    this.lost = gpu.lost;
    this.#lost = gpu.lost.then((reason) => {
      throw new DeviceLostError(reason);
    });
    this.#lost.catch(() => undefined);
  }

  /** Dispatches and submits since `init`. */
  get counts(): { readonly dispatches: number; readonly submits: number } {
    return {
      dispatches: this.#model?.recorder.dispatches ?? 0,
      submits: this.#model?.recorder.submits ?? 0,
    };
  }

  /** Times every dispatch from now on (slower: a pass each), or stops doing so. */
  set timer(timer: KernelTimer | null) {
    this.#ready().recorder.timer = timer;
  }

  async init(spec: ModelSpec, codes: Uint16Array, rowCount: number, hyper: Hyperparameters): Promise<void> {
    this.dispose();
    this.#model = await this.#guard(() => createModel(this.#gpu, spec, codes, rowCount, hyper));
    await this.#guard(async () => this.#write(initialState(this.#ready())));
  }

  async setState(state: TrainingState): Promise<void> {
    const { layout } = this.#ready();
    for (const name of STATE) {
      if (state[name].length !== layout.total)
        throw new UserError(
          'internal',
          `The saved ${name} has ${state[name].length} numbers, this model ${layout.total}. Train the model again.`,
        );
    }
    await this.#guard(async () => this.#write(state));
  }

  async getState(): Promise<TrainingState> {
    const { buffers, layout, recorder } = this.#ready();
    return this.#guard(async () => {
      const read = async (name: (typeof STATE)[number]) =>
        new Float32Array(await recorder.readBuffer(buffers.get(name), layout.total * 4));
      return {
        parameters: await read('parameters'),
        firstMoment: await read('firstMoment'),
        secondMoment: await read('secondMoment'),
        average: await read('average'),
      };
    });
  }

  async train(plan: StepPlan): Promise<Float32Array> {
    const model = this.#ready();
    return this.#guard(() => trainPlan(model, plan));
  }

  async evaluate(request: EvaluationRequest): Promise<Float64Array> {
    const model = this.#ready();
    return this.#guard(() => evaluateRows(model, request));
  }

  async generate(request: GenerationRequest): Promise<Uint16Array> {
    const model = this.#ready();
    return this.#guard(() => generateRows(model, request));
  }

  memory(): number {
    return this.#model?.buffers.bytes ?? 0;
  }

  dispose(): void {
    this.#model?.buffers.destroy();
    this.#model = undefined;
  }

  #write(state: TrainingState): void {
    const { buffers, gpu, layout } = this.#ready();
    for (const name of STATE) {
      const values = state[name].slice();
      if (name === 'parameters' || name === 'average') writePads(layout, values);
      gpu.device.queue.writeBuffer(buffers.get(name), 0, values);
    }
  }

  /** Lost devices and errors that the GPU reports beside its queue become errors of the call. */
  async #guard<T>(work: () => Promise<T>): Promise<T> {
    this.#throwIfLost();
    try {
      const result = await Promise.race([work(), this.#lost]);
      const [error] = this.#gpu.takeErrors();
      if (error === undefined) return result;
      throw new UserError(
        'engine/unavailable',
        `The GPU refused the work: ${error.split('\n')[0]} Choose the backend “wasm”.`,
      );
    } catch (error) {
      if (error instanceof UserError) throw error;
      // What fails because the device is gone fails a moment before the loss itself is reported.
      await Promise.race([this.#lost, new Promise((resolve) => setTimeout(resolve, 200))]);
      throw error;
    }
  }

  #throwIfLost(): void {
    const reason = this.#gpu.lossReason();
    if (reason !== null) throw new DeviceLostError(reason);
  }

  #ready(): GpuModel {
    this.#throwIfLost();
    if (!this.#model)
      throw new UserError('internal', 'The compute backend is used before init or after dispose.');
    return this.#model;
  }
}

function initialState({ layout }: GpuModel): TrainingState {
  const zeros = new Float32Array(layout.total);
  return { parameters: zeros, firstMoment: zeros, secondMoment: zeros, average: zeros };
}
