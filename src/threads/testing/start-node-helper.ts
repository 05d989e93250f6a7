import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { Helper, HelperApi } from '../helper';
import { connect } from '../rpc';

/** A helper in a thread of Node. */
export interface NodeHelper<Api> extends Helper<Api> {
  /** Ends the thread as a crash would: whoever is connected to it finds out alone. */
  kill(): void;
}

/**
 * Starts a script that exposes its API on the port it is given as `workerData`.
 * @param died makes the error of `failed`
 */
export async function startNodeHelper<Api extends HelperApi>(
  script: URL,
  died: (cause: Error) => Error = (cause) => cause,
): Promise<NodeHelper<Api>> {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(fileURLToPath(script), { workerData: port2, transferList: [port2] });
  const failed = new Promise<never>((_, reject) => {
    worker.once('error', (error) => reject(died(error)));
    worker.once('exit', (code) => reject(died(new Error(`The thread ended with code ${code}.`))));
  });
  failed.catch(() => undefined);
  const api = connect<Api>(port1 as unknown as MessagePort);
  await Promise.race([api.ping(null), failed]);
  return {
    api,
    failed,
    kill: () => void worker.terminate(),
    terminate() {
      port1.close();
      void worker.terminate();
    },
  };
}
