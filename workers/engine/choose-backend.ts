import { UserError } from '../../src/domain/errors';
import type { Backend } from './compute/backend';
import { raceBackends } from './compute/choice/race';
import { createBackend } from './compute/create-backend';
import type { ShardStarter } from './compute/pool/connection';
import { openPool } from './compute/pool/open-pool';
import { automaticThreads } from './compute/pool/thread-count';
import { FailoverBackend } from './compute/webgpu/failover';
import type { BackendFactory, BackendUse } from './session';

/** What compute threads there can be. */
export interface ThreadSupply {
  /** As `navigator.hardwareConcurrency`. */
  readonly cores: number;
  readonly start: ShardStarter;
}

/** Opens the GPU; null where there is none, or only a software adapter that was not allowed. */
export type GpuOpener = (allowSoftware: boolean) => Promise<Backend | null>;

/**
 * Makes backends by a person's choice. `auto` races a real GPU against WASM on a model of the same shape, once per
 * shape; WASM where there is no GPU; plain TypeScript, which is slow, where WASM does not compile.
 * @param compile gives the kernels; called once, and again only after it failed
 * @param supply null: one thread, whatever is asked for
 * @param openGpu null: no GPU is looked for
 */
export function backendChooser(
  compile: () => Promise<WebAssembly.Module>,
  supply: ThreadSupply | null = null,
  openGpu: GpuOpener | null = null,
): BackendFactory {
  let kernels: Promise<WebAssembly.Module> | null = null;
  const winners = new Map<string, 'webgpu' | 'wasm'>();

  async function openWasm(use: BackendUse | undefined): Promise<Backend> {
    try {
      kernels ??= compile();
      const module = await kernels;
      if (!supply || !use) return createBackend('wasm', module);
      return await openPool(module, use.threads ?? automaticThreads(supply.cores, use.spec), supply.start);
    } catch (cause) {
      kernels = null;
      throw new UserError(
        'engine/unavailable',
        'This browser cannot run the WASM kernels (they need WebAssembly SIMD). Choose the backend “auto” or “reference”, or try a current Chrome, Edge, Firefox or Safari.',
        { cause },
      );
    }
  }

  const openAnything = (use: BackendUse | undefined) => openWasm(use).catch(() => createBackend('reference'));

  /** A new device once, then WASM: a GPU that keeps vanishing is not worth waiting for. */
  function withFailover(gpu: Backend, use: BackendUse | undefined): Backend {
    const again = async () => (await openGpu?.(true).catch(() => null)) ?? null;
    return new FailoverBackend(gpu, [again, () => openAnything(use)], (sentence) => use?.onMove?.(sentence));
  }

  async function openAutomatic(use: BackendUse | undefined): Promise<Backend> {
    const shape = use ? shapeOf(use) : '';
    const gpu = winners.get(shape) === 'wasm' ? null : ((await openGpu?.(false).catch(() => null)) ?? null);
    if (!gpu) return openAnything(use);
    if (!use || winners.get(shape) === 'webgpu') return withFailover(gpu, use);
    const winner = await raceBackends([gpu, await openAnything(use)], use.spec);
    winners.set(shape, winner === gpu ? 'webgpu' : 'wasm');
    return winner === gpu ? withFailover(gpu, use) : winner;
  }

  return async (choice, use) => {
    if (choice === 'reference') return createBackend('reference');
    if (choice === 'wasm') return openWasm(use);
    if (choice === 'auto') return openAutomatic(use);
    const gpu = (await openGpu?.(true)) ?? null;
    if (gpu) return withFailover(gpu, use);
    throw new UserError(
      'engine/unavailable',
      'This browser offers no GPU through WebGPU. Choose the backend “auto” or “wasm”, or try a current Chrome or Edge.',
    );
  };
}

/** Tables of one shape cost the same per step, so a race is run once for them. */
function shapeOf({ spec, threads }: BackendUse): string {
  const widths = spec.subColumns.map(({ cardinality, hidden }) => `${cardinality}/${hidden}`);
  return `${threads ?? 'auto'} ${widths.join(' ')}`;
}
