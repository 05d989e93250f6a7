import { readingOfNewer } from '../domain/chosen-dialect';
import { UserError } from '../domain/errors';
import { newId } from '../domain/ids';
import { type AskedVersion, isUnderWay, type Job } from '../domain/job';
import { onlyTable } from '../domain/only-table';
import {
  atVersion,
  nextVersion,
  versionsOf,
  withNewer,
  withoutNewer,
  withoutVersion,
  withVersion,
} from '../domain/source-versions';
import type { CsvDialect, NewerFile, Source } from '../domain/sources';
import { compareTables } from '../domain/version-differences';
import { generatorsOfTable } from '../domain/version-users';
import type { NewVersion, SourcesApi } from './api';
import type { ClientContext } from './context';
import type { JobOptions, RunningJob } from './job-run';
import { readFile } from './read-file';
import { toFile } from './source-files';

type VersionsApi = Pick<
  SourcesApi,
  'versions' | 'readVersion' | 'newer' | 'addVersion' | 'discardVersion' | 'removeVersion' | 'versionUsers'
>;

/** Newer files of the same source. One that was read waits in the record of its source to be taken or discarded. */
export function createVersions(context: ClientContext): VersionsApi {
  const { broughtFiles, generators, keeper, restorer, sources } = context;

  function newerOf(id: string): NewVersion | null {
    const source = sources.get(id);
    const { newer } = source;
    if (!newer) return null;
    const { otherDialect, ...file } = newer;
    const differences = compareTables(onlyTable(source), onlyTable(newer));
    return { sourceId: id, version: { ...file, number: nextVersion(source) }, differences, otherDialect };
  }

  /** Lets go of the newer file of a source, if it is still the one that has this table. */
  async function discard(id: string, tableId: string): Promise<void> {
    const newer = sources.has(id) ? sources.get(id).newer : undefined;
    if (!newer || onlyTable(newer).id !== tableId) return;
    sources.put(withoutNewer(sources.get(id)));
    broughtFiles.delete(tableId);
    await keeper.flush();
    await restorer.dropTable(tableId);
  }

  return {
    versions: (id) => versionsOf(sources.get(id)),
    newer: newerOf,
    async readVersion(id, input, { dialect, ...options } = {}) {
      const file = await toFile(input, context.workers);
      await readNewer(context, id, file, askedOf(false, dialect), options);
      const read = newerOf(id);
      if (!read) throw new UserError('not-found', `${file.name} was taken or discarded in another tab.`);
      return read;
    },
    async addVersion(id, newer, options = {}) {
      if (!('version' in newer)) {
        const file = await toFile(newer, context.workers);
        return readNewer(context, id, file, askedOf(true), options);
      }
      const source = sources.get(id);
      if (!source.newer || onlyTable(source.newer).id !== onlyTable(newer.version).id)
        throw new UserError('not-found', 'This file was discarded or taken already. Bring it in again.');
      const taken = sources.put(withNewer(source, source.newer));
      // What could not be written is told, and tried again.
      await keeper.flush().catch(() => undefined);
      return taken;
    },
    discardVersion: ({ sourceId, version }) => discard(sourceId, onlyTable(version).id),
    async removeVersion(id, number) {
      const source = sources.get(id);
      const removed = atVersion(source, number);
      if (!removed) throw new UserError('not-found', `${source.name} has no version ${number} any more.`);
      if (versionsOf(source).length === 1) {
        throw new UserError(
          'config/invalid',
          `This is the only version of ${source.name}. Delete the source instead, or bring in a newer file first.`,
        );
      }
      const { id: tableId } = onlyTable(removed);
      const user = generatorsOfTable(generators.list(), tableId).find(({ trainingStatus }) =>
        isUnderWay(trainingStatus),
      );
      if (user) {
        throw new UserError(
          'config/invalid',
          `“${user.config.name}” is being trained on this version. Cancel the training first.`,
        );
      }
      sources.put(withoutVersion(source, number));
      broughtFiles.delete(tableId);
      await keeper.flush();
      await restorer.dropTable(tableId);
      return sources.get(id);
    },
    versionUsers(id, number) {
      const version = atVersion(sources.get(id), number);
      return version ? generatorsOfTable(generators.list(), onlyTable(version).id) : [];
    },
  };
}

/** Whether there is a file to begin an interrupted reading with. */
export function canReadAgain({ sources }: Pick<ClientContext, 'sources'>, { asked, resource }: Job): boolean {
  return asked?.kind === 'version' && asked.file !== undefined && sources.has(resource.id);
}

/** Begins an interrupted reading anew, from the copy of its file. */
export async function resumeReading(
  context: ClientContext,
  { asked, resource }: Job,
  options: JobOptions,
): Promise<Source> {
  const { workers } = context;
  if (asked?.kind !== 'version' || asked.file === undefined)
    throw new UserError(
      'not-found',
      `The newer file of ${resource.name} is no longer at hand. Bring it in again.`,
    );
  const file = await (await workers.workspace()).read(asked.file);
  return readNewer(context, resource.id, file, asked, options);
}

function askedOf(isTaken: boolean, dialect?: Partial<CsvDialect>): AskedVersion {
  return { kind: 'version', tableId: newId(), isTaken, ...(dialect && { dialect }) };
}

/** Reads a newer file, which then waits at its source, in place of one that waited before, or becomes the current version. */
function readNewer(
  context: ClientContext,
  id: string,
  file: File,
  asked: AskedVersion,
  options: JobOptions,
): Promise<Source> {
  const { broughtFiles, restorer, sources } = context;
  const { tableId, file: copied } = asked;
  let isOtherwise = false;
  return readFile(
    context,
    {
      ...{ ids: { sourceId: id, tableId }, file, asked, name: sources.get(id).name },
      ...(copied !== undefined && { copied }),
      read: async (job) => {
        const { imported, otherDialect } = await readAsBefore(context, sources.get(id), file, asked, job);
        isOtherwise = otherDialect;
        return imported;
      },
      isWanted: (job) => !job.isCanceled() && sources.has(id),
      put: (imported, kept) => {
        const { byteSize, dialect, chosen, format, layout, headerGuess, tables, importSeconds } = imported;
        const source = sources.get(id);
        const newer: NewerFile = {
          ...{ number: nextVersion(source), fileName: file.name, importedAt: Date.now() },
          ...{ byteSize, dialect, tables, importSeconds, otherDialect: isOtherwise },
          ...(chosen && { chosen }),
          ...(layout && { layout }),
          ...(format && { format }),
          ...(headerGuess && { headerGuess }),
          ...(kept && { file: kept }),
        };
        if (asked.isTaken) return sources.put(withVersion(source, newer));
        if (source.newer) {
          const { id: before } = onlyTable(source.newer);
          broughtFiles.delete(before);
          restorer.dropTable(before).catch(() => undefined);
        }
        return sources.put({ ...source, newer });
      },
    },
    options,
  );
}

/** Reads a file with the settings that were asked for, else as the current version is read, else with those found in it. */
async function readAsBefore(
  { restorer, workers }: ClientContext,
  current: Source,
  file: File,
  { tableId, dialect }: AskedVersion,
  job: RunningJob,
): Promise<{ readonly imported: Source; readonly otherDialect: boolean }> {
  const ids = { sourceId: current.id, tableId };
  const readAs = (settings: Partial<CsvDialect>) =>
    job.ask(workers.database, ['IMPORT_DATA', 'bytes'], (database) =>
      database.importSource(job.id, ids, file, settings),
    );
  // What cannot be read that way at all may be read another way.
  const read = await readAs(dialect ?? readingOfNewer(current)).catch((error: unknown) => {
    if (dialect || !(error instanceof UserError) || error.code === 'canceled') throw error;
    return null;
  });
  const names = new Set(onlyTable(current).columns.map(({ name }) => name));
  const isAlien = (source: Source) => !onlyTable(source).columns.some(({ name }) => names.has(name));
  if (read && (dialect || !isAlien(read))) return { imported: read, otherDialect: false };
  restorer.has(tableId);
  const imported = await readAs({}).catch(async (error: unknown) => {
    await restorer.dropTable(tableId);
    throw error;
  });
  return { imported, otherDialect: true };
}
