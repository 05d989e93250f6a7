import { type Gpu, requestGpu } from '../../../workers/engine/gpu/device';
import { WebGpuBackend } from '../../../workers/engine/models/argn/webgpu/webgpu-backend';

/** @throws Error without an adapter */
export async function openGpu(): Promise<Gpu> {
  const gpu = await requestGpu();
  if (!gpu) throw new Error('This browser offers no WebGPU adapter.');
  return gpu;
}

let shared: Promise<Gpu> | null = null;

/** One device for all checks that do not destroy it. */
export async function openBackend(): Promise<{ gpu: Gpu; backend: WebGpuBackend }> {
  shared ??= openGpu();
  const gpu = await shared;
  return { gpu, backend: new WebGpuBackend(gpu) };
}
