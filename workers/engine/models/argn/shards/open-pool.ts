import { UserError } from '../../../../../src/domain/errors';
import { startThread, type ThreadStarter, threadsFor } from '../../../../../src/threads/thread';
import { WorkerPool } from '../../../../../src/threads/worker-pool';
import type { Backend, ModelSpec } from '../network/network-backend';
import { stepWork, workOf } from '../network/work-model';
import { WasmBackend } from '../wasm/wasm-backend';
import { PoolBackend } from './pool-backend';
import type { ShardApi } from './protocol';

/** Sharing work pays for starting workers from this work per step on, about a millisecond of a current core. */
const WORTH_SHARING = 2e7;
const SMALL_BATCH = 256;

/** A compute worker in a browser, nested in the engine's worker. */
export const startShard: ThreadStarter<ShardApi> = () =>
  startThread(new Worker(new URL('./shard-worker.ts', import.meta.url), { type: 'module' }));

/**
 * Threads for a model by default; small models stay on one.
 * @param cores as `navigator.hardwareConcurrency`
 */
export function automaticThreads(cores: number, spec: ModelSpec): number {
  const step = workOf(spec).reduce((sum, work) => sum + stepWork(work, SMALL_BATCH), 0);
  return step < WORTH_SHARING ? 1 : threadsFor(cores);
}

/**
 * The SIMD kernels on up to `threads` threads: as many as start. A single thread needs no worker.
 * @param module `kernels.wasm`, compiled
 */
export async function openPool(
  module: WebAssembly.Module,
  threads: number,
  start: ThreadStarter<ShardApi>,
): Promise<Backend> {
  if (threads < 2) return new WasmBackend(module);
  const pool = await new WorkerPool({ threads, start, died: shardDied }).open();
  if (pool.size > 1) return new PoolBackend(module, pool);
  pool.dispose();
  return new WasmBackend(module);
}

/**
 * Pools one after the other, each for work that lost the one before: as many threads as are asked for, as many new ones,
 * then half as many each time, at last the calling thread.
 */
export async function* openPools(
  module: WebAssembly.Module,
  threads: number,
  start: ThreadStarter<ShardApi>,
): AsyncGenerator<Backend> {
  const first = await openPool(module, threads, start);
  yield first;
  for (let count = first.concurrency ?? 1, next = count; count > 1; next = Math.floor(count / 2)) {
    const pool = await openPool(module, next, start).catch(() => null);
    if (pool) yield pool;
    count = next;
  }
}

/** The job can go on elsewhere (`openPools`). */
function shardDied(cause: Error): UserError {
  return new UserError(
    'engine/unavailable',
    'A compute thread stopped unexpectedly, most likely for want of memory.',
    { cause },
  );
}
