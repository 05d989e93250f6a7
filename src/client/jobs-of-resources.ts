import { UserError } from '../domain/errors';
import { isUnderWay, type Job } from '../domain/job';
import { endedJob } from '../domain/job-changes';
import type { ClientContext } from './context';
import { takeUpJob } from './job-lock';
import type { JobRequest } from './job-requests';
import type { JobOptions, JobPlan, RunningJob } from './job-run';

type Context = Pick<ClientContext, 'jobs' | 'requests' | 'workers'>;

/**
 * Ends, stops or pauses a job, here or in the page that runs it; resolves when that has been done.
 * @param job null where it is not known, as of a page with an earlier version of the app
 * @throws UserError `config/invalid` if the page that runs it does not answer
 */
export async function controlJob(context: Context, job: Job | null, request: JobRequest): Promise<void> {
  if (!job) throw new UserError('config/invalid', 'This runs in another tab. Look after it there.');
  const done = obeyHere(context, job.id, request);
  if (done) await done;
  else if (isUnderWay(job.status)) await context.requests.ask(job.id, request);
}

/** @returns null if the job does not run here */
export function obeyHere(
  { jobs, workers }: Pick<Context, 'jobs' | 'workers'>,
  jobId: string,
  request: JobRequest,
): Promise<void> | null {
  if (!jobs.isHere(jobId)) return null;
  if (request === 'cancel') return jobs.cancelOne(jobId).then(() => undefined);
  if (request === 'pause') return jobs.pause(jobId).then(() => undefined);
  jobs.stopping(jobId);
  return workers.engine().then((engine) => engine.stop(jobId));
}

/** Marks a job that is on hold as cancelled. */
export function discardJob({ jobs }: Pick<Context, 'jobs'>, job: Job | null): void {
  if (job?.status === 'ON_HOLD') jobs.replace(endedJob(job, 'CANCELED', null));
}

/** Makes a file that a person takes. That it is made is kept before they have it: they are not offered it again. */
export async function deliver(
  { jobs, keeper }: Pick<ClientContext, 'jobs' | 'keeper'>,
  plan: JobPlan,
  work: (job: RunningJob) => Promise<File>,
  options: JobOptions,
): Promise<File> {
  const file = await jobs.start(plan, work, options);
  await keeper.flush().catch(() => undefined);
  return file;
}

/** Goes on with a job that was on hold; with another one where it is no longer known. */
export function takeUp<T>(
  { jobs }: Pick<Context, 'jobs'>,
  job: Job | null,
  work: (job: Job | null) => Promise<T>,
): Promise<T> {
  const known = job && jobs.known.find(job.id);
  return known ? takeUpJob(globalThis.navigator?.locks, known.id, () => work(known)) : work(null);
}
