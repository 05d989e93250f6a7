/** Where the bytes of files live. Calls for writing never overlap: `FileStore` runs them one after another. */
export interface FileBackend {
  /** True if the bytes are on disk and not in memory. */
  readonly persistent: boolean;
  create(file: string): Promise<void>;
  append(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Makes sure of what is written so far; returns the size in bytes. */
  flush(file: string): Promise<number>;
  /** Goes on writing a file that is not open, after its first so many bytes. */
  reopen(file: string, bytes: number): Promise<void>;
  /** Ends writing; returns the size in bytes. */
  close(file: string): Promise<number>;
  read(file: string): Promise<Blob>;
  /** Removing a file that is not there is not an error. */
  remove(file: string): Promise<void>;
  /** Names of all files. */
  list(): Promise<string[]>;
}

/** Files as lists of Blob parts, for browsers that refuse the origin private file system (private windows). */
export class MemoryBackend implements FileBackend {
  readonly persistent: boolean = false;
  readonly #parts = new Map<string, Blob[]>();

  async create(file: string): Promise<void> {
    this.#parts.set(file, []);
  }

  async append(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    // A Blob per part lets the browser move the bytes out of the worker's heap.
    this.#parts.get(file)?.push(new Blob([bytes]));
  }

  async flush(file: string): Promise<number> {
    return (await this.read(file)).size;
  }

  async reopen(file: string, bytes: number): Promise<void> {
    this.#parts.set(file, [(await this.read(file)).slice(0, bytes)]);
  }

  async close(file: string): Promise<number> {
    return (await this.read(file)).size;
  }

  async read(file: string): Promise<Blob> {
    return new Blob(this.#parts.get(file) ?? []);
  }

  async remove(file: string): Promise<void> {
    this.#parts.delete(file);
  }

  async list(): Promise<string[]> {
    return [...this.#parts.keys()];
  }
}

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

  async flush(file: string): Promise<number> {
    const target = this.#writing.get(file);
    if (!target) throw new Error(`file ${file} is not open for writing`);
    target.handle.flush();
    return target.size;
  }

  async reopen(file: string, bytes: number): Promise<void> {
    const handle = await (await this.#folder.getFileHandle(file)).createSyncAccessHandle();
    handle.truncate(bytes);
    this.#writing.set(file, { handle, size: bytes });
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

  async list(): Promise<string[]> {
    const names: string[] = [];
    for await (const name of this.#folder.keys()) names.push(name);
    return names;
  }
}
