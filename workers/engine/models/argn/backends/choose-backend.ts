import { UserError } from '../../../../../src/domain/errors';
import type { ThreadSource } from '../../../../../src/threads/thread';
import type { BackendChoice } from '../family';
import type { Backend, ModelSpec } from '../network/network-backend';
import { stepWork, TYPICAL_BATCH, workOf } from '../network/work-model';
import { automaticThreads, openPools } from '../shards/open-pool';
import type { ShardApi } from '../shards/protocol';
import { WasmBackend } from '../wasm/wasm-backend';
import { openLasting } from './failover-backend';

/** Makes an empty backend. Rejects with `engine/unavailable` if the chosen kind cannot run here. */
export type BackendFactory = (choice: BackendChoice, use?: BackendUse) => Promise<Backend>;

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

/** What a backend is for: decides its kind and its threads. Without it there is one thread. */
export interface BackendUse {
  readonly spec: ModelSpec;
  /** null = automatic */
  readonly threads: number | null;
  /** Rows per step of the training to come; null = the model is to generate. */
  readonly batchSize: number | null;
  /**
   * Called when the work moved to another backend (a GPU was lost, say), with a sentence for the person and that
   * backend's name.
   */
  readonly onMove?: (sentence: string, adapter: string) => void;
}

/**
 * A real GPU is chosen from this work per step on, about ten milliseconds of a current core. For less, the fixed time
 * of nine dispatches outweighs what a GPU saves. An estimate: no real GPU has been timed yet.
 */
const GPU_STEP_WORK = 2e8;

/**
 * Makes backends by a person's choice. `auto` takes a real GPU if a step has enough work for it, else WASM.
 * @param compile gives the kernels; called once, and again only after it failed
 * @param shards null: one thread, whatever is asked for
 * @param gpu null: no GPU is looked for
 */
export function backendChooser(
  compile: () => Promise<WebAssembly.Module>,
  shards: ThreadSource<ShardApi> | null = null,
  gpu: GpuSource | null = null,
): BackendFactory {
  let kernels: Promise<WebAssembly.Module> | null = null;

  async function* wasm(use: BackendUse | undefined): AsyncGenerator<Backend> {
    try {
      kernels ??= compile();
      const module = await kernels;
      if (!shards || !use) yield new WasmBackend(module);
      else yield* openPools(module, use.threads ?? automaticThreads(shards.cores, use.spec), shards.start);
    } catch (cause) {
      kernels = null;
      throw new UserError(
        'engine/unavailable',
        'This browser cannot run the WASM kernels (they need WebAssembly SIMD). Try a current Chrome, Edge, Firefox or Safari.',
        { cause },
      );
    }
  }

  /** A new device once, then WASM: a GPU that is lost again is not worth another try. */
  async function* gpuThenWasm(first: Backend, use: BackendUse | undefined): AsyncGenerator<Backend> {
    yield first;
    const again = await gpu?.open(true).catch(() => null);
    if (again) yield again;
    yield* wasm(use);
  }

  async function openAutomatic(use: BackendUse | undefined): Promise<Backend> {
    const opened = gpu && use && isWorthGpu(use) ? await gpu.open(false).catch(() => null) : null;
    return openLasting(opened ? gpuThenWasm(opened, use) : wasm(use), use?.onMove);
  }

  return async (choice, use) => {
    if (choice === 'wasm') return openLasting(wasm(use), use?.onMove);
    if (choice === 'auto') return openAutomatic(use);
    const opened = (await gpu?.open(true)) ?? null;
    if (opened) return openLasting(gpuThenWasm(opened, use), use?.onMove);
    throw new UserError(
      'engine/unavailable',
      'This browser offers no GPU through WebGPU. Choose the backend “auto” or “wasm”, or try a current Chrome or Edge.',
    );
  };
}

function isWorthGpu({ spec, batchSize }: BackendUse): boolean {
  const step = workOf(spec).reduce((sum, work) => sum + stepWork(work, batchSize ?? TYPICAL_BATCH), 0);
  return step >= GPU_STEP_WORK;
}
