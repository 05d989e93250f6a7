import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { connect, expose } from '../../../../../src/threads/rpc';
import { type ShardConnection, shardDied } from '../connection';
import type { ShardApi } from '../protocol';
import { Shard } from '../shard';

const running = new Set<ShardConnection>();
const threads = new WeakMap<ShardConnection, Worker>();

/** Shards of this process that were not terminated. */
export function runningShards(): number {
  return running.size;
}

/** A shard in a thread of Node. */
export async function startThread(): Promise<ShardConnection> {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(fileURLToPath(new URL('./node-worker.mjs', import.meta.url)), {
    workerData: port2,
    transferList: [port2],
  });
  const failed = new Promise<never>((_, reject) => {
    worker.once('error', (error) => reject(shardDied(error)));
    worker.once('exit', (code) => reject(shardDied(new Error(`The thread ended with code ${code}.`))));
  });
  failed.catch(() => undefined);
  const connection = track(port1 as unknown as MessagePort, failed, () => void worker.terminate());
  threads.set(connection, worker);
  await Promise.race([connection.api.ping(null), failed]);
  return connection;
}

/** Ends a thread as a crash would: whoever is connected to it finds out alone. */
export function killThread(connection: ShardConnection): void {
  void threads.get(connection)?.terminate();
}

/** A shard on this thread, behind the same protocol. */
export async function startInProcess(): Promise<ShardConnection> {
  const { port1, port2 } = new MessageChannel();
  expose(new Shard(), port2 as unknown as MessagePort);
  return track(port1 as unknown as MessagePort, new Promise(() => undefined), () => port2.close());
}

function track(port: MessagePort, failed: Promise<never>, end: () => void): ShardConnection {
  const connection: ShardConnection = {
    api: connect<ShardApi>(port),
    failed,
    terminate() {
      running.delete(connection);
      port.close();
      end();
    },
  };
  running.add(connection);
  return connection;
}
