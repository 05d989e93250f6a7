import type { GeneratorTable } from '../domain/generators';
import type { ClientContext } from './context';
import { keepModel, removeFiles } from './restore';

/** A second copy of a file of the workspace: each file belongs to one record. @returns its id */
export async function copyFile(workers: ClientContext['workers'], file: string): Promise<string> {
  const workspace = await workers.workspace();
  return workspace.keep(await workspace.read(file));
}

/** A second copy of a trained model, of its files or of what the engine has. @returns ids of its files */
export async function copyModel(
  workers: ClientContext['workers'],
  { modelId, model }: Pick<GeneratorTable, 'modelId' | 'model'>,
): Promise<NonNullable<GeneratorTable['model']>> {
  if (!model) return keepModel(workers, modelId);
  const manifest = await copyFile(workers, model.manifest);
  try {
    return { manifest, tensors: await copyFile(workers, model.tensors) };
  } catch (error) {
    await removeFiles(workers, [manifest]);
    throw error;
  }
}
