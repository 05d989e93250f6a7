import { UserError } from '../domain/errors';
import type { Job } from '../domain/job';
import type { DoppelgridClient } from './api';
import type { ClientContext } from './context';
import { canImportAgain, resumeImport } from './import-table';
import type { JobOptions } from './job-run';
import { takeUp } from './jobs-of-resources';
import { canReadAgain, resumeReading } from './source-versions';

type Parts = Pick<
  DoppelgridClient,
  'evaluations' | 'generators' | 'projects' | 'reports' | 'syntheticDatasets'
>;

/** How jobs go on that were cut short. */
export interface InterruptedJobs {
  /** Whether a job can go on from a checkpoint or begin anew: what it needs is there. */
  canResume(job: Job): boolean;
  /** Goes on with a job that is on hold, and resolves with what it made. */
  resume(job: Job): Promise<unknown>;
  /** The same, and what was to follow it, in a page that nobody asked to; files that need a person to take them stay on hold. */
  goOn(job: Job): Promise<unknown>;
  /** Does a job that failed or was cancelled again, as another one; resolves with what it made. @throws UserError `config/invalid` */
  retry(job: Job): Promise<unknown>;
  /** As `syntheticDatasets.follow`. */
  readonly follow: DoppelgridClient['syntheticDatasets']['follow'];
}

/** Trainings and generations go on from their checkpoints, or begin anew; other jobs begin anew. */
export function createInterruptedJobs(
  context: ClientContext,
  { evaluations, generators, projects, reports, syntheticDatasets }: Parts,
): InterruptedJobs {
  function canResume(job: Job): boolean {
    const { kind, resource, asked } = job;
    if (kind === 'import')
      return canImportAgain(context, job) || canReadAgain(context, job) || hasArchive(job);
    if (kind === 'training') return context.generators.has(resource.id);
    if (asked?.kind === 'evaluation') return context.sources.has(resource.id);
    if (kind === 'generation' || kind === 'report') return context.datasets.has(resource.id);
    if (kind === 'download') return asked?.kind === 'download' && context.datasets.has(resource.id);
    return kind === 'export' && (resource.kind === 'project' || context.generators.has(resource.id));
  }

  function anew({ kind, resource: { id, ...resource }, asked }: Job, options: JobOptions): Promise<unknown> {
    if (asked?.kind === 'evaluation') return evaluations.create(asked.config, options);
    if (kind === 'report') return reports.create(id, options);
    if (kind === 'download' && asked?.kind === 'download') {
      const { format, csv, sorted = false } = asked;
      const again: JobOptions & { csv: typeof csv; sorted: boolean } = { ...options, csv, sorted };
      return syntheticDatasets.download(id, format, again);
    }
    if (kind === 'export')
      return resource.kind === 'project' ? projects.export(id, options) : generators.export(id, options);
    throw new UserError('config/invalid', `This ${kind} cannot go on. Ask for it again.`);
  }

  async function readAnew(job: Job): Promise<unknown> {
    const { asked, resource } = job;
    const options = { resumes: job };
    if (asked?.kind === 'version') return resumeReading(context, job, options);
    if (asked?.kind !== 'archive') return resumeImport(context, job, options);
    if (resource.kind === 'project')
      return (await import('./project-archive')).resumeProjectImport(context, job, options);
    return (await import('./generator-archive')).resumeGeneratorImport(context, job, options);
  }

  async function resume(job: Job): Promise<unknown> {
    const { kind, resource } = job;
    if (kind === 'training') return generators.resume(resource.id);
    if (kind === 'generation') return syntheticDatasets.resume(resource.id);
    return takeUp(context, job, async (resumes) => {
      if (resumes?.status !== 'ON_HOLD') throw new UserError('config/invalid', 'This job is not on hold.');
      return kind === 'import' ? readAnew(resumes) : anew(resumes, { resumes });
    });
  }

  return {
    canResume,
    resume,
    async retry(job) {
      const { kind, resource } = job;
      const { datasets, generators: shelf, jobs } = context;
      // Loaded when it is asked for: the first screen does without.
      const { whyNotRetry } = await import('../domain/job-retry');
      const why = whyNotRetry(job, {
        jobs: jobs.known.list(),
        ...{ generators: shelf.list(), datasets: datasets.list(), projects: projects.list() },
      });
      if (why !== null) throw new UserError('config/invalid', why);
      if (kind === 'training') return generators.train(resource.id);
      if (kind === 'generation') return syntheticDatasets.generate(resource.id);
      return anew(job, {});
    },
    follow: syntheticDatasets.follow,
    async goOn(job) {
      if (job.kind === 'download' || job.kind === 'export') return;
      await resume(job);
      const next = job.kind === 'training' ? syntheticDatasets.follow(job.resource.id) : null;
      if (next) await syntheticDatasets.generate(next.id);
    },
  };
}

/** Whether an archive is kept with which an interrupted import can begin anew. */
function hasArchive({ asked }: Job): boolean {
  return asked?.kind === 'archive' && asked.file !== undefined;
}
