import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { connect } from '../../../../src/threads/rpc';
import type { EncoderApi, EncoderConnection } from '../protocol';

const threads = new Map<EncoderConnection, Worker>();

/** Helpers of this process that were not terminated. */
export function runningEncoders(): number {
  return threads.size;
}

/** A helper in a thread of Node. */
export async function startNodeEncoder(): Promise<EncoderConnection> {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(fileURLToPath(new URL('./node-worker.mjs', import.meta.url)), {
    workerData: port2,
    transferList: [port2],
  });
  const failed = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The thread ended with code ${code}.`)));
  });
  failed.catch(() => undefined);
  const connection: EncoderConnection = {
    api: connect<EncoderApi>(port1 as unknown as MessagePort),
    failed,
    terminate() {
      threads.delete(connection);
      port1.close();
      void worker.terminate();
    },
  };
  threads.set(connection, worker);
  await Promise.race([connection.api.ping(null), failed]);
  return connection;
}

/** Ends a thread as a crash would: whoever is connected to it finds out alone. */
export function killEncoder(connection: EncoderConnection): void {
  void threads.get(connection)?.terminate();
}
