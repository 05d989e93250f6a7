/**
 * Runs the script of a browser's worker in a thread of Node: the thread's global scope speaks through a port, and
 * TypeScript has its loader before anything else.
 */
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

const { script, port } = workerData;
for (const name of ['addEventListener', 'removeEventListener', 'postMessage']) {
  globalThis[name] = port[name].bind(port);
}
register();
await import(script);
port.start();
