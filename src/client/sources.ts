import { canceledError, UserError } from '../domain/errors';
import { newId } from '../domain/ids';
import { isUnderWay } from '../domain/job';
import { checkNaming, nameOfCopy } from '../domain/naming';
import { onlyTable } from '../domain/only-table';
import { atVersion, versionsOf } from '../domain/source-versions';
import { type DataSource, type Source, SourceNotes } from '../domain/sources';
import { parseConfig } from '../domain/zod';
import type { SourceInput, SourcesApi } from './api';
import type { ClientContext } from './context';
import { listsOf } from './lists';
import { copyOf, toFile } from './source-files';
import { createVersions } from './source-versions';
import { currentProjectId, inProject } from './stock';

/** Import, preview and re-reading of files. */
export function createSources(context: ClientContext): SourcesApi {
  const { broughtFiles: files, generators, isKept, jobs, keeper, restorer, sources, workers } = context;

  function importAs(
    ids: { sourceId: string; tableId: string },
    file: File,
    { dialect = {}, ...options }: NonNullable<Parameters<SourcesApi['create']>[1]>,
    facts: Pick<Source, 'dataSource' | 'importedAt'> = {},
  ): Promise<Source> {
    const resource = { kind: 'source', id: ids.sourceId, name: file.name } as const;
    const what = `Reading ${file.name}`;
    const isThere = sources.has(ids.sourceId);
    // The project that was worked in when the file was brought in.
    const project = inProject(currentProjectId(context));
    return jobs.start(
      { kind: 'import', resource, what },
      async (job) => {
        const imported = await job.ask(workers.database, ['IMPORT_DATA', 'bytes'], (database) =>
          database.importSource(job.id, ids, file, dialect),
        );
        restorer.has(ids.tableId);
        // Of a source that is read again, unless it went or another version became current meanwhile.
        const known = () => {
          const source = sources.has(ids.sourceId) ? sources.get(ids.sourceId) : null;
          return source && onlyTable(source).id === ids.tableId ? source : null;
        };
        const kept = known()?.file ?? (await copyOf(context, ids, file, job));
        // A source that was read again has its new table already: its record follows.
        if (isThere ? !known() : job.isCanceled()) {
          await restorer.dropTable(ids.tableId);
          if (kept) await (await workers.workspace()).remove(kept);
          throw canceledError(what);
        }
        files.set(ids.tableId, file);
        const own = factsOf(imported.id) ?? { ...facts, ...project };
        const source = sources.put({ ...imported, ...own, ...(kept && { file: kept }) });
        await keeper.flush().catch(job.note);
        return source;
      },
      options,
    );
  }

  /** What is not of the file of a source that is read again; null = it is new. */
  function factsOf(id: string): Partial<Source> | null {
    if (!sources.has(id)) return null;
    const { byteSize, dialect, headerGuess, tables, importSeconds, file, ...facts } = sources.get(id);
    return facts;
  }

  async function fileOf(id: string): Promise<File> {
    // The copy is what was read; the person's own file may have changed since.
    return restorer.file(sources.get(id));
  }

  return {
    async sniff(input, overrides = {}) {
      const database = await workers.database();
      return database.sniff(await ('sourceId' in input ? fileOf(input.sourceId) : toFile(input)), overrides);
    },
    async create(input, options = {}) {
      const facts = { dataSource: dataSourceOf(input), importedAt: Date.now() };
      return importAs({ sourceId: newId(), tableId: newId() }, await toFile(input), options, facts);
    },
    async reread(id, dialect, options = {}) {
      const { id: tableId } = onlyTable(sources.get(id));
      return importAs({ sourceId: id, tableId }, await fileOf(id), { ...options, dialect });
    },
    get: (id) => sources.get(id),
    ...listsOf(context, 'source', sources),
    rename(id, naming) {
      sources.get(id);
      sources.patch(id, checkNaming(naming));
      return sources.get(id);
    },
    note(id, notes) {
      sources.get(id);
      sources.patch(id, parseConfig(SourceNotes, notes, 'note'));
      return sources.get(id);
    },
    facts(id) {
      const { name, purpose = '', dataSource = null, origin = '' } = sources.get(id);
      const { createdAt } = keeper.times({ kind: 'source', id }) ?? { createdAt: Date.now() };
      const created = new Date(createdAt).toISOString();
      return { id, name, schemaType: 'GENERATION', purpose, dataSource, origin, createdAt: created };
    },
    async duplicate(id) {
      const { file: _file, version, lastVersion, earlier, ...source } = sources.get(id);
      const file = await fileOf(id);
      const kept = (await isKept()) ? await (await workers.workspace()).keep(file) : undefined;
      const copy = sources.put({
        ...source,
        id: newId(),
        name: nameOfCopy(source.name),
        tables: source.tables.map((table) => ({ ...table, id: newId() })),
        ...(kept && { file: kept }),
      });
      files.set(onlyTable(copy).id, file);
      await keeper.flush();
      return copy;
    },
    ...createVersions(context, files),
    async preview(id, offset, limit, version) {
      const newest = sources.get(id);
      const source = version === undefined ? newest : atVersion(newest, version);
      if (!source) throw new UserError('not-found', `${newest.name} has no version ${version} any more.`);
      await restorer.source(source);
      return (await workers.database()).preview(onlyTable(source).id, offset, limit);
    },
    async delete(id) {
      const user = generators
        .list()
        .find(
          ({ trainingStatus, config }) =>
            isUnderWay(trainingStatus) &&
            config.tables.some((table) => table.sourceId === id || table.holdoutSourceId === id),
        );
      if (user) {
        throw new UserError(
          'config/invalid',
          `“${user.config.name}” is being trained on this source. Cancel the training first.`,
        );
      }
      await jobs.cancel(id);
      if (!sources.has(id)) return;
      const tables = versionsOf(sources.get(id)).flatMap((version) => version.tables);
      jobs.known.forgetThoseOf(id);
      sources.delete(id);
      for (const table of tables) files.delete(table.id);
      await keeper.flush();
      await Promise.all(tables.map((table) => restorer.dropTable(table.id)));
    },
  };
}

function dataSourceOf(input: SourceInput): DataSource {
  if (input instanceof File) return 'LocalFile';
  return 'text' in input ? 'PastedText' : 'DemoTable';
}
