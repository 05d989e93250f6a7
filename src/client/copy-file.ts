import type { ClientContext } from './context';

/** A second copy of a file of the workspace: each file belongs to one record. @returns its id */
export async function copyFile(workers: ClientContext['workers'], file: string): Promise<string> {
  const workspace = await workers.workspace();
  return workspace.keep(await workspace.read(file));
}
