import { UserError } from '../../src/domain/errors';
import { createBackend } from './compute/create-backend';
import type { ShardStarter } from './compute/pool/connection';
import { openPool } from './compute/pool/open-pool';
import { automaticThreads } from './compute/pool/thread-count';
import type { BackendFactory } from './session';

/** What compute threads there can be. */
export interface ThreadSupply {
  /** As `navigator.hardwareConcurrency`. */
  readonly cores: number;
  readonly start: ShardStarter;
}

/**
 * Makes backends by a person's choice: `auto` is WASM where it compiles, else plain TypeScript, which is slow.
 * @param compile gives the kernels; called once, and again only after it failed
 * @param supply null: one thread, whatever is asked for
 */
export function backendChooser(
  compile: () => Promise<WebAssembly.Module>,
  supply: ThreadSupply | null = null,
): BackendFactory {
  let kernels: Promise<WebAssembly.Module> | null = null;
  return async (choice, use) => {
    if (choice === 'reference') return createBackend('reference');
    try {
      kernels ??= compile();
      const module = await kernels;
      if (!supply || !use) return createBackend('wasm', module);
      return await openPool(module, use.threads ?? automaticThreads(supply.cores, use.spec), supply.start);
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
