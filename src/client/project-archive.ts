import { canceledError } from '../domain/errors';
import { newId } from '../domain/ids';
import type { AskedArchive, Job } from '../domain/job';
import { nameOfCopy } from '../domain/naming';
import { onlyTable } from '../domain/only-table';
import { archiveProject, PROJECT_FORM, PROJECT_FORMAT, readProject } from '../domain/project-archive';
import { contentsOf, filesOfContents, type ProjectContents, withNewIds } from '../domain/project-contents';
import type { Project } from '../domain/projects';
import { newProtectionKey } from '../domain/protection-key';
import { FILES_OF } from '../domain/records';
import type { Source } from '../domain/sources';
import type { LongCall } from './api';
import type { ClientContext } from './context';
import { copyFile } from './copy-file';
import type { JobOptions } from './job-run';
import { deliver } from './jobs-of-resources';
import { readArchive, resumeArchive } from './read-archive';
import { withChartsFile } from './report-files';
import { keepModel, removeFiles } from './restore';
import { stockOf } from './stock';
import { VERSION } from './version';

/** A project as one file, with the rows of its sources. */
export async function exportProject(
  context: ClientContext,
  id: string,
  options: LongCall = {},
): Promise<File> {
  const { workers } = context;
  const { project } = contentsOf(id, stockOf(context));
  const resource = { kind: 'project', id, name: project.name } as const;
  return deliver(
    context,
    { kind: 'export', resource, what: 'The export' },
    async (job) => {
      const workspace = await workers.workspace();
      const { contents, made } = await withAllFiles(context, contentsOf(id, stockOf(context)));
      try {
        const names = new Map<string, string>();
        for (const file of filesOfContents(contents)) names.set(file, (await workspace.read(file)).name);
        const { name, header, texts, files } = archiveProject(
          contents,
          (file) => names.get(file) ?? 'file',
          VERSION,
        );
        return await job.ask(workers.workspace, ['DELIVER_DATA', 'bytes'], (open) =>
          open.pack(job.id, { name, header, parts: [...texts, ...files] }),
        );
      } finally {
        await removeFiles(context.workers, made);
      }
    },
    options,
  );
}

/** @throws UserError `archive/refused`, `storage/full`; then nothing was changed */
export function importProject(context: ClientContext, file: File, options: LongCall = {}): Promise<Project> {
  return read(context, file, { kind: 'project', id: newId(), name: file.name }, { kind: 'archive' }, options);
}

/** Begins an interrupted import anew. @throws as `importProject`; UserError `not-found` if its file is gone */
export function resumeProjectImport(context: ClientContext, job: Job, options: JobOptions): Promise<Project> {
  return resumeArchive(context, job, options, read);
}

function read(
  context: ClientContext,
  file: File,
  resource: Job['resource'],
  asked: AskedArchive,
  options: JobOptions,
): Promise<Project> {
  const { keeper, workers } = context;
  const { id } = resource;
  return readArchive(
    context,
    { file, form: PROJECT_FORM, resource, asked },
    async ({ manifest, texts, files }, job) => {
      try {
        const archived = readProject(file.name, manifest, texts, files);
        if (options.signal?.aborted || job.isCanceled()) throw canceledError(`Reading ${file.name}`);
        const { contents } = withNewIds(archived.contents, id, archived.files);
        // Files of earlier versions have the charts in the reports.
        const reports = await Promise.all(contents.reports.map((report) => withChartsFile(workers, report)));
        const project = add(context, id, { ...contents, reports }, archived.contents.project.name);
        // No file holds a key: those that are trained here get one of their own.
        for (const { id: generator, trainingStatus } of contents.generators)
          if (trainingStatus !== 'DONE') context.protectionKeys.set(generator, newProtectionKey());
        await keeper.flush().catch(job.note);
        return project;
      } catch (error) {
        if (!context.projects.has(id)) await removeFiles(workers, Object.values(files));
        throw error;
      }
    },
    options,
  );
}

/** A project once more, with copies of everything in it; what they name is the copies where there are any. */
export async function duplicateProject(context: ClientContext, id: string): Promise<Project> {
  const { keeper, protectionKeys, workers } = context;
  const { contents, made } = await withAllFiles(context, contentsOf(id, stockOf(context)));
  // A file that was made for the copy is the copy's.
  const own = new Set(made);
  const files = new Map(made.map((file) => [file, file]));
  try {
    for (const file of filesOfContents(contents))
      if (!own.has(file)) files.set(file, await copyFile(workers, file));
  } catch (error) {
    await removeFiles(context.workers, [...files.values()]);
    throw error;
  }
  const copy = newId();
  const { contents: copied, ids } = withNewIds(contents, copy, files);
  // The copies lead where the originals do.
  for (const { id: connector } of contents.connectors) {
    const handle = context.handles.get(connector);
    if (handle) context.handles.set(ids.get(connector)!, handle);
  }
  for (const generator of contents.generators) {
    const key = protectionKeys.get(generator.id);
    if (key !== undefined) protectionKeys.set(ids.get(generator.id)!, key);
  }
  const project = add(context, copy, copied, nameOfCopy(contents.project.name));
  await keeper.flush();
  return project;
}

/** Whether a file is a project that was exported. */
export async function isProject({ workers }: ClientContext, file: File): Promise<boolean> {
  return (await (await workers.workspace()).formatOf(file)) === PROJECT_FORMAT;
}

/** Adds contents under their ids, in one transaction. */
function add(context: ClientContext, id: string, contents: ProjectContents, name: string): Project {
  const { connectors, datasets, generators, projects, recipes, reports, sourceDatasets, sources } = context;
  const project = projects.put({ ...contents.project, id, name });
  for (const source of contents.sources) sources.put(source);
  for (const dataset of contents.sourceDatasets) sourceDatasets.put(dataset);
  for (const generator of contents.generators) generators.put(generator);
  for (const dataset of contents.datasets) datasets.put(dataset);
  for (const report of contents.reports) reports.put(report);
  for (const recipe of contents.recipes) recipes.put(recipe);
  for (const connector of contents.connectors) connectors.put(connector);
  return project;
}

/**
 * The contents with a file for everything that has one and is only in memory so far: in a private session, and where
 * there was no space. What is nowhere any more is not named.
 * @returns with the files that were made for it
 */
async function withAllFiles(
  context: ClientContext,
  contents: ProjectContents,
): Promise<{ contents: ProjectContents; made: string[] }> {
  const { broughtFiles, workers } = context;
  const workspace = await workers.workspace();
  const made: string[] = [];
  try {
    const isThere = async (file: string) =>
      workspace.read(file).then(
        () => true,
        () => false,
      );
    const sources: Source[] = [];
    for (const source of contents.sources) {
      const gone = new Set<string>();
      for (const file of FILES_OF.source(source)) if (!(await isThere(file))) gone.add(file);
      const left = gone.size > 0 ? (withoutFiles(source, gone) as Source) : source;
      const withFile = async <T extends Pick<Source, 'tables' | 'file'>>(version: T): Promise<T> => {
        const brought = broughtFiles.get(onlyTable(version).id);
        if (version.file !== undefined || !brought) return version;
        const file = await workspace.keep(brought);
        made.push(file);
        return { ...version, file };
      };
      const current = await withFile(left);
      if (!left.earlier) sources.push(current);
      else {
        const earlier = [];
        for (const version of left.earlier) earlier.push(await withFile(version));
        sources.push({ ...current, earlier });
      }
    }
    const generators = [];
    for (const generator of contents.generators) {
      const tables = [];
      for (const table of generator.tables) {
        if (table.model || generator.trainingStatus !== 'DONE') tables.push(table);
        else {
          const model = await keepModel(workers, table.modelId);
          made.push(model.manifest, model.tensors);
          tables.push({ ...table, model });
        }
      }
      generators.push({ ...generator, tables });
    }
    const reports = [];
    for (const report of contents.reports) {
      const { charts, ...rest } = report;
      reports.push(charts === undefined || (await isThere(charts)) ? report : rest);
    }
    const connectors = [];
    for (const connector of contents.connectors) {
      const { file, ...rest } = connector;
      connectors.push(file === undefined || (await isThere(file)) ? connector : rest);
    }
    return { contents: { ...contents, sources, generators, reports, connectors }, made };
  } catch (error) {
    await removeFiles(context.workers, made);
    throw error;
  }
}

/** A record without the fields that name a file which is not there. */
function withoutFiles(value: unknown, gone: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutFiles(item, gone));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, field]) => name !== 'file' || !gone.has(String(field)))
      .map(([name, field]) => [name, withoutFiles(field, gone)]),
  );
}
