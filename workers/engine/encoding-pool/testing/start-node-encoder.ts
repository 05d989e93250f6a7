import { startNodeHelper } from '../../../../src/threads/testing/start-node-helper';
import type { EncoderApi, EncoderConnection } from '../protocol';

/** Per helper that was not terminated, how to make it crash. */
const running = new Map<EncoderConnection, () => void>();

/** Helpers of this process that were not terminated. */
export function runningEncoders(): number {
  return running.size;
}

/** A helper in a thread of Node. */
export async function startNodeEncoder(): Promise<EncoderConnection> {
  const helper = await startNodeHelper<EncoderApi>(new URL('./node-worker.mjs', import.meta.url));
  const connection: EncoderConnection = {
    ...helper,
    terminate() {
      running.delete(connection);
      helper.terminate();
    },
  };
  running.set(connection, helper.kill);
  return connection;
}

/** Ends a thread as a crash would: whoever is connected to it finds out alone. */
export function killEncoder(connection: EncoderConnection): void {
  running.get(connection)?.();
}
