import type { JobContext } from '../../../src/threads/run-job';

/**
 * A job that a person may pause: it ends at once as long as there is nothing to keep.
 * @param isKeeping whether the work writes checkpoints by now, and ends itself once one is written
 */
export function pausableJob(job: JobContext, isKeeping: () => boolean): JobContext {
  const pauseNow = () => {
    if (job.pause.aborted && !isKeeping()) throw job.paused();
  };
  return {
    ...job,
    checkpoint: () => {
      job.checkpoint();
      pauseNow();
    },
    yield: async () => {
      await job.yield();
      pauseNow();
    },
  };
}

/** What a checkpoint holds does not lead through the job: the code or the data differ. */
export class CheckpointMismatch extends Error {
  constructor() {
    super('The checkpoint does not fit this job.');
  }
}
