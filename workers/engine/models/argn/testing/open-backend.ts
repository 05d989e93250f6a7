/** Backends in Node: what tests and benchmarks use in place of the browser's loaders. */
import { startHere, startNodeThread } from '../../../../../src/threads/testing/node-threads';
import type { Backend } from '../network/network-backend';
import type { ShardApi } from '../shards/protocol';
import { Shard } from '../shards/shard';
import { loadKernels } from '../wasm/load-node';
import { WasmBackend } from '../wasm/wasm-backend';
import { ReferenceBackend } from './reference-backend';

/** On one thread. */
export async function openBackend(kind: 'wasm' | 'reference'): Promise<Backend> {
  return kind === 'reference' ? new ReferenceBackend() : new WasmBackend(await loadKernels());
}

/** A compute worker in a thread of Node. */
export const startShardThread = () =>
  startNodeThread<ShardApi>(new URL('../shards/shard-worker.ts', import.meta.url));

/** A compute worker on this thread, behind the same protocol. */
export const startShardHere = () => startHere<ShardApi>(new Shard());
