import { readingOfNewer } from '../domain/chosen-dialect';
import { canceledError, UserError } from '../domain/errors';
import { newId } from '../domain/ids';
import { isUnderWay } from '../domain/job';
import { onlyTable } from '../domain/only-table';
import { atVersion, nextVersion, versionsOf, withoutVersion, withVersion } from '../domain/source-versions';
import type { CsvDialect, Source, SourceVersion } from '../domain/sources';
import { compareTables } from '../domain/version-differences';
import { generatorsOfTable } from '../domain/version-users';
import type { LongCall, NewVersion, SourceInput, SourcesApi } from './api';
import type { ClientContext } from './context';
import { copyOf, toFile } from './source-files';

type VersionsApi = Pick<
  SourcesApi,
  'versions' | 'readVersion' | 'addVersion' | 'discardVersion' | 'removeVersion' | 'versionUsers'
>;

/**
 * Newer files of the same source.
 * @param files of this session, by the id of their table
 */
export function createVersions(context: ClientContext, files: Map<string, File>): VersionsApi {
  const { generators, jobs, keeper, restorer, sources, workers } = context;
  /** Read and neither taken nor discarded, by the id of their table. */
  const read = new Map<string, File>();

  async function readVersion(
    id: string,
    input: SourceInput,
    { dialect, ...options }: LongCall & { dialect?: Partial<CsvDialect> } = {},
  ): Promise<NewVersion> {
    const file = await toFile(input);
    const current = sources.get(id);
    const before = onlyTable(current);
    const tableId = newId();
    const plan = {
      kind: 'import',
      resource: { kind: 'source', id, name: current.name },
      what: `Reading ${file.name}`,
    } as const;
    return jobs.start(
      plan,
      async (job) => {
        const readAs = (settings: Partial<CsvDialect>) =>
          job.ask(workers.database, ['IMPORT_DATA', 'bytes'], (database) =>
            database.importSource(job.id, { sourceId: id, tableId }, file, settings),
          );
        const names = new Set(before.columns.map(({ name }) => name));
        const isAlien = (source: Source) => !onlyTable(source).columns.some(({ name }) => names.has(name));
        // What cannot be read that way at all may be read another way.
        let imported = await readAs(dialect ?? readingOfNewer(current)).catch((error: unknown) => {
          if (dialect || !(error instanceof UserError) || error.code === 'canceled') throw error;
          return null;
        });
        const otherDialect = dialect === undefined && (imported === null || isAlien(imported));
        restorer.has(tableId, 'database');
        if (imported === null || otherDialect) {
          imported = await readAs({}).catch(async (error: unknown) => {
            await restorer.dropTable(tableId);
            throw error;
          });
        }
        if (job.isCanceled() || !sources.has(id)) {
          await restorer.dropTable(tableId);
          throw canceledError(plan.what);
        }
        read.set(tableId, file);
        const {
          byteSize,
          format,
          layout,
          headerGuess,
          tables,
          importSeconds,
          dialect: found,
          chosen,
        } = imported;
        const version: SourceVersion = {
          number: nextVersion(current),
          ...{ fileName: file.name, importedAt: Date.now() },
          ...{ byteSize, dialect: found, tables, importSeconds },
          ...(chosen && { chosen }),
          ...(layout && { layout }),
          ...(format && { format }),
          ...(headerGuess && { headerGuess }),
        };
        const differences = compareTables(before, onlyTable(imported));
        return { sourceId: id, version, differences, otherDialect };
      },
      options,
    );
  }

  return {
    versions: (id) => versionsOf(sources.get(id)),
    readVersion,
    async addVersion(id, newer, options = {}) {
      const { version } = 'version' in newer ? newer : await readVersion(id, newer, options);
      const { id: tableId } = onlyTable(version);
      const file = read.get(tableId);
      if (!file)
        throw new UserError('not-found', 'This file was discarded or taken already. Bring it in again.');
      const { name } = sources.get(id);
      const resource = { kind: 'source', id, name } as const;
      return jobs.start(
        { kind: 'import', resource, what: `Keeping ${file.name}` },
        async (job) => {
          const kept = await copyOf(context, { sourceId: id, tableId }, file, job);
          // It may have been discarded while it was copied.
          if (job.isCanceled() || !sources.has(id) || !read.has(tableId)) {
            if (kept) await (await workers.workspace()).remove(kept);
            throw canceledError(`Keeping ${file.name}`);
          }
          read.delete(tableId);
          files.set(tableId, file);
          const source = sources.get(id);
          // Another one may have been taken since it was read.
          const taken = { ...version, number: nextVersion(source), ...(kept && { file: kept }) };
          sources.put(withVersion(source, taken));
          await keeper.flush().catch(job.note);
          return sources.get(id);
        },
        options,
      );
    },
    async discardVersion({ version }) {
      const { id: tableId } = onlyTable(version);
      if (read.delete(tableId)) await restorer.dropTable(tableId);
    },
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
      files.delete(tableId);
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
