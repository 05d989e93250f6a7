import type { EngineEvent } from '../../workers/engine/protocol';
import { isUnfinished } from '../domain/job';
import { FILES_OF } from '../domain/records';
import type { ClientContext } from './context';
import { removeFiles } from './restore';

/**
 * Keeps the checkpoint of a job with what it makes; its record names the files from now on, and those of the checkpoint
 * before go. One that comes when the job has ended goes itself, but for what has become part of the result: rows are written
 * into the file that they are read from.
 */
export function keepCheckpoint(
  { datasets, generators, jobs, workers }: ClientContext,
  { jobId, checkpoint }: Extract<EngineEvent, { type: 'checkpoint' }>,
): void {
  const job = jobs.known.find(jobId);
  const id = job?.resource.id ?? '';
  // The status of the resource: that of the job may not have been told yet.
  if (job?.kind === 'training' && generators.has(id) && isUnfinished(generators.get(id).trainingStatus))
    generators.patch(id, { checkpoint });
  else if (job?.kind === 'generation' && datasets.has(id) && isUnfinished(datasets.get(id).generationStatus))
    datasets.patch(id, { checkpoint });
  else {
    const named = new Set([
      ...(generators.has(id) ? FILES_OF.generator(generators.get(id)) : []),
      ...(datasets.has(id) ? FILES_OF['synthetic-dataset'](datasets.get(id)) : []),
    ]);
    const left = checkpoint.files.filter((file) => !named.has(file));
    removeFiles(workers, left).catch(() => undefined);
  }
}
