/** Where the bytes of files live. Calls never overlap: `FileStore` runs them one after another. */
export interface FileBackend {
  /** True if the bytes are on disk and not in memory. */
  readonly persistent: boolean;
  create(file: string): Promise<void>;
  append(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Ends writing; returns the size in bytes. */
  close(file: string): Promise<number>;
  read(file: string): Promise<Blob>;
  /** Removing a file that is not there is not an error. */
  remove(file: string): Promise<void>;
}

/** Files as lists of Blob parts, for browsers that refuse the origin private file system (private windows). */
export class MemoryBackend implements FileBackend {
  readonly persistent = false;
  readonly #parts = new Map<string, Blob[]>();

  async create(file: string): Promise<void> {
    this.#parts.set(file, []);
  }

  async append(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    // A Blob per part lets the browser move the bytes out of the worker's heap.
    this.#parts.get(file)?.push(new Blob([bytes]));
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
}
