import { canceledError } from '../domain/errors';
import type { AskedImport, AskedVersion } from '../domain/job';
import type { Source } from '../domain/sources';
import type { ClientContext } from './context';
import type { JobOptions, RunningJob } from './job-run';
import { removeFiles } from './restore';
import { copyOf, keepCopy } from './source-files';

/** How a file of a source is read, and what becomes of it. */
interface Reading {
  readonly ids: { readonly sourceId: string; readonly tableId: string };
  readonly file: File;
  /** Name of what the job works on. */
  readonly name: string;
  readonly asked: AskedImport | AskedVersion;
  /** Id of the copy of the file; absent = one is made. */
  readonly copied?: string;
  read(job: RunningJob): Promise<Source>;
  /** Whether somebody still waits for what was read. */
  isWanted(job: RunningJob): boolean;
  /** Puts it on the shelf. @param kept id of the copy of its file; absent = none is kept */
  put(imported: Source, kept: string | undefined): Source;
}

/**
 * The job that reads a file of a source. The file is copied meanwhile, so that the job can begin anew after an
 * interruption; the copy passes from the job to the source with one change of both.
 */
export function readFile(
  context: ClientContext,
  { ids, file, name, asked, copied, read, isWanted, put }: Reading,
  options: JobOptions,
): Promise<Source> {
  const { broughtFiles, jobs, keeper, restorer, workers } = context;
  const what = `Reading ${file.name}`;
  const resource = { kind: 'source', id: ids.sourceId, name } as const;
  return jobs.start(
    { kind: 'import', resource, what, asked },
    async (job) => {
      let isOver = false;
      const copying = copied === undefined ? keepCopy(context, file) : Promise.resolve(copied);
      const remembered = copying.then(async (copy) => {
        if (copied !== undefined || copy === undefined) return;
        if (isOver) await removeFiles(workers, [copy]);
        else job.remember({ ...asked, file: copy });
      });
      remembered.catch(() => undefined);
      try {
        const imported = await read(job);
        restorer.has(ids.tableId);
        const kept = await copyOf(context, ids, file, job, copying);
        if (!isWanted(job)) {
          await restorer.dropTable(ids.tableId);
          throw canceledError(what);
        }
        broughtFiles.set(ids.tableId, file);
        const { file: _passed, ...rest } = asked;
        job.remember({ ...rest, isRead: true });
        const source = put(imported, kept);
        await keeper.flush().catch(job.note);
        return source;
      } finally {
        isOver = true;
      }
    },
    options,
  );
}
