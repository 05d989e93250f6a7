import { type Gpu, requestGpu } from '../../../gpu/device';
import { specOf } from '../testing/samples';
import { WebGpuBackend } from '../webgpu/webgpu-backend';

/** What cases compute on that are not about arithmetic. */
export const TINY_SPEC = specOf([
  [3, 2, 4, 0],
  [6, 3, 8, 1],
  [4, 2, 4, 1],
]);
export const TINY_ROWS = 30;

/** @throws Error without an adapter */
export async function openGpu(): Promise<Gpu> {
  const gpu = await requestGpu();
  if (!gpu) throw new Error('This browser offers no WebGPU adapter.');
  keepPipelines(gpu.device);
  return gpu;
}

let shared: Promise<Gpu> | null = null;

/** One device for all checks that do not destroy it. */
export async function openBackend(): Promise<{ gpu: Gpu; backend: WebGpuBackend }> {
  shared ??= openGpu();
  const gpu = await shared;
  return { gpu, backend: new WebGpuBackend(gpu) };
}

/** A browser compiles a kernel once as long as some pipeline of it is there; a software adapter takes seconds. */
function keepPipelines(device: GPUDevice): void {
  const kept: GPUComputePipeline[] = [];
  const compile = device.createComputePipelineAsync.bind(device);
  device.createComputePipelineAsync = async (descriptor) => {
    const pipeline = await compile(descriptor);
    kept.push(pipeline);
    return pipeline;
  };
}
