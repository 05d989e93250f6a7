import { UserError } from '../../../src/domain/errors';
import type { Backend } from './backend';
import { ReferenceBackend } from './reference/reference-backend';
import { WasmBackend } from './wasm/wasm-backend';

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

/**
 * WebGPU kernels, loaded only here; null where the browser has no GPU (a software adapter counts as none unless
 * allowed).
 * @throws UserError if there is a GPU that does not open
 */
export async function createGpuBackend(allowSoftware: boolean): Promise<Backend | null> {
  const { openWebGpu } = await import('./webgpu/open');
  return openWebGpu(allowSoftware);
}
