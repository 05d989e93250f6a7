/**
 * A thread that another one starts, and how its end is noticed. A browser does not report that it ended a worker for
 * want of memory or that a worker closed itself, and a call to it would wait for ever. But it frees the Web Locks that
 * the worker held. So every thread holds a lock while it lives, its lifeline.
 */
import { connect, expose, type Remote } from './rpc';

/**
 * Lets this thread answer messages (cancel, stop) before long work goes on: it sends a message to itself. A timer would
 * wait 4 ms once nested, and a second in a hidden page of some browsers.
 */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** A thread that is running. */
export interface Thread<Api> {
  readonly api: Remote<Api>;
  /** Rejects when the thread dies; else never settles. */
  readonly failed: Promise<never>;
  /** Ends the thread. Calls under way never settle. */
  terminate(): void;
}

/** Starts one more thread; rejects when it cannot. */
export type ThreadStarter<Api> = () => Promise<Thread<Api>>;

/** Where threads come from. */
export interface ThreadSource<Api> {
  /** As `navigator.hardwareConcurrency`. */
  readonly cores: number;
  readonly start: ThreadStarter<Api>;
}

/** What `serveThread` adds to an API. */
export interface Pinged {
  /**
   * Answers once the thread runs.
   * @param lifeline name of the lock that it is to hold while it lives
   * @returns whether it holds it
   */
  ping(lifeline: string | null): Promise<boolean>;
}

/** Seconds within which a new worker must answer. */
const PATIENCE = 20;
/** With more threads each gets too little work, and every one holds its own copy of what it works on. */
const MAX_THREADS = 8;

/** Threads for heavy work on so many cores. One core is left to the page if there are more than two. */
export function threadsFor(cores: number): number {
  return Math.max(1, Math.min(MAX_THREADS, cores <= 2 ? cores : cores - 1));
}

/** Waits for a new worker of a browser; nested ones need neither SharedArrayBuffer nor isolation. */
export async function startThread<Api>(worker: Worker): Promise<Thread<Api>> {
  let end: (reason: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    end = reject;
  });
  failed.catch(() => undefined);
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    end(new Error(event.message || 'The worker did not load.'));
  });
  const timer = setTimeout(() => end(new Error('The worker did not answer.')), 1000 * PATIENCE);
  // One proxy for the life of the thread. Comlink ends the worker's side when the last proxy of it is collected, so a
  // proxy for the ping alone could silence a worker that is just about to get its own.
  const api = connect<Api & Pinged>(worker);
  try {
    await Promise.race([
      watchThread(api as Remote<Pinged>, () => end(new Error('The worker is gone.'))),
      failed,
    ]);
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return { api: api as Remote<Api>, failed, terminate: () => worker.terminate() };
}

/** Answers once the thread runs; calls back once when it is gone, where the browser can tell. */
export async function watchThread(thread: Remote<Pinged>, ended: () => void): Promise<void> {
  // Absent, like the locks, on a page that is not served securely.
  const id = crypto.randomUUID?.();
  const lifeline = id ? `thread-${id}` : null;
  if ((await thread.ping(lifeline)) && lifeline) onLifelineEnd(lifeline, ended);
}

/** The thread's side: offers `api` to whoever started it (in tests: to the other end of a port). */
export function serveThread(api: object, port?: MessagePort): void {
  const ping: Pinged['ping'] = async (lifeline) => lifeline !== null && (await holdLifeline(lifeline));
  expose(Object.assign(api, { ping }), port);
}

/** @returns false where there are no locks */
async function holdLifeline(name: string): Promise<boolean> {
  const locks = locksOfThread();
  return (
    locks !== undefined &&
    holdLock(locks, name).then(
      () => true,
      () => false,
    )
  );
}

/** Resolves once the lock is held. It is freed only when the thread ends. */
export function holdLock(locks: Pick<LockManager, 'request'>, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const held = () => {
      resolve();
      return new Promise<never>(() => undefined);
    };
    locks.request(name, held).catch(reject);
  });
}

/** Calls back once when the thread that holds the lock is gone. */
function onLifelineEnd(name: string, ended: () => void): void {
  locksOfThread()
    ?.request(name, async () => ended())
    .catch(() => undefined);
}

/** Absent in Node before 24 and on pages that are not served securely. */
function locksOfThread(): LockManager | undefined {
  return (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
}
