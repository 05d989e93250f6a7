import type { Job } from '../domain/job';
import type { Resources } from './client-context';
import { backgroundJobs } from './job-words';

/**
 * Whether leaving would lose something: work that goes on, or that has ended and is in no downloaded file.
 * @param isKept whether finished work is kept beyond this tab
 * @param isUnwritten whether something of it could not be written
 * @param ownJobs jobs of this tab; by default all
 */
export function losesWork(
  resources: Pick<Resources, 'generators' | 'datasets' | 'jobs'>,
  isKept: boolean,
  isUnwritten = false,
  ownJobs: readonly Job[] = resources.jobs,
): boolean {
  return isUnwritten || backgroundJobs(ownJobs).length > 0 || (!isKept && hasUnsavedWork(resources));
}

/**
 * Whether a finished result would be gone with this tab: rows that were never downloaded, or a model none of whose rows
 * were.
 */
export function hasUnsavedWork({
  generators,
  datasets,
  jobs,
}: Pick<Resources, 'generators' | 'datasets' | 'jobs'>): boolean {
  const saved = new Set(jobs.filter(isDownload).map(({ resource }) => resource.id));
  const isSaved = ({ id }: { readonly id: string }) => saved.has(id);
  return (
    datasets.some((dataset) => dataset.summary !== null && !isSaved(dataset)) ||
    generators.some(
      ({ id, trainingStatus }) =>
        trainingStatus === 'DONE' &&
        !datasets.some((dataset) => dataset.config.generatorId === id && isSaved(dataset)),
    )
  );
}

function isDownload({ kind, status }: Job): boolean {
  return kind === 'download' && status === 'DONE';
}
