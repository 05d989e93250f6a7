import type { DoppelgridClient } from '../client/api';
import { saveFile } from '../components/save-file';
import { isCanceled } from '../domain/errors';
import type { Generator } from '../domain/generators';
import { isUnderWay, type Job } from '../domain/job';
import { onlyTable } from '../domain/only-table';
import { privacyOf } from '../domain/private-training';
import { generateDataset, resumeGeneration, resumeTraining, showError, trainGenerator } from './actions';

/** Whether a job can be put on hold now. A private training that has begun cannot (docs/jobs.md, Pausing). */
export function canPause(job: Job, generators: readonly Generator[]): boolean {
  const { kind, resource, status, isStopping, isPausing } = job;
  if ((kind !== 'training' && kind !== 'generation') || !isUnderWay(status) || isStopping || isPausing)
    return false;
  if (kind === 'generation' || status === 'QUEUED') return true;
  const generator = generators.find(({ id }) => id === resource.id);
  return !generator || !isPrivate(generator);
}

/** Whether a generator is trained with differential privacy. */
export function isPrivate({ config }: Pick<Generator, 'config'>): boolean {
  return privacyOf(onlyTable(config).tabularModelConfiguration) !== null;
}

/** Puts a job on hold. */
export function pauseJob(client: DoppelgridClient, { id }: Pick<Job, 'id'>): void {
  client.jobs.pause(id).catch(showError);
}

/** Goes on with a job that is on hold, and to what follows it. */
export function resumeJob(
  client: DoppelgridClient,
  { id, kind, resource }: Pick<Job, 'id' | 'kind' | 'resource'>,
): void {
  if (kind === 'training') void resumeTraining(client, resource.id);
  else if (kind === 'generation') void resumeGeneration(client, resource.id);
  else void doAgain(client, id, () => client.jobs.resume(id));
}

/** Tries a job again that failed or was cancelled, with what follows it. */
export function retryJob(
  client: DoppelgridClient,
  { id, kind, resource }: Pick<Job, 'id' | 'kind' | 'resource'>,
): void {
  if (kind === 'training') void trainGenerator(client, resource.id);
  else if (kind === 'generation') void generateDataset(client, resource.id);
  else void doAgain(client, id, () => client.jobs.retry(id));
}

/** A file that it writes is handed to the person, as when it was asked for. */
async function doAgain({ jobs }: DoppelgridClient, id: string, work: () => Promise<unknown>): Promise<void> {
  try {
    const made = await work();
    if (made instanceof File) saveFile(made);
  } catch (error) {
    const { kind, status } = jobs.get(id);
    const isToldElsewhere = status === 'FAILED' && (kind === 'import' || kind === 'report');
    if (!isCanceled(error) && !isToldElsewhere) showError(error);
  }
}

/** Ends a training or generation early and keeps what it has. */
export function stopJob(client: DoppelgridClient, { kind, resource }: Pick<Job, 'kind' | 'resource'>): void {
  const { generators, syntheticDatasets } = client;
  const stopped = kind === 'training' ? generators.stop(resource.id) : syntheticDatasets.stop(resource.id);
  stopped.catch(showError);
}

/** Ends a job and drops what it made. */
export function cancelJob(client: DoppelgridClient, { id }: Pick<Job, 'id'>): void {
  client.jobs.cancel(id).catch(showError);
}
