import { FailoverBackend } from '../backends/failover-backend';
import type { Backend } from '../network/network-backend';
import { WasmBackend } from '../wasm/wasm-backend';
import { type ShardStarter, startShards } from './connection';
import { PoolBackend } from './pool-backend';

/**
 * The SIMD kernels on up to `threads` threads: as many as start. A single one needs no worker of its own.
 * @param module `kernels.wasm`, compiled
 */
export async function openPool(
  module: WebAssembly.Module,
  threads: number,
  start: ShardStarter,
): Promise<Backend> {
  const shards = threads > 1 ? await startShards(threads, start) : [];
  if (shards.length > 1) return new PoolBackend(module, shards);
  for (const shard of shards) shard.terminate();
  return new WasmBackend(module);
}

/**
 * A pool that outlives its workers: when one dies or has no room, the job goes on from its last state in memory with
 * as many new ones, then with half as many each time, at last on the calling thread.
 * @param onMove gets a sentence for the person and the name of the backend that goes on
 */
export async function openLastingPool(
  module: WebAssembly.Module,
  threads: number,
  start: ShardStarter,
  onMove: (sentence: string, adapter: string) => void,
): Promise<Backend> {
  const pool = await openPool(module, threads, start);
  if (!(pool instanceof PoolBackend)) return pool;
  const others = [pool.lanes];
  while (others.at(-1)! > 1) others.push(Math.floor(others.at(-1)! / 2));
  const openers = others.map((count) => () => openPool(module, count, start));
  return new FailoverBackend(pool, openers, onMove);
}
