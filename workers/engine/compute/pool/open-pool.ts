import type { Backend } from '../backend';
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
