import { startHelper } from '../../../../../src/threads/helper';
import { type ShardConnection, shardDied } from './connection';

/** A compute worker in a browser, nested in the engine's worker. */
export function startShardWorker(): Promise<ShardConnection> {
  return startHelper(new Worker(new URL('./pool-worker.ts', import.meta.url), { type: 'module' }), shardDied);
}
