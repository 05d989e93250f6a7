import { errorText, UserError } from '../domain/errors';
import { pathsOf, unionName } from '../domain/file-union';
import { onlyTable } from '../domain/only-table';
import { filesOf } from '../domain/source-versions';
import { type CsvDialect, DEMO_TABLES } from '../domain/sources';
import type { SourceInput } from './api';
import type { ClientContext } from './context';
import type { RunningJob } from './job-run';

/**
 * Id of the copy that is kept of a file; none where nothing is kept, or with a word where there is no space.
 * @param keeping the copying, where it is under way already
 */
export async function copyOf(
  context: ClientContext,
  ids: { readonly sourceId: string; readonly tableId: string },
  file: File,
  job: RunningJob,
  keeping = keepCopy(context, file),
): Promise<string | undefined> {
  const { unkept, warn } = context;
  return keeping.catch((error: unknown) => {
    job.note(error);
    unkept.add(ids.tableId, () => keepLater(context, ids, file));
    warn(
      `${errorText(error)} ${file.name} lasts as long as this page, or is kept as soon as there is space.`,
    );
    return undefined;
  });
}

/** @returns id of the copy; none where nothing is kept */
export async function keepCopy(
  { isKept, workers }: Pick<ClientContext, 'isKept' | 'workers'>,
  file: File,
): Promise<string | undefined> {
  return (await isKept()) ? (await workers.workspace()).keep(file) : undefined;
}

/** Keeps the copy that did not fit, unless that file of its source is gone or has one. */
async function keepLater(
  { sources, workers }: ClientContext,
  { sourceId, tableId }: { readonly sourceId: string; readonly tableId: string },
  file: File,
): Promise<void> {
  const isWanted = () =>
    sources.has(sourceId) &&
    filesOf(sources.get(sourceId)).some(
      (version) => onlyTable(version).id === tableId && version.file === undefined,
    );
  if (!isWanted()) return;
  const workspace = await workers.workspace();
  const kept = await workspace.keep(file);
  if (!isWanted()) return workspace.remove(kept);
  const source = sources.get(sourceId);
  if (onlyTable(source).id === tableId) return sources.patch(sourceId, { file: kept });
  const { newer } = source;
  if (newer && onlyTable(newer).id === tableId)
    return sources.patch(sourceId, { newer: { ...newer, file: kept } });
  const earlier = source.earlier?.map((version) =>
    onlyTable(version).id === tableId ? { ...version, file: kept } : version,
  );
  sources.patch(sourceId, { earlier });
}

/** Several files as one. @throws UserError `config/invalid`, `source/too-large` */
async function packed(
  { files, name }: Extract<SourceInput, { readonly files: readonly File[] }>,
  workers: ClientContext['workers'],
): Promise<File> {
  if (files.length === 0) throw new UserError('config/invalid', 'Name at least one file.');
  const paths = pathsOf(files);
  const workspace = await workers.workspace();
  return workspace.packFiles(
    name ?? unionName(paths),
    files.map((file, i) => ({ path: paths[i]!, file })),
  );
}

/** How an input is read if nothing else is said. */
export function readingOf(input: SourceInput): Partial<CsvDialect> {
  if (input instanceof File || !('files' in input)) return {};
  // Folders hold other files, too; what was chosen by itself is meant.
  return { union: input.files.some(({ webkitRelativePath }) => webkitRelativePath) ? 'tables' : 'all' };
}

/** The file of an input. @throws UserError `not-found`, `source/unreadable` */
export async function toFile(input: SourceInput, workers: ClientContext['workers']): Promise<File> {
  if (input instanceof File) return input;
  if ('files' in input) return packed(input, workers);
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
