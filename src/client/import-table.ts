import { canceledError, UserError } from '../domain/errors';
import type { AskedImport, Job } from '../domain/job';
import { onlyTable } from '../domain/only-table';
import type { CsvDialect, Source } from '../domain/sources';
import type { ClientContext } from './context';
import type { JobOptions } from './job-registry';
import { removeFiles } from './restore';
import { copyOf, keepCopy } from './source-files';
import { currentProjectId, inProject } from './stock';

type Options = JobOptions & { readonly dialect?: Partial<CsvDialect> };
type Ids = { readonly sourceId: string; readonly tableId: string };

/**
 * Reads a file as a source, new or again. The file is copied meanwhile, so that the import can begin anew after an
 * interruption (`resumeImport`).
 */
export function importTable(
  context: ClientContext,
  ids: Ids,
  file: File,
  { dialect = {}, ...options }: Options,
  facts: Pick<Source, 'dataSource' | 'importedAt'> = {},
): Promise<Source> {
  // The project that was worked in when the file was brought in.
  const project = inProject(currentProjectId(context));
  const asked = { kind: 'import', tableId: ids.tableId, dialect, facts: { ...facts, ...project } } as const;
  return read(context, ids, file, asked, options);
}

/** Whether there is a file to begin an interrupted import with. */
export function canImportAgain(
  { sources }: Pick<ClientContext, 'sources'>,
  { asked, resource }: Job,
): boolean {
  if (asked?.kind !== 'import') return false;
  return (
    asked.file !== undefined || (sources.has(resource.id) && sources.get(resource.id).file !== undefined)
  );
}

/** Begins an interrupted import anew. @throws UserError `not-found` if its file is gone */
export async function resumeImport(context: ClientContext, job: Job, options: JobOptions): Promise<Source> {
  const { restorer, sources } = context;
  const { asked, resource } = job;
  if (asked?.kind !== 'import')
    throw new UserError('not-found', `The file of ${resource.name} is no longer at hand. Bring it in again.`);
  const { tableId, file: copy } = asked;
  const { file } = sources.has(resource.id) ? sources.get(resource.id) : { file: copy };
  const tables = [{ id: tableId }];
  const stored = await restorer.file({ name: resource.name, tables, ...(file !== undefined && { file }) });
  return read(context, { sourceId: resource.id, tableId }, stored, asked, options);
}

function read(
  context: ClientContext,
  ids: Ids,
  file: File,
  asked: AskedImport,
  options: JobOptions,
): Promise<Source> {
  const { broughtFiles, jobs, keeper, restorer, sources, workers } = context;
  const what = `Reading ${file.name}`;
  const isThere = sources.has(ids.sourceId);
  // Of a source that is read again, unless it went or another version became current meanwhile.
  const known = () => {
    const source = sources.has(ids.sourceId) ? sources.get(ids.sourceId) : null;
    return source && onlyTable(source).id === ids.tableId ? source : null;
  };
  const resource = { kind: 'source', id: ids.sourceId, name: file.name } as const;
  return jobs.start(
    { kind: 'import', resource, what, asked },
    async (job) => {
      let isOver = false;
      const copied = asked.file ?? known()?.file;
      const copying = copied === undefined ? keepCopy(context, file) : Promise.resolve(copied);
      const remembered = copying.then(async (copy) => {
        if (copied !== undefined || copy === undefined) return;
        if (isOver) await removeFiles(workers, [copy]);
        else job.remember({ ...asked, file: copy });
      });
      remembered.catch(() => undefined);
      try {
        const imported = await job.ask(workers.database, ['IMPORT_DATA', 'bytes'], (database) =>
          database.importSource(job.id, ids, file, asked.dialect),
        );
        restorer.has(ids.tableId);
        const kept = await copyOf(context, ids, file, job, copying);
        // A source that was read again has its new table already: its record follows.
        if (isThere ? !known() : job.isCanceled()) {
          await restorer.dropTable(ids.tableId);
          throw canceledError(what);
        }
        broughtFiles.set(ids.tableId, file);
        const own = factsOf(known()) ?? asked.facts;
        // The copy passes from the job to the source with one change of both.
        const { file: _passed, ...rest } = asked;
        job.remember({ ...rest, isRead: true });
        const source = sources.put({ ...imported, ...own, ...(kept && { file: kept }) });
        await keeper.flush().catch(job.note);
        return source;
      } finally {
        isOver = true;
      }
    },
    options,
  );
}

/** What is not of the file of a source that is read again; null = it is new. */
function factsOf(source: Source | null): Partial<Source> | null {
  if (!source) return null;
  const { byteSize, dialect, chosen, format, layout, headerGuess, tables, importSeconds, file, ...facts } =
    source;
  return facts;
}
