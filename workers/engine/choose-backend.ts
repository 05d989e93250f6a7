import { UserError } from '../../src/domain/errors';
import { createBackend } from './compute/create-backend';
import type { BackendFactory } from './session';

/**
 * Makes backends by a person's choice: `auto` is WASM where it compiles, else plain TypeScript, which is slow.
 * @param compile gives the kernels; called once, and again only after it failed
 */
export function backendChooser(compile: () => Promise<WebAssembly.Module>): BackendFactory {
  let kernels: Promise<WebAssembly.Module> | null = null;
  return async (choice) => {
    if (choice === 'reference') return createBackend('reference');
    try {
      kernels ??= compile();
      return createBackend('wasm', await kernels);
    } catch (cause) {
      kernels = null;
      if (choice === 'auto') return createBackend('reference');
      throw new UserError(
        'engine/unavailable',
        'This browser cannot run the WASM kernels (they need WebAssembly SIMD). Choose the backend “auto” or “reference”, or try a current Chrome, Edge, Firefox or Safari.',
        { cause },
      );
    }
  };
}
