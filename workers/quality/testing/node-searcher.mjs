/** Runs a searcher in a thread of Node: TypeScript needs its loader before anything else. */
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { expose } = await import('../../../src/threads/rpc.ts');
const { Searcher } = await import('../distances/searcher.ts');
expose(new Searcher(), workerData);
