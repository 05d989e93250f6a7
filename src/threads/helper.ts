import { holdLifeline, onLifelineEnd } from './lifeline';
import { connect, type Remote } from './rpc';

/** A worker that another worker started for itself. */
export interface Helper<Api> {
  readonly api: Remote<Api>;
  /** Rejects when the worker dies; else never settles. Without it a call to a dead worker would wait for ever. */
  readonly failed: Promise<never>;
  /** Ends the worker. Calls that are under way never settle. */
  terminate(): void;
}

/** What every helper answers, beside its own API. */
export interface HelperApi {
  /**
   * Answers once the worker runs.
   * @param lifeline a lock that it is to hold while it lives
   * @returns whether it holds it
   */
  ping(lifeline: string | null): Promise<boolean>;
}

/** Seconds within which a worker must answer first. */
const PATIENCE = 20;

/**
 * Waits for a new worker of a browser; nested ones need neither SharedArrayBuffer nor isolation.
 * @param died makes the error of `failed`, and of a worker that does not start
 */
export async function startHelper<Api extends HelperApi>(
  worker: Worker,
  died: (cause: Error) => Error,
): Promise<Helper<Api>> {
  let end: (reason: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    end = (cause) => reject(died(cause));
  });
  failed.catch(() => undefined);
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    end(new Error(event.message || 'The worker did not load.'));
  });
  const timer = setTimeout(() => end(new Error('The worker did not answer.')), 1000 * PATIENCE);
  // Absent, like the locks, on a page that is not served securely.
  const id = crypto.randomUUID?.();
  const lifeline = id ? `helper-${id}` : null;
  const api = connect<Api>(worker);
  try {
    const ping = api.ping as unknown as HelperApi['ping'];
    const held = await Promise.race([ping(lifeline), failed]);
    if (held && lifeline) onLifelineEnd(lifeline, () => end(new Error('The worker is gone.')));
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return { api, failed, terminate: () => worker.terminate() };
}

/** The worker's side of `HelperApi.ping`. */
export async function answerPing(lifeline: string | null): Promise<boolean> {
  return lifeline !== null && (await holdLifeline(lifeline));
}
