import { UserError } from '../domain/errors';
import { newId } from '../domain/ids';
import { isUnderWay } from '../domain/job';
import { checkNaming, nameOfCopy } from '../domain/naming';
import { onlyTable } from '../domain/only-table';
import { atVersion, filesOf } from '../domain/source-versions';
import { type DataSource, SourceNotes } from '../domain/sources';
import { parseConfig } from '../domain/zod';
import type { SourceInput, SourcesApi } from './api';
import type { ClientContext } from './context';
import { FileFetcher } from './fetch-file';
import { importTable } from './import-table';
import { listsOf } from './lists';
import { readingOf, toFile } from './source-files';
import { createVersions } from './source-versions';

/** Import, preview and re-reading of files. */
export function createSources(context: ClientContext, fetcher = new FileFetcher()): SourcesApi {
  const { broughtFiles: files, generators, isKept, jobs, keeper, restorer, sources, workers } = context;

  async function fileOf(id: string): Promise<File> {
    // The copy is what was read; the person's own file may have changed since.
    return restorer.file(sources.get(id));
  }

  return {
    async sniff(input, overrides = {}) {
      const database = await workers.database();
      if ('sourceId' in input) return database.sniff(await fileOf(input.sourceId), overrides);
      return database.sniff(await toFile(input, workers), { ...readingOf(input), ...overrides });
    },
    prepare() {
      workers.database().catch(() => undefined);
    },
    async create(input, options = {}) {
      const origin = input instanceof File ? fetcher.originOf(input) : undefined;
      const facts = {
        dataSource: origin === undefined ? dataSourceOf(input) : ('WebAddress' as const),
        ...(origin !== undefined && { origin }),
        importedAt: Date.now(),
      };
      return importTable(
        context,
        { sourceId: newId(), tableId: newId() },
        await toFile(input, workers),
        { ...options, dialect: { ...readingOf(input), ...options.dialect } },
        facts,
      );
    },
    async reread(id, dialect, options = {}) {
      const { id: tableId } = onlyTable(sources.get(id));
      return importTable(context, { sourceId: id, tableId }, await fileOf(id), { ...options, dialect });
    },
    fetch: (address, options) => fetcher.fetch(address, options),
    fetched: () => fetcher.fetched,
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
      const { file: _file, version, lastVersion, earlier, newer, ...source } = sources.get(id);
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
    ...createVersions(context),
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
      const tables = filesOf(sources.get(id)).flatMap((version) => version.tables);
      jobs.known.forgetThoseOf(id);
      sources.delete(id);
      for (const table of tables) files.delete(table.id);
      await keeper.flush();
      await Promise.all(tables.map((table) => restorer.dropTable(table.id)));
    },
  };
}

function dataSourceOf(input: SourceInput): DataSource {
  if (input instanceof File || 'files' in input) return 'LocalFile';
  return 'text' in input ? 'PastedText' : 'DemoTable';
}
