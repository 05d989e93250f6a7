import { canceledError, errorText, UserError } from '../domain/errors';
import { newId } from '../domain/ids';
import { isUnderWay } from '../domain/job';
import { checkNaming, nameOfCopy } from '../domain/naming';
import { onlyTable } from '../domain/only-table';
import { DEMO_TABLES, type Source } from '../domain/sources';
import type { SourceInput, SourcesApi } from './api';
import type { ClientContext } from './context';
import type { RunningJob } from './job-registry';

/** Import, preview and re-reading of files. */
export function createSources({
  generators,
  isKept,
  jobs,
  keeper,
  restorer,
  sources,
  unkept,
  warn,
  workers,
}: ClientContext): SourcesApi {
  /** Of this session. */
  const files = new Map<string, File>();

  /** Id of the copy that is kept of a file; none where nothing is kept, or with a word where there is no space. */
  async function copyOf(id: string, file: File, job: RunningJob): Promise<string | undefined> {
    if (!(await isKept())) return undefined;
    return (await workers.workspace()).keep(file).catch((error: unknown) => {
      job.note(error);
      unkept.add(id, () => keepLater(id, file));
      warn(
        `${errorText(error)} ${file.name} lasts as long as this page, or is kept as soon as there is space.`,
      );
      return undefined;
    });
  }

  /** Keeps the copy that did not fit, unless its source is gone or has one. */
  async function keepLater(id: string, file: File): Promise<void> {
    const isWanted = () => sources.has(id) && sources.get(id).file === undefined;
    if (!isWanted()) return;
    const workspace = await workers.workspace();
    const kept = await workspace.keep(files.get(id) ?? file);
    if (isWanted()) sources.patch(id, { file: kept });
    else await workspace.remove(kept);
  }

  function importAs(
    ids: { sourceId: string; tableId: string },
    file: File,
    { dialect = {}, ...options }: NonNullable<Parameters<SourcesApi['create']>[1]>,
  ): Promise<Source> {
    const resource = { kind: 'source', id: ids.sourceId, name: file.name } as const;
    const what = `Reading ${file.name}`;
    const isThere = sources.has(ids.sourceId);
    return jobs.start(
      { kind: 'import', resource, what },
      async (job) => {
        const imported = await job.ask(workers.database, ['IMPORT_DATA', 'bytes'], (database) =>
          database.importSource(job.id, ids, file, dialect),
        );
        restorer.has(ids.tableId);
        const known = () => (sources.has(ids.sourceId) ? sources.get(ids.sourceId) : null);
        const kept = known()?.file ?? (await copyOf(ids.sourceId, file, job));
        // A source that was read again has its new table already: its record follows.
        if (isThere ? !known() : job.isCanceled()) {
          await restorer.dropTable(ids.tableId);
          if (kept) await (await workers.workspace()).remove(kept);
          throw canceledError(what);
        }
        files.set(imported.id, file);
        const source = sources.put({ ...imported, ...namingOf(imported.id), ...(kept && { file: kept }) });
        await keeper.flush().catch(job.note);
        return source;
      },
      options,
    );
  }

  /** What a person called a source that is read again. */
  function namingOf(id: string): Pick<Source, 'name' | 'description'> | undefined {
    if (!sources.has(id)) return undefined;
    const { name, description } = sources.get(id);
    return { name, ...(description !== undefined && { description }) };
  }

  async function fileOf(id: string): Promise<File> {
    const source = sources.get(id);
    // The copy is what was read; the person's own file may have changed since.
    return source.file ? restorer.file(source) : (files.get(id) ?? restorer.file(source));
  }

  return {
    async sniff(input, overrides = {}) {
      const database = await workers.database();
      return database.sniff(await ('sourceId' in input ? fileOf(input.sourceId) : toFile(input)), overrides);
    },
    async create(input, options = {}) {
      return importAs({ sourceId: newId(), tableId: newId() }, await toFile(input), options);
    },
    async reread(id, dialect, options = {}) {
      const { id: tableId } = onlyTable(sources.get(id));
      return importAs({ sourceId: id, tableId }, await fileOf(id), { ...options, dialect });
    },
    get: (id) => sources.get(id),
    list: () => sources.list(),
    rename(id, naming) {
      sources.get(id);
      sources.patch(id, checkNaming(naming));
      return sources.get(id);
    },
    async duplicate(id) {
      const { file: _file, ...source } = sources.get(id);
      const file = await fileOf(id);
      const kept = (await isKept()) ? await (await workers.workspace()).keep(file) : undefined;
      const copy = sources.put({
        ...source,
        id: newId(),
        name: nameOfCopy(source.name),
        tables: source.tables.map((table) => ({ ...table, id: newId() })),
        ...(kept && { file: kept }),
      });
      files.set(copy.id, file);
      await keeper.flush();
      return copy;
    },
    async preview(id, offset, limit) {
      const source = sources.get(id);
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
      const { tables } = sources.get(id);
      sources.delete(id);
      files.delete(id);
      await keeper.flush();
      await Promise.all(tables.map((table) => restorer.dropTable(table.id)));
    },
  };
}

async function toFile(input: SourceInput): Promise<File> {
  if (input instanceof File) return input;
  if ('text' in input) return new File([input.text], input.name, { type: 'text/csv' });
  const demo = DEMO_TABLES.find((table) => table.id === input.demo);
  if (!demo) {
    const known = DEMO_TABLES.map((table) => table.id).join(', ');
    throw new UserError('not-found', `There is no demo table “${input.demo}”. Known: ${known}.`);
  }
  const response = await fetch(new URL(`demo/${demo.file}`, document.baseURI));
  if (!response.ok) {
    throw new UserError(
      'source/unreadable',
      `The demo table ${demo.title} could not be loaded (status ${response.status}). Reload the page and try again.`,
    );
  }
  return new File([await response.blob()], demo.file, { type: 'text/csv' });
}
