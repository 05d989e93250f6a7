import { createJob, type JobContext, JobStep } from '../run-job';

const never = new AbortController().signal;

/** A job of no worker, for tests and benches: nobody hears of its steps. */
export function quietJob(
  cancel: AbortSignal = never,
  stop: AbortSignal = never,
  pause: AbortSignal = never,
): JobContext {
  return createJob(
    'The job',
    { cancel, stop, pause },
    (code, unit, max = null) => new JobStep(code, unit, max, () => {}),
  );
}
