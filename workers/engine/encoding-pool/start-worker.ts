import { startHelper } from '../../../src/threads/helper';
import type { EncoderConnection } from './protocol';

/** A helper in a browser, nested in the engine's worker. */
export function startEncoderWorker(): Promise<EncoderConnection> {
  const worker = new Worker(new URL('./encoder-worker.ts', import.meta.url), { type: 'module' });
  return startHelper(worker, (cause) => cause);
}
