import { errorText, UserError } from '../domain/errors';
import { DEMO_TABLES } from '../domain/sources';
import type { SourceInput } from './api';
import type { ClientContext } from './context';
import type { RunningJob } from './job-registry';

/** Id of the copy that is kept of a file; none where nothing is kept, or with a word where there is no space. */
export async function copyOf(
  { isKept, warn, workers }: ClientContext,
  file: File,
  job: RunningJob,
): Promise<string | undefined> {
  if (!(await isKept())) return undefined;
  return (await workers.workspace()).keep(file).catch((error: unknown) => {
    job.note(error);
    warn(
      `${errorText(error)} ${file.name} lasts as long as this page; bring it in again when there is space.`,
    );
    return undefined;
  });
}

/** The file of an input. @throws UserError `not-found`, `source/unreadable` */
export async function toFile(input: SourceInput): Promise<File> {
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
