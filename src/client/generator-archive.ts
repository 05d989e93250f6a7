import { canceledError, UserError } from '../domain/errors';
import {
  ARCHIVE_FORMAT,
  ARCHIVE_PARTS,
  ARCHIVE_VERSION,
  archiveGenerator,
  readGenerator,
} from '../domain/generator-archive';
import type { Generator } from '../domain/generators';
import { newId } from '../domain/ids';
import type { AskedArchive, Job } from '../domain/job';
import { type AuditState, auditStateOf } from '../domain/model-audit';
import { onlyTable } from '../domain/only-table';
import { atTable } from '../domain/source-versions';
import type { LongCall } from './api';
import type { ClientContext } from './context';
import type { JobOptions } from './job-run';
import { deliver } from './jobs-of-resources';
import { auditOf } from './model-audit';
import { readArchive, resumeArchive } from './read-archive';
import { keepModel, removeFiles } from './restore';
import { currentProjectId, inProject } from './stock';
import { VERSION } from './version';

const FORM = {
  format: ARCHIVE_FORMAT,
  version: ARCHIVE_VERSION,
  noun: 'generator',
  texts: [
    ARCHIVE_PARTS.configuration,
    ARCHIVE_PARTS.columns,
    ARCHIVE_PARTS.log,
    ARCHIVE_PARTS.summary,
    ARCHIVE_PARTS.metrics,
  ],
  files: [ARCHIVE_PARTS.model, ARCHIVE_PARTS.weights],
  optional: [ARCHIVE_PARTS.metrics],
};

/** Audits the model, unless it was. @throws UserError `config/invalid` if it was not trained */
export async function auditGenerator(
  context: ClientContext,
  id: string,
  options: LongCall = {},
): Promise<AuditState> {
  const resource = trained(context, id);
  const known = context.generators.get(id).audit;
  if (known && 'audit' in known) return auditStateOf(known);
  const plan = { kind: 'export', resource, what: 'The audit' } as const;
  const found = await context.jobs.start(plan, (job) => auditOf(context, id, job), options);
  await context.keeper.flush().catch(() => undefined);
  return auditStateOf(found);
}

/** @throws UserError `config/invalid` if it was not trained */
function trained({ generators }: ClientContext, id: string): Job['resource'] {
  const { config, trainingStatus } = generators.get(id);
  if (trainingStatus !== 'DONE')
    throw new UserError('config/invalid', `“${config.name}” has no model to export yet. Train it first.`);
  return { kind: 'generator', id, name: config.name };
}

/** @throws UserError `config/invalid` if it was not trained, `not-found` if its model was not kept */
export async function exportGenerator(
  context: ClientContext,
  id: string,
  options: LongCall = {},
): Promise<File> {
  const { generators, restorer, sources, workers } = context;
  const generator = generators.get(id);
  const { config, tables } = generator;
  const resource = trained(context, id);
  return deliver(
    context,
    { kind: 'export', resource, what: 'The export' },
    async (job) => {
      const { modelId, model } = onlyTable({ tables });
      // A model says more than its rows: what it tells of people goes with it.
      const audit = await auditOf(context, id, job);
      if (!model) await restorer.model(generator);
      const files = model ?? (await keepModel(workers, modelId));
      const { sourceId, tableId } = onlyTable(config);
      const known = sources.has(sourceId) ? sources.get(sourceId) : undefined;
      const source = known && (atTable(known, tableId) ?? known);
      const { name, header, texts } = archiveGenerator({ ...generator, audit }, source, VERSION);
      try {
        const parts = [
          ...Object.entries(texts).map(([path, text]) => ({ path, text })),
          { path: ARCHIVE_PARTS.model, file: files.manifest },
          { path: ARCHIVE_PARTS.weights, file: files.tensors },
        ];
        return await job.ask(workers.workspace, ['DELIVER_DATA', 'bytes'], (workspace) =>
          workspace.pack(job.id, { name, header, parts }),
        );
      } finally {
        if (!model) await removeFiles(workers, [files.manifest, files.tensors]);
      }
    },
    options,
  );
}

/** @throws UserError `archive/refused`, `storage/full`; then nothing was changed */
export function importGenerator(
  context: ClientContext,
  file: File,
  options: LongCall = {},
): Promise<Generator> {
  const resource = { kind: 'generator', id: newId(), name: file.name } as const;
  const asked = { kind: 'archive', ...inProject(currentProjectId(context)) } as const;
  return read(context, file, resource, asked, options);
}

/** Begins an interrupted import anew. @throws as `importGenerator`; UserError `not-found` if its archive is gone */
export function resumeGeneratorImport(
  context: ClientContext,
  job: Job,
  options: JobOptions,
): Promise<Generator> {
  return resumeArchive(context, job, options, read);
}

function read(
  context: ClientContext,
  file: File,
  resource: Job['resource'],
  asked: AskedArchive,
  options: JobOptions,
): Promise<Generator> {
  const { generators, keeper, restorer, workers } = context;
  const { id } = resource;
  return readArchive(
    context,
    { file, form: FORM, resource, asked },
    async ({ manifest, texts, files }, job) => {
      const model = { manifest: files[ARCHIVE_PARTS.model]!, tensors: files[ARCHIVE_PARTS.weights]! };
      const modelId = newId();
      try {
        const workspace = await workers.workspace();
        const text = await (await workspace.read(model.manifest)).text();
        const archived = readGenerator(file.name, manifest, { ...texts, [ARCHIVE_PARTS.model]: text });
        const { table, summary, ...fields } = archived;
        const generator: Generator = {
          ...{ ...fields, ...inProject(asked.projectId) },
          id,
          tables: [{ ...table, modelId, model }],
          trainingStatus: 'DONE',
          progress: null,
          backend: summary?.adapter ?? null,
          summary,
          error: null,
        };
        // Opened at once: a model that cannot be is refused, too.
        await restorer.model(generator);
        if (options.signal?.aborted || job.isCanceled()) throw canceledError(`Reading ${file.name}`);
        generators.put(generator);
        await keeper.flush().catch(job.note);
        return generator;
      } catch (error) {
        await restorer.dropModel(modelId);
        if (!generators.has(id)) await removeFiles(workers, [model.manifest, model.tensors]);
        throw error instanceof UserError && error.code === 'not-found' ? unopened(file, error) : error;
      }
    },
    options,
  );
}

function unopened({ name }: File, error: UserError): UserError {
  const why = error.message.split('. ')[0];
  return new UserError('archive/refused', `“${name}” was not imported: ${why}. Export the generator again.`, {
    details: { file: name },
    cause: error,
  });
}
