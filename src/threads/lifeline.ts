/**
 * Tells one worker that another is gone. A browser says nothing when it ends a worker for want of memory or when a
 * worker closes itself, and a call to it would wait for ever; but it frees the Web Locks that the worker held.
 */

/**
 * Holds a lock for as long as this thread lives.
 * @returns false where there are no locks
 */
export function holdLifeline(name: string): Promise<boolean> {
  const locks = locksOfThread();
  if (!locks) return Promise.resolve(false);
  return new Promise((resolve) => {
    const held = () => {
      resolve(true);
      return new Promise<never>(() => undefined);
    };
    locks.request(name, held).catch(() => resolve(false));
  });
}

/** Calls back once when the thread that holds the lock is gone. */
export function onLifelineEnd(name: string, ended: () => void): void {
  locksOfThread()
    ?.request(name, async () => ended())
    .catch(() => undefined);
}

/** Absent in Node before 24 and on pages that are not served securely. */
function locksOfThread(): LockManager | undefined {
  return (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
}
