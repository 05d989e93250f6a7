import { UserError } from '../domain/errors';
import { DEMO_TABLES, type Source } from '../domain/sources';
import type { SourceInput, SourcesApi } from './api';
import type { ClientContext } from './context';
import { abortable } from './jobs';

/** Import, preview and re-reading of files. */
export function createSources(context: ClientContext): SourcesApi {
  const files = new Map<string, File>();

  async function importAs(
    id: string,
    file: File,
    options: Parameters<SourcesApi['create']>[1] = {},
  ): Promise<Source> {
    const jobId = context.jobs.open('import', options.onProgress);
    try {
      context.jobs.awaitWorker(jobId, 'IMPORT_DATA', 'bytes');
      const database = await context.workers.database();
      const source = await abortable(
        `Reading ${file.name}`,
        options.signal,
        () => database.importSource(jobId, id, file, options.dialect ?? {}),
        () => database.cancel(jobId),
      );
      files.set(id, file);
      return context.sources.put(source);
    } finally {
      context.jobs.close(jobId);
    }
  }

  function fileOf(id: string): File {
    const { name } = context.sources.get(id);
    const file = files.get(id);
    if (file) return file;
    throw new UserError('not-found', `The file of ${name} is no longer at hand. Drop it again.`);
  }

  return {
    async sniff(input, overrides = {}) {
      const database = await context.workers.database();
      return database.sniff(await ('sourceId' in input ? fileOf(input.sourceId) : toFile(input)), overrides);
    },
    async create(input, options = {}) {
      return importAs(context.sources.nextId(), await toFile(input), options);
    },
    async reread(id, dialect, options = {}) {
      return importAs(id, fileOf(id), { ...options, dialect });
    },
    get: (id) => context.sources.get(id),
    list: () => context.sources.list(),
    async preview(id, offset, limit) {
      context.sources.get(id);
      return (await context.workers.database()).preview(id, offset, limit);
    },
    async delete(id) {
      const user = context.generators
        .list()
        .find((generator) => generator.trainingStatus === 'IN_PROGRESS' && usesSource(generator.config, id));
      if (user) {
        throw new UserError(
          'config/invalid',
          `“${user.config.name}” is being trained on this source. Cancel the training first.`,
        );
      }
      if (!context.sources.has(id)) return;
      context.sources.delete(id);
      files.delete(id);
      await (await context.workers.database()).dropTable(id);
    },
  };
}

function usesSource(
  config: { tables: { sourceId: string; holdoutSourceId: string | null }[] },
  id: string,
): boolean {
  return config.tables.some((table) => table.sourceId === id || table.holdoutSourceId === id);
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
