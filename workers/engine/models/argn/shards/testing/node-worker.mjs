/** Runs a shard in a thread of Node: TypeScript needs its loader before anything else. */
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { expose } = await import('../../../../../../src/threads/rpc.ts');
const { Shard } = await import('../shard.ts');
expose(new Shard(), workerData);
