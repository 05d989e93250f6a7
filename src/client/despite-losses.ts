import { isLost, UserError } from '../domain/errors';
import type { RunningJob } from './job-run';

/** Workers that one job may lose before it fails: what ends them each time ends the next one too. */
const MAX_LOSSES = 3;

/**
 * Does work again, from its last checkpoint, when the browser ends the worker that does it.
 * @param what subject of a sentence: "The training"
 * @throws UserError `engine/lost` if that happens again and again
 */
export async function despiteLosses<T>(
  job: Pick<RunningJob, 'notice' | 'isCanceled' | 'isPausing'>,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  for (let losses = 0; ; losses++) {
    try {
      return await work();
    } catch (error) {
      if (!isLost(error) || job.isCanceled() || job.isPausing()) throw error;
      if (losses === MAX_LOSSES)
        throw new UserError(
          'engine/lost',
          `${what} ended: the browser has ended its engine ${MAX_LOSSES + 1} times, as it does when memory runs out. Close other tabs and programs, or choose a smaller model or fewer rows, and try again.`,
          { cause: error },
        );
      job.notice(`The browser has ended the engine. ${what} goes on in a new one.`);
    }
  }
}
