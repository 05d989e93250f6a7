import { UserError } from '../domain/errors';
import type { AskedImport, Job } from '../domain/job';
import { onlyTable } from '../domain/only-table';
import type { CsvDialect, Source } from '../domain/sources';
import type { ClientContext } from './context';
import type { JobOptions } from './job-run';
import { readFile } from './read-file';
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
  facts: Pick<Source, 'dataSource' | 'origin' | 'from' | 'importedAt'> = {},
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
  const { sources, workers } = context;
  const isThere = sources.has(ids.sourceId);
  // Of a source that is read again, unless it went or another version became current meanwhile.
  const known = () => {
    const source = sources.has(ids.sourceId) ? sources.get(ids.sourceId) : null;
    return source && onlyTable(source).id === ids.tableId ? source : null;
  };
  const copied = asked.file ?? known()?.file;
  return readFile(
    context,
    {
      ...{ ids, file, asked, name: file.name },
      ...(copied !== undefined && { copied }),
      read: (job) =>
        job.ask(workers.database, ['IMPORT_DATA', 'bytes'], (database) =>
          database.importSource(job.id, ids, file, asked.dialect),
        ),
      // A source that was read again has its new table already: its record follows.
      isWanted: (job) => (isThere ? known() !== null : !job.isCanceled()),
      put: (imported, kept) => {
        const own = factsOf(known()) ?? asked.facts;
        return sources.put({ ...imported, ...own, ...(kept && { file: kept }) });
      },
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
