import { quietJob } from '../../../src/threads/testing/quiet-job';
import { Pacer } from '../pacing';

/** A pacer of a job that nobody runs. @param seen takes the progress: units done, and in total */
export function quietPacer(seen: (number | null)[][] = [], cancel?: AbortSignal): Pacer {
  return new Pacer(quietJob(cancel), { update: (...progress) => seen.push(progress as number[]) });
}
