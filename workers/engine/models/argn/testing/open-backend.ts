import { createBackend } from '../backends/create-backend';
import type { BackendChoice } from '../family';
import type { Backend } from '../network/network-backend';
import { loadKernels } from '../wasm/load-node';

/** A backend in Node: what tests and benchmarks use in place of the browser's loader. `auto` is `wasm`. */
export async function openBackend(choice: BackendChoice): Promise<Backend> {
  return choice === 'reference' ? createBackend('reference') : createBackend('wasm', await loadKernels());
}
