import { sharedGpu } from '../../../gpu/device';
import { WebGpuBackend } from './webgpu-backend';

/**
 * A backend on this thread's GPU, or null where there is none worth having. Once its device is lost, the next call
 * opens a new one.
 * @param allowSoftware accept an adapter that computes on the CPU: for tests and for a person's explicit choice
 * @throws UserError if the browser has an adapter but no device
 */
export async function openWebGpu(allowSoftware: boolean): Promise<WebGpuBackend | null> {
  const gpu = await sharedGpu();
  if (!gpu || (gpu.software && !allowSoftware)) return null;
  return new WebGpuBackend(gpu);
}
