import { formatPercent } from '../components/format';
import { isUnderWay, type Job, type JobKind, type ProgressStatus } from '../domain/job';
import { jobShare } from '../domain/job-progress';
import type { Resources } from './client-context';

export const KIND_NAMES: Record<JobKind, string> = {
  import: 'Import',
  rules: 'Search for rules',
  training: 'Training',
  generation: 'Generation',
  probe: 'Probe',
  report: 'Report',
  download: 'Download',
  export: 'Export',
};

export const STATUS_NAMES: Record<ProgressStatus, string> = {
  NEW: 'Not started',
  CONTINUE: 'To go on',
  QUEUED: 'Waiting',
  IN_PROGRESS: 'Running',
  ON_HOLD: 'On hold',
  DONE: 'Done',
  FAILED: 'Failed',
  CANCELED: 'Cancelled',
};

const DOING: Record<JobKind, string> = {
  import: 'Reading',
  rules: 'Looking for rules in',
  training: 'Training',
  generation: 'Generating',
  probe: 'Drawing a few rows of',
  report: 'Writing the report of',
  download: 'Writing the file of',
  export: 'Exporting',
};

/** "Training people", of a job under way. */
export function jobTitle({
  kind,
  resource,
  isStopping,
  isPausing,
}: Pick<Job, 'kind' | 'resource' | 'isStopping' | 'isPausing'>): string {
  if (isPausing) return `Pausing the ${kind} of ${resource.name}`;
  return `${isStopping ? `Stopping the ${kind} of` : DOING[kind]} ${resource.name}`;
}

/**
 * What the last job of a kind came to, for a person who is on another page; null where its own page says it.
 * @param isNewerFile of an import: it read a newer file, which waits to be taken
 */
export function endInWords({ kind, resource, status, error }: Job, isNewerFile = false): string | null {
  const { name } = resource;
  if (kind === 'rules' || kind === 'probe' || kind === 'download' || kind === 'export') return null;
  if (status === 'FAILED') return `${KIND_NAMES[kind]} of “${name}”: ${error ?? 'it failed.'}`;
  if (status !== 'DONE') return null;
  if (kind === 'import')
    return isNewerFile
      ? `A newer file of ${name} has been read. Its page shows what is different.`
      : `${name} has been read.`;
  if (kind === 'training') return `“${name}” has been trained.`;
  return kind === 'report' ? `The report of “${name}” is ready.` : `“${name}” is ready.`;
}

/** Jobs under way that are worth a word on every page: what a page asks for while it is looked at is not. */
export function backgroundJobs(jobs: readonly Job[]): Job[] {
  return jobs.filter(({ kind, status }) => isUnderWay(status) && kind !== 'rules' && kind !== 'probe');
}

/** "42 %", or null where nothing tells. */
export function shareInWords(share: number | null): string | null {
  return share === null ? null : formatPercent(Math.min(share, 0.99), 0);
}

/** The title of the tab: that of the page, or how far the first job under way is. */
export function tabTitle(pageTitle: string, jobs: readonly Job[]): string {
  const running = backgroundJobs(jobs);
  const job = running.find(({ status }) => status === 'IN_PROGRESS') ?? running[0];
  if (!job) return pageTitle;
  const share = shareInWords(jobShare(job));
  return `${share === null ? '' : `${share} · `}${jobTitle(job)} – Doppelgrid`;
}

const FOLDERS: Record<Job['resource']['kind'], string> = {
  source: 'sources',
  generator: 'generators',
  'synthetic-dataset': 'synthetic-datasets',
  project: 'projects',
};

/** Path of the page that shows what a job works on, whether or not it is there yet. */
export function pathOfJob({ resource }: Pick<Job, 'resource'>): string {
  return resource.kind === 'project' ? '/projects' : `/${FOLDERS[resource.kind]}/${resource.id}`;
}

/** Path of the page to look at a job on; null where what it worked on is gone. */
export function shownPathOfJob(
  job: Job,
  { sources, generators, datasets, projects }: Resources,
): string | null {
  const known = { source: sources, generator: generators, 'synthetic-dataset': datasets, project: projects }[
    job.resource.kind
  ];
  if (known.some(({ id }: { readonly id: string }) => id === job.resource.id)) return pathOfJob(job);
  return job.kind === 'import' && isUnderWay(job.status) ? '/import' : null;
}
