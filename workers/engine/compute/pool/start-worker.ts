import { connect } from '../../../../src/threads/rpc';
import { type ShardConnection, shardDied } from './connection';
import { onLifelineEnd } from './lifeline';
import type { ShardApi } from './protocol';

/** Seconds within which a compute worker must answer first. */
const PATIENCE = 20;

/** A compute worker in a browser, nested in the engine's worker; needs neither SharedArrayBuffer nor isolation. */
export async function startShardWorker(): Promise<ShardConnection> {
  const worker = new Worker(new URL('./pool-worker.ts', import.meta.url), { type: 'module' });
  const lifeline = `compute-thread-${crypto.randomUUID()}`;
  let end: (reason: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    end = reject;
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      reject(shardDied(new Error(event.message || 'The worker did not load.')));
    });
  });
  failed.catch(() => undefined);
  const api = connect<ShardApi>(worker);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(shardDied(new Error('The worker did not answer.'))), 1000 * PATIENCE);
  });
  try {
    const held = await Promise.race([api.ping(lifeline), failed, late]);
    if (held) onLifelineEnd(lifeline, () => end(shardDied(new Error('The worker is gone.'))));
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return { api, failed, terminate: () => worker.terminate() };
}
