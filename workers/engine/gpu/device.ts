/** The one GPU device of the engine worker: models' kernels and tfjs share it. */
import { UserError } from '../../../src/domain/errors';
import { adapterName, isSoftwareAdapter } from '../../../src/domain/gpu-adapter';
import { OUT_OF_MEMORY } from './errors';

export interface Gpu {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo;
  /** What a person reads: vendor and architecture or description. */
  readonly name: string;
  /** Computed on the CPU: slower than WASM, so an automatic choice counts it as no GPU. */
  readonly software: boolean;
  readonly hasTimestamps: boolean;
  /** Resolves, if ever, with a sentence for the person. */
  readonly lost: Promise<string>;
  /** The sentence once the device is lost. */
  readonly lossReason: () => string | null;
  /** Errors that no scope caught (validation, out of memory), and those given to `report`, since the last call. */
  readonly takeErrors: () => string[];
  readonly report: (errors: readonly string[]) => void;
  /** Runs work after all earlier work: error scopes of overlapping calls would catch each other's errors. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  readonly dispose: () => void;
}

/**
 * Requests an adapter, and a device with the adapter's limits for buffers and default limits for everything else.
 * @returns null where the browser offers no WebGPU or no adapter
 * @throws UserError if the adapter gives no device
 */
export async function requestGpu(): Promise<Gpu | null> {
  const adapter = await findAdapter();
  if (!adapter) return null;
  const hasTimestamps = adapter.features.has('timestamp-query');
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  try {
    const device = await adapter.requestDevice({
      requiredFeatures: hasTimestamps ? ['timestamp-query'] : [],
      requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
    });
    return watch(device, adapter.info, isSoftwareAdapter(adapter.info), hasTimestamps);
  } catch (cause) {
    throw new UserError(
      'engine/unavailable',
      'The browser found a GPU but could not open it. Choose the backend “wasm”, or restart the browser.',
      { cause },
    );
  }
}

async function findAdapter(): Promise<GPUAdapter | null> {
  if (typeof navigator === 'undefined' || !('gpu' in navigator) || !navigator.gpu) return null;
  try {
    return await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch {
    return null;
  }
}

function watch(device: GPUDevice, info: GPUAdapterInfo, software: boolean, hasTimestamps: boolean): Gpu {
  let reason: string | null = null;
  let errors: string[] = [];
  let last: Promise<void> = Promise.resolve();
  const settled = () => undefined;
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault();
    errors.push(reportOf(event.error));
  });
  const lost = device.lost.then((loss) => {
    reason =
      loss.reason === 'destroyed'
        ? 'The GPU was closed while it was computing.'
        : `The GPU stopped working (${loss.message || 'the browser gives no reason'}).`;
    return reason;
  });
  return {
    device,
    info,
    name: adapterName(info),
    software,
    hasTimestamps,
    lost,
    lossReason: () => reason,
    takeErrors: () => {
      const taken = errors;
      errors = [];
      return taken;
    },
    report: (told) => errors.push(...told),
    exclusive: (work) => {
      const call = last.then(work);
      last = call.then(settled, settled);
      return call;
    },
    dispose: () => device.destroy(),
  };
}

/** The first words mark a lack of memory: messages differ between browsers and drivers. */
function reportOf(error: GPUError): string {
  return error instanceof GPUOutOfMemoryError ? `${OUT_OF_MEMORY}: ${error.message}` : error.message;
}

let shared: Promise<Gpu | null> | null = null;

/** The device of this thread, requested when first asked for and again after it was lost. */
export function sharedGpu(): Promise<Gpu | null> {
  shared ??= requestGpu().then(
    (gpu) => {
      if (gpu) void gpu.lost.then(forget);
      return gpu;
    },
    (error: unknown) => {
      forget();
      throw error;
    },
  );
  return shared;
}

function forget(): void {
  shared = null;
}

const FILTERS = ['validation', 'out-of-memory', 'internal'] as const;

/** Opens error scopes of all kinds. @returns a function that closes them and resolves with their errors */
function openScopes(device: GPUDevice): () => Promise<string[]> {
  for (const filter of FILTERS) device.pushErrorScope(filter);
  return async () => {
    const caught = await Promise.all(FILTERS.map(() => device.popErrorScope()));
    return caught.flatMap((error) => (error ? [reportOf(error)] : []));
  };
}

/** Runs work inside error scopes of all kinds. @returns its result and the errors of the GPU */
export async function withErrorScopes<T>(
  device: GPUDevice,
  work: () => Promise<T>,
): Promise<{ result: T; errors: string[] }> {
  const close = openScopes(device);
  try {
    const result = await work();
    return { result, errors: await close() };
  } catch (error) {
    await close().catch(() => []);
    throw error;
  }
}

/**
 * Runs work; when it settles, `takeErrors` has the errors of its commands. Without scopes they arrive as events, in
 * Firefox after a map of the same call, and what was read would pass for a result.
 */
export async function collectErrors<T>(gpu: Gpu, work: () => Promise<T>): Promise<T> {
  const close = openScopes(gpu.device);
  try {
    return await work();
  } finally {
    gpu.report(await close().catch(() => []));
  }
}
