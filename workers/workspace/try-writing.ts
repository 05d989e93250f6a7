import type { FileBackend } from './file-backends';
import { isFull } from './records';

/**
 * Some browsers hand out the folder and refuse only the writing. One that has no space left refuses nothing: what is there
 * can be read, and deleted.
 * @param probe name of a file that is not there
 * @throws what the browser throws where it refuses
 */
export async function tryWriting(bytes: FileBackend, probe: string): Promise<void> {
  try {
    await bytes.create(probe);
  } catch (error) {
    if (!isFull(error)) throw error;
  }
  await bytes.remove(probe);
}
