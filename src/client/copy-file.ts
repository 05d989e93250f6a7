import type { ClientContext } from './context';

/** A second copy of a file of the workspace: each file belongs to one record. @returns its id */
export async function copyFile(workers: ClientContext['workers'], file: string): Promise<string> {
  const workspace = await workers.workspace();
  return workspace.keep(await workspace.read(file));
}

/** Copies of several; none is left where one does not fit. @returns their ids in the same order */
export async function copyFiles(
  workers: ClientContext['workers'],
  files: readonly string[],
): Promise<string[]> {
  const copies: string[] = [];
  try {
    for (const file of files) copies.push(await copyFile(workers, file));
    return copies;
  } catch (error) {
    const workspace = await workers.workspace();
    for (const copy of copies) await workspace.remove(copy);
    throw error;
  }
}
