/** Backends in Node: what tests and benchmarks use in place of the browser's loaders. */
import { startHere, startNodeThread } from '../../../../../src/threads/testing/node-threads';
import { createBackend } from '../backends/create-backend';
import type { BackendChoice } from '../family';
import type { Backend } from '../network/network-backend';
import type { ShardApi } from '../shards/protocol';
import { Shard } from '../shards/shard';
import { loadKernels } from '../wasm/load-node';

/** On one thread. `auto` is `wasm`. */
export async function openBackend(choice: BackendChoice): Promise<Backend> {
  return choice === 'reference' ? createBackend('reference') : createBackend('wasm', await loadKernels());
}

/** A compute worker in a thread of Node. */
export const startShardThread = () =>
  startNodeThread<ShardApi>(new URL('../shards/shard-worker.ts', import.meta.url));

/** A compute worker on this thread, behind the same protocol. */
export const startShardHere = () => startHere<ShardApi>(new Shard());
