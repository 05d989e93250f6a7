import { type Helper, startHelper } from '../../../src/threads/helper';
import type { SearchApi } from './search-protocol';

/** A search worker in a browser, nested in the quality worker. */
export function startSearchWorker(): Promise<Helper<SearchApi>> {
  const worker = new Worker(new URL('./search-worker.ts', import.meta.url), { type: 'module' });
  return startHelper(worker, (cause) => new Error('A search worker stopped.', { cause }));
}
