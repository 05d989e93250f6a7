import { UserError } from '../../src/domain/errors';
import type { Backend } from './compute/backend';
import { raceBackends } from './compute/choice/race';
import { modelShape, type RaceKey, RaceMemory, tableShape } from './compute/choice/race-memory';
import { createBackend, type GpuSupply } from './compute/create-backend';
import type { ShardStarter } from './compute/pool/connection';
import { openLastingPool } from './compute/pool/open-pool';
import { automaticThreads } from './compute/pool/thread-count';
import { FailoverBackend, goesOnSentence } from './compute/webgpu/failover';
import type { BackendFactory, BackendUse } from './session';

/** What compute threads there can be. */
export interface ThreadSupply {
  /** As `navigator.hardwareConcurrency`. */
  readonly cores: number;
  readonly start: ShardStarter;
}

/**
 * Makes backends by a person's choice. `auto` races a real GPU against WASM on the table that is to be trained and
 * remembers the winner for that device and shape; a generation goes where trainings of that model's shape went.
 * WASM where there is no GPU; plain TypeScript, which is slow, where WASM does not compile.
 * @param compile gives the kernels; called once, and again only after it failed
 * @param supply null: one thread, whatever is asked for
 * @param gpu null: no GPU is looked for
 */
export function backendChooser(
  compile: () => Promise<WebAssembly.Module>,
  supply: ThreadSupply | null = null,
  gpu: GpuSupply | null = null,
  races: RaceMemory = new RaceMemory(),
): BackendFactory {
  let kernels: Promise<WebAssembly.Module> | null = null;

  async function openWasm(use: BackendUse | undefined): Promise<Backend> {
    try {
      kernels ??= compile();
      const module = await kernels;
      if (!supply || !use) return createBackend('wasm', module);
      const threads = use.threads ?? automaticThreads(supply.cores, use.spec);
      return await openLastingPool(module, threads, supply.start, (sentence, adapter) =>
        use.onMove?.(sentence, adapter),
      );
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
  function withFailover(first: Backend, use: BackendUse | undefined): Backend {
    const again = async () => (await gpu?.open(true).catch(() => null)) ?? null;
    return new FailoverBackend(first, [again, () => openAnything(use)], (sentence, adapter) =>
      use?.onMove?.(sentence, adapter),
    );
  }

  async function openAutomatic(use: BackendUse | undefined): Promise<Backend> {
    const name = (await gpu?.identify().catch(() => null)) ?? null;
    if (name === null || !use) return openAnything(use);
    const device = `${name}, ${supply?.cores ?? 1} cores`;
    const model = modelShape(use.spec, use.threads);
    const table = use.course ? tableShape(use.course.rowCount, use.course.plan(0, 1).batchSize) : null;
    const known = races.find({ device, model, table });
    if (known === 'wasm' || (known === null && table === null)) return openAnything(use);
    const opened = await gpu?.open(false).catch(() => null);
    if (!opened) return openAnything(use);
    if (known === 'webgpu' || table === null) return withFailover(opened, use);
    return race(opened, use, { device, model, table });
  }

  async function race(opened: Backend, use: BackendUse, key: RaceKey): Promise<Backend> {
    const { winner, failures } = await raceBackends([opened, await openAnything(use)], use.course!);
    const isGpu = winner === opened;
    // A failure may pass (a GPU that was lost), and one that does not is told to the person each time.
    if (failures.length === 0) races.remember(key, isGpu ? 'webgpu' : 'wasm');
    else if (!isGpu) use.onMove?.(goesOnSentence(failures[0], winner), winner.adapter);
    return isGpu ? withFailover(opened, use) : winner;
  }

  return async (choice, use) => {
    if (choice === 'reference') return createBackend('reference');
    if (choice === 'wasm') return openWasm(use);
    if (choice === 'auto') return openAutomatic(use);
    const opened = (await gpu?.open(true)) ?? null;
    if (opened) return withFailover(opened, use);
    throw new UserError(
      'engine/unavailable',
      'This browser offers no GPU through WebGPU. Choose the backend “auto” or “wasm”, or try a current Chrome or Edge.',
    );
  };
}
