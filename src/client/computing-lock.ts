/** Held by the page of this origin that computes. The browser frees it when the page is closed. */
const COMPUTING_LOCK = 'doppelgrid-computing';

export interface Turn {
  /** Ends the waiting with the browser's AbortError. */
  readonly signal: AbortSignal;
  /** Another page computes. */
  onWait(): void;
  /** It no longer does. */
  onTurn(): void;
}

/**
 * Does work while no other page of the app does such work: two trainings would share one accelerator and one memory.
 * @param locks absent where pages cannot tell of each other; the work is done at once
 */
export async function inTurnOfPages<T>(
  locks: Pick<LockManager, 'request'> | undefined,
  { signal, onWait, onTurn }: Turn,
  work: () => Promise<T>,
): Promise<T> {
  if (!locks) return work();
  const done = await locks.request(COMPUTING_LOCK, { ifAvailable: true }, async (lock) =>
    lock ? { value: await work() } : null,
  );
  if (done) return done.value;
  onWait();
  return locks.request(COMPUTING_LOCK, { signal }, () => {
    onTurn();
    return work();
  });
}
