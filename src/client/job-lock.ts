import { UserError } from '../domain/errors';

/** Held by the page that runs a job, so that no other one takes it up meanwhile. */
function lockOf(jobId: string): string {
  return `doppelgrid-job-${jobId}`;
}

/** Holds the lock of a new job until it is over. */
export function holdJob(
  locks: Pick<LockManager, 'request'> | undefined,
  jobId: string,
  done: Promise<unknown>,
): void {
  const isOver = done.then(
    () => undefined,
    () => undefined,
  );
  locks?.request(lockOf(jobId), () => isOver).catch(() => undefined);
}

/**
 * Takes up a job that was put on hold or left behind, unless another page has done so.
 * @param locks absent where pages cannot tell of each other
 * @throws UserError `config/invalid` if another page has it
 */
export async function takeUpJob<T>(
  locks: Pick<LockManager, 'request'> | undefined,
  jobId: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!locks) return work();
  const taken = await locks.request(lockOf(jobId), { ifAvailable: true }, async (lock) =>
    lock ? { value: await work() } : null,
  );
  if (taken) return taken.value;
  throw new UserError('config/invalid', 'Another tab has taken this up already.');
}
