import { UserError } from '../domain/errors';
import { isUnderWay, type Job } from '../domain/job';
import { projectOfJob } from '../domain/job-project';
import type { GeneratorsApi, JobsApi, SyntheticDatasetsApi } from './api';
import type { ClientContext } from './context';
import type { InterruptedJobs } from './interrupted-jobs';
import { controlJob, discardJob } from './jobs-of-resources';
import { stockOf } from './stock';

interface Resources {
  readonly generators: Pick<GeneratorsApi, 'cancel' | 'pause'>;
  readonly syntheticDatasets: Pick<SyntheticDatasetsApi, 'cancel' | 'pause'>;
}

/** Jobs as pages and scripts see them. */
export function createJobs(
  context: ClientContext,
  { generators, syntheticDatasets }: Resources,
  interrupted: Pick<InterruptedJobs, 'resume' | 'retry'>,
  listeners: Set<(job: Job) => void>,
): JobsApi {
  const { known } = context.jobs;
  /** What makes the resource of a job that can be paused. */
  const makerOf = ({ kind }: Job) =>
    kind === 'training' ? generators : kind === 'generation' ? syntheticDatasets : null;
  const held = (job: Job) => {
    const maker = makerOf(job);
    if (maker) return maker;
    throw new UserError(
      'config/invalid',
      `Only trainings and generations can be paused; this is a ${job.kind}.`,
    );
  };
  return {
    list({ kind, status, resourceId, project, isHere } = {}) {
      const projectOf = project === undefined ? () => undefined : projectOfJob(stockOf(context));
      return known
        .list()
        .filter(
          (job) =>
            (kind === undefined || job.kind === kind) &&
            (status === undefined || job.status === status) &&
            (resourceId === undefined || job.resource.id === resourceId) &&
            projectOf(job) === project &&
            (isHere === undefined || context.jobs.isHere(job.id) === isHere),
        );
    },
    get: (id) => known.get(id),
    async cancel(id) {
      const job = known.get(id);
      const maker = job.status === 'ON_HOLD' ? makerOf(job) : null;
      if (maker) await maker.cancel(job.resource.id);
      else if (job.status === 'ON_HOLD') discardJob(context, job);
      else await controlJob(context, job, 'cancel');
    },
    async pause(id) {
      const job = known.get(id);
      if (isUnderWay(job.status)) await held(job).pause(job.resource.id);
    },
    async resume(id) {
      const job = known.get(id);
      if (job.status !== 'ON_HOLD') throw new UserError('config/invalid', 'This job is not on hold.');
      return interrupted.resume(job);
    },
    retry: async (id) => interrupted.retry(known.get(id)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
