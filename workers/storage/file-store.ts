import { UserError } from '../../src/domain/errors';
import { expose } from '../../src/threads/rpc';
import type { FileBackend } from './file-backends';
import type { FileId, StorageApi } from './protocol';

interface Entry {
  readonly name: string;
  readonly mimeType: string;
  isClosed: boolean;
}

/**
 * The storage worker's API. Every call waits for the ones before it, so that bytes land in the order they were sent
 * whatever the backend awaits in between.
 */
export class FileStore implements StorageApi {
  readonly #openBackend: () => Promise<FileBackend>;
  readonly #files = new Map<FileId, Entry>();
  #backend: Promise<FileBackend> | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #count = 0;
  /** Kept for the life of the worker: a collected port answers no calls. */
  readonly #ports: MessagePort[] = [];

  constructor(openBackend: () => Promise<FileBackend>) {
    this.#openBackend = openBackend;
  }

  open(): Promise<{ persistent: boolean }> {
    return this.#serial(async (backend) => ({ persistent: backend.persistent }));
  }

  addPeer(port: MessagePort): void {
    this.#ports.push(port);
    expose(this, port);
  }

  create(name: string, mimeType: string): Promise<FileId> {
    return this.#serial(async (backend) => {
      const id = `file-${++this.#count}`;
      await backend.create(id);
      this.#files.set(id, { name, mimeType, isClosed: false });
      return id;
    });
  }

  append(file: FileId, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#serial(async (backend) => {
      const entry = this.#entry(file);
      if (entry.isClosed) throw new Error(`file ${entry.name} is already closed`);
      try {
        await backend.append(file, bytes);
      } catch (error) {
        throw writeError(entry.name, error);
      }
    });
  }

  close(file: FileId): Promise<number> {
    return this.#serial(async (backend) => {
      const entry = this.#entry(file);
      const size = await backend.close(file);
      entry.isClosed = true;
      return size;
    });
  }

  read(file: FileId): Promise<File> {
    return this.#serial(async (backend) => {
      const entry = this.#entry(file);
      if (!entry.isClosed) throw new Error(`file ${entry.name} is still being written`);
      // A File over a Blob refers to the same bytes; nothing is copied.
      return new File([await backend.read(file)], entry.name, { type: entry.mimeType, lastModified: 0 });
    });
  }

  remove(file: FileId): Promise<void> {
    return this.#serial(async (backend) => {
      if (!this.#files.delete(file)) return;
      await backend.remove(file);
    });
  }

  #entry(file: FileId): Entry {
    const entry = this.#files.get(file);
    if (!entry) throw new UserError('not-found', 'This file is no longer there. Create it again.');
    return entry;
  }

  #serial<T>(work: (backend: FileBackend) => Promise<T>): Promise<T> {
    const result = this.#queue.then(async () => {
      this.#backend ??= this.#openBackend();
      return work(await this.#backend);
    });
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function writeError(name: string, cause: unknown): Error {
  if (cause instanceof DOMException && cause.name === 'QuotaExceededError') {
    return new UserError(
      'export/failed',
      `“${name}” could not be written: the browser's storage is full. Free disk space or generate fewer rows.`,
      { details: { file: name }, cause },
    );
  }
  return cause instanceof Error ? cause : new Error(String(cause));
}
