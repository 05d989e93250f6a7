/** tfjs on the engine's device. Import this module only when a model needs it, so that others do not load tfjs. */

import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { engine, ready, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import type { Gpu } from './device';

export interface SharedTfjs {
  readonly backend: WebGPUBackend;
  /** Sends tfjs's recorded work to the queue. Call it before our own kernels use its results. */
  readonly flushTfjs: () => void;
  /** Bytes of all buffers in its pool, which grows with every new size; only `dispose` frees it. */
  readonly allocatedBytes: () => number;
  readonly dispose: () => void;
}

/**
 * Creates tfjs's WebGPU backend on the same device and makes it the active one under the name `webgpu`.
 * @throws Error if tfjs refuses the device
 */
export async function openTfjs(gpu: Gpu): Promise<SharedTfjs> {
  forgetBackend();
  const backend = new WebGPUBackend(gpu.device, gpu.info);
  registerBackend('webgpu', () => backend, 3);
  await setBackend('webgpu');
  await ready();
  return {
    backend,
    flushTfjs: () => flushTfjs(backend),
    allocatedBytes: () => backend.memory().numBytesAllocatedInGPU,
    dispose: forgetBackend,
  };
}

/** Importing tfjs registers a backend. `removeBackend` throws where there is none. */
function forgetBackend(): void {
  if (engine().backendNames().includes('webgpu')) removeBackend('webgpu');
}

/**
 * `submitQueue` alone leaves the compute pass open: then the encoder is invalid and tfjs returns zeros
 * (docs/kernels.md, tfjs).
 */
function flushTfjs(backend: WebGPUBackend): void {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
}
