import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { Helper } from '../../../src/threads/helper';
import { connect, expose } from '../../../src/threads/rpc';
import type { SearchApi } from '../distances/search-protocol';
import { Searcher } from '../distances/searcher';

/** A searcher in a thread of Node. */
export async function startSearchThread(): Promise<Helper<SearchApi>> {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(fileURLToPath(new URL('./node-searcher.mjs', import.meta.url)), {
    workerData: port2,
    transferList: [port2],
  });
  const failed = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The thread ended with code ${code}.`)));
  });
  failed.catch(() => undefined);
  const api = connect<SearchApi>(port1 as unknown as MessagePort);
  await Promise.race([api.ping(null), failed]);
  const terminate = () => {
    port1.close();
    void worker.terminate();
  };
  return { api, failed, terminate };
}

/** A searcher on this thread, behind the same protocol. */
export function startSearcher(): { readonly helper: Helper<SearchApi>; die(): void } {
  const { port1, port2 } = new MessageChannel();
  expose(new Searcher(), port2 as unknown as MessagePort);
  let die: () => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    die = () => {
      port1.close();
      reject(new Error('gone'));
    };
  });
  failed.catch(() => undefined);
  const api = connect<SearchApi>(port1 as unknown as MessagePort);
  return { helper: { api, failed, terminate: () => port1.close() }, die };
}
