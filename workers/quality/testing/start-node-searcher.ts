import { MessageChannel } from 'node:worker_threads';
import type { Helper } from '../../../src/threads/helper';
import { connect, expose } from '../../../src/threads/rpc';
import { startNodeHelper } from '../../../src/threads/testing/start-node-helper';
import type { SearchApi } from '../distances/search-protocol';
import { Searcher } from '../distances/searcher';

/** A searcher in a thread of Node. */
export function startSearchThread(): Promise<Helper<SearchApi>> {
  return startNodeHelper(new URL('./node-searcher.mjs', import.meta.url));
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
