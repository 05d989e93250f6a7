import { UserError } from '../../../../../src/domain/errors';
import type { Backend } from '../network/network-backend';
import { ReferenceBackend } from '../reference/reference-backend';
import { WasmBackend } from '../wasm/wasm-backend';

/**
 * @param module compiled kernels (`wasm/load.ts` in a browser, `wasm/load-node.ts` in Node); `wasm` needs them
 * @throws UserError when the kernels are missing
 */
export function createBackend(kind: 'wasm' | 'reference', module?: WebAssembly.Module): Backend {
  if (kind === 'reference') return new ReferenceBackend();
  if (!module)
    throw new UserError(
      'engine/unavailable',
      'The backend "wasm" needs compiled kernels; choose "reference".',
    );
  return new WasmBackend(module);
}

/** The GPU of this thread. */
export interface GpuSource {
  /**
   * @param allowSoftware otherwise a software adapter counts as none
   * @returns null where there is none
   * @throws UserError if there is a GPU that does not open
   */
  open(allowSoftware: boolean): Promise<Backend | null>;
}

/** WebGPU; its kernels are loaded only when it is opened. */
export const gpuOfThread: GpuSource = {
  open: async (allowSoftware) => {
    const { openWebGpu } = await import('../webgpu/webgpu-backend');
    return openWebGpu(allowSoftware);
  },
};
