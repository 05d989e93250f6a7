import { UserError } from '../../../../../src/domain/errors';
import { collectErrors, type Gpu, sharedGpu } from '../../../gpu/device';
import { DeviceLostError, gpuRefused, isDeviceLost } from '../../../gpu/errors';
import type {
  Backend,
  EvaluationRequest,
  GenerationRequest,
  Hyperparameters,
  ModelSpec,
  StepPlan,
  TrainingState,
} from '../network/network-backend';
import { writePads } from '../network/weight-layout';
import { evaluateRows } from './evaluate';
import { generateRows } from './generate';
import { createModel, type GpuModel } from './model';
import type { PassTimer } from './recorder';
import { trainPlan } from './train';

/** Milliseconds within which a browser reports the loss that made a call fail. */
const LOSS_DELAY = 200;
const STATE = ['parameters', 'firstMoment', 'secondMoment', 'average'] as const;

/**
 * WGSL kernels on one device. Calls share buffers, so each waits for those before it. After the device is lost every
 * call rejects with `DeviceLostError`; the caller goes on with its last state on another backend.
 */
export class WebGpuBackend implements Backend {
  readonly kind = 'webgpu';
  readonly adapter: string;
  /** Resolves, if ever, with a sentence for the person. */
  readonly lost: Promise<string>;
  readonly #gpu: Gpu;
  /** Rejects the running call. Racing every call against `lost` would keep its result alive as long as the device. */
  #abandon: ((error: DeviceLostError) => void) | null = null;
  #model: GpuModel | undefined;

  /** @param gpu stays the caller's: `dispose` leaves it open */
  constructor(gpu: Gpu) {
    this.#gpu = gpu;
    this.adapter = `${gpu.name} through WebGPU`;
    this.lost = gpu.lost;
    void gpu.lost.then((reason) => this.#abandon?.(new DeviceLostError(reason)));
  }

  /** Dispatches and submits since `init`. */
  get counts(): { readonly dispatches: number; readonly submits: number } {
    return {
      dispatches: this.#model?.recorder.dispatches ?? 0,
      submits: this.#model?.recorder.submits ?? 0,
    };
  }

  /** Times every dispatch from now on (slower: a pass each), or stops doing so. */
  set timer(timer: PassTimer | null) {
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

  /** Runs a call after those before it, of all models on the device. */
  #guard<T>(work: () => Promise<T>): Promise<T> {
    return this.#gpu.exclusive(() => this.#attempt(work));
  }

  /** A lost device and errors that the GPU reports as events become errors of the call. */
  async #attempt<T>(work: () => Promise<T>): Promise<T> {
    this.#throwIfLost();
    try {
      const result = await new Promise<T>((resolve, reject) => {
        this.#abandon = reject;
        collectErrors(this.#gpu, work).then(resolve, (error: unknown) => {
          if (error instanceof UserError) reject(error);
          // A call that fails because the device is gone fails a moment before the loss is reported.
          else setTimeout(() => reject(error), LOSS_DELAY);
        });
      });
      const reports = this.#gpu.takeErrors();
      if (reports.length === 0) return result;
      throw gpuRefused(reports);
    } catch (error) {
      this.#model?.recorder.discard();
      throw await this.#explain(error);
    } finally {
      this.#abandon = null;
    }
  }

  /**
   * Errors that the GPU reports as events (out of memory, say) explain more than the call that failed. Waits for all of
   * them, or a late one would be blamed on the next model on this device.
   */
  async #explain(error: unknown): Promise<unknown> {
    if (isDeviceLost(error)) return error;
    const { device, lossReason, takeErrors } = this.#gpu;
    await Promise.race([device.queue.onSubmittedWorkDone(), this.lost]).catch(() => undefined);
    // Firefox rejects a map at once, but reports the loss only after the work before it.
    if (error instanceof DOMException && error.name === 'AbortError')
      await Promise.race([this.lost, new Promise((resolve) => setTimeout(resolve, LOSS_DELAY))]);
    const reports = takeErrors();
    const loss = lossReason();
    if (loss !== null) return new DeviceLostError(loss);
    if (error instanceof UserError) return error;
    if (reports.length > 0) return gpuRefused(reports);
    return error instanceof DOMException ? gpuRefused([error.message]) : error;
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

/**
 * A backend on this thread's GPU, or null where there is none worth using. Once its device is lost, the next call
 * opens a new one.
 * @param allowSoftware accept an adapter that computes on the CPU: for tests and for a person's explicit choice
 * @throws UserError if the browser has an adapter but no device
 */
export async function openWebGpu(allowSoftware: boolean): Promise<WebGpuBackend | null> {
  const gpu = await sharedGpu();
  if (!gpu || (gpu.software && !allowSoftware)) return null;
  return new WebGpuBackend(gpu);
}

function initialState({ layout }: GpuModel): TrainingState {
  const zeros = new Float32Array(layout.total);
  return { parameters: zeros, firstMoment: zeros, secondMoment: zeros, average: zeros };
}
