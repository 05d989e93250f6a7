import type { ArchiveForm, UnpackedArchive } from '../../workers/workspace/protocol';
import { UserError } from '../domain/errors';
import type { AskedArchive, Job } from '../domain/job';
import type { ClientContext } from './context';
import type { JobOptions, RunningJob } from './job-run';
import { removeFiles } from './restore';
import { keepCopy } from './source-files';

interface Archive {
  readonly file: File;
  readonly form: ArchiveForm;
  /** What will be made of it: a generator or a project. */
  readonly resource: Job['resource'];
  readonly asked: AskedArchive;
}

/** Makes a generator or a project of an archive. */
type ReadArchive<T> = (
  context: ClientContext,
  file: File,
  resource: Job['resource'],
  asked: AskedArchive,
  options: JobOptions,
) => Promise<T>;

/** A copy is kept where so many of it fit: what is in the archive needs space, too. */
const COPIES_THAT_FIT = 4;

/**
 * The job that unpacks an archive. The archive is copied meanwhile, so that the job can begin anew after an interruption;
 * the copy goes when the job ends.
 * @param use what is made of what was in it
 */
export function readArchive<T>(
  context: ClientContext,
  { file, form, resource, asked }: Archive,
  use: (unpacked: UnpackedArchive, job: RunningJob) => Promise<T>,
  options: JobOptions,
): Promise<T> {
  const { jobs, workers } = context;
  return jobs.start(
    { kind: 'import', resource, what: `Reading ${file.name}`, asked },
    async (job) => {
      let isOver = false;
      const remember = async () => {
        if (asked.file !== undefined || !(await canCopy(context, file))) return;
        const copy = await keepCopy(context, file);
        if (copy === undefined) return;
        if (isOver) await removeFiles(workers, [copy]);
        else job.remember({ ...asked, file: copy });
      };
      // Without a copy it is not offered again: the archive is with the person.
      remember().catch(() => undefined);
      try {
        const unpacked = await job.ask(workers.workspace, ['IMPORT_DATA', 'bytes'], (workspace) =>
          workspace.unpack(job.id, file, form),
        );
        return await use(unpacked, job);
      } finally {
        isOver = true;
      }
    },
    options,
  );
}

/** Begins an interrupted import anew: gives `read` its archive, under its own name. @throws UserError `not-found` if it is gone */
export async function resumeArchive<T>(
  context: ClientContext,
  { asked, resource }: Job,
  options: JobOptions,
  read: ReadArchive<T>,
): Promise<T> {
  if (asked?.kind !== 'archive' || asked.file === undefined)
    throw new UserError('not-found', `${resource.name} is no longer at hand. Bring it in again.`);
  const copy = await (await context.workers.workspace()).read(asked.file);
  const file = new File([copy], resource.name, { type: copy.type });
  return read(context, file, resource, asked, options);
}

async function canCopy({ workers }: ClientContext, { size }: File): Promise<boolean> {
  const { used, quota } = await (await workers.workspace()).usage();
  return used === null || quota === null || quota - used >= COPIES_THAT_FIT * size;
}
