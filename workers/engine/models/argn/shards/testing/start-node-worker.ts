import { MessageChannel } from 'node:worker_threads';
import { connect, expose } from '../../../../../../src/threads/rpc';
import { startNodeHelper } from '../../../../../../src/threads/testing/start-node-helper';
import { type ShardConnection, shardDied } from '../connection';
import type { ShardApi } from '../protocol';
import { Shard } from '../shard';

/** Per shard that was not terminated, how to make it crash. */
const running = new Map<ShardConnection, () => void>();

/** Shards of this process that were not terminated. */
export function runningShards(): number {
  return running.size;
}

/** A shard in a thread of Node. */
export async function startThread(): Promise<ShardConnection> {
  const helper = await startNodeHelper<ShardApi>(new URL('./node-worker.mjs', import.meta.url), shardDied);
  return track(helper, helper.kill);
}

/** Ends a thread as a crash would: whoever is connected to it finds out alone. */
export function killThread(connection: ShardConnection): void {
  running.get(connection)?.();
}

/** A shard on this thread, behind the same protocol. */
export async function startInProcess(): Promise<ShardConnection> {
  const { port1, port2 } = new MessageChannel();
  expose(new Shard(), port2 as unknown as MessagePort);
  const shard: ShardConnection = {
    api: connect<ShardApi>(port1 as unknown as MessagePort),
    failed: new Promise(() => undefined),
    terminate() {
      port1.close();
      port2.close();
    },
  };
  return track(shard, () => port2.close());
}

function track(shard: ShardConnection, kill: () => void): ShardConnection {
  const connection: ShardConnection = {
    ...shard,
    terminate() {
      running.delete(connection);
      shard.terminate();
    },
  };
  running.set(connection, kill);
  return connection;
}
