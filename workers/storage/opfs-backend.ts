import type { FileBackend } from './backend';

/**
 * Files in one folder of the origin private file system, written through synchronous access handles, which only
 * workers have. A handle locks its file, so it is closed before the file is read.
 */
export class OpfsBackend implements FileBackend {
  readonly persistent = true;
  readonly #folder: FileSystemDirectoryHandle;
  readonly #writing = new Map<string, { handle: FileSystemSyncAccessHandle; size: number }>();

  constructor(folder: FileSystemDirectoryHandle) {
    this.#folder = folder;
  }

  async create(file: string): Promise<void> {
    const entry = await this.#folder.getFileHandle(file, { create: true });
    const handle = await entry.createSyncAccessHandle();
    handle.truncate(0);
    this.#writing.set(file, { handle, size: 0 });
  }

  /** @throws QuotaExceededError when the disk, or the browser's share of it, is full */
  async append(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const target = this.#writing.get(file);
    if (!target) throw new Error(`file ${file} is not open for writing`);
    let done = 0;
    while (done < bytes.length) {
      const written = target.handle.write(bytes.subarray(done), { at: target.size });
      if (written === 0) throw new DOMException('no space left', 'QuotaExceededError');
      done += written;
      target.size += written;
    }
  }

  async close(file: string): Promise<number> {
    const target = this.#writing.get(file);
    if (!target) return (await this.read(file)).size;
    target.handle.flush();
    target.handle.close();
    this.#writing.delete(file);
    return target.size;
  }

  async read(file: string): Promise<Blob> {
    return (await this.#folder.getFileHandle(file)).getFile();
  }

  async remove(file: string): Promise<void> {
    this.#writing.get(file)?.handle.close();
    this.#writing.delete(file);
    try {
      await this.#folder.removeEntry(file);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
    }
  }
}
