import type { IHasher } from 'hash-wasm';
import { UserError } from '../../src/domain/errors';
import { newId } from '../../src/domain/ids';
import type { FileBackend } from './file-backends';
import type { FileId, FilesApi } from './protocol';
import { fullError, isFull, type RecordStore } from './records';

/** Bytes that are read at once. */
const READ_BYTES = 4 << 20;

/** A file that is being written. */
interface Draft {
  readonly name: string;
  readonly mimeType: string;
  readonly hash: IHasher;
}

/**
 * Files by id. Every call waits for the ones before it, so that bytes land in the order they were sent whatever the
 * backend awaits in between. A file is known once it is closed: what a crash cuts short is known to nobody.
 */
export class FileStore implements FilesApi {
  readonly #backend: FileBackend;
  readonly #known: RecordStore;
  readonly #drafts = new Map<FileId, Draft>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(backend: FileBackend, known: RecordStore) {
    this.#backend = backend;
    this.#known = known;
  }

  create(name: string, mimeType: string): Promise<FileId> {
    return this.#serial(async () => {
      const id = newId();
      await this.#written(name, () => this.#backend.create(id));
      this.#drafts.set(id, { name, mimeType, hash: await newHash() });
      return id;
    });
  }

  append(file: FileId, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#serial(async () => {
      const draft = await this.#draft(file);
      await this.#written(draft.name, () => this.#backend.append(file, bytes));
      draft.hash.update(bytes);
    });
  }

  close(file: FileId): Promise<number> {
    return this.#serial(async () => {
      const { name, mimeType, hash } = await this.#draft(file);
      const bytes = await this.#written(name, () => this.#backend.close(file));
      await this.#known.addFile({ id: file, name, mimeType, bytes, sha256: hash.digest() });
      this.#drafts.delete(file);
      return bytes;
    });
  }

  mark(file: FileId): Promise<number> {
    return this.#serial(async () => {
      const { name, mimeType, hash } = await this.#draft(file);
      const bytes = await this.#written(name, () => this.#backend.flush(file));
      // The end of a hash ends it: the state before goes on.
      const state = hash.save();
      const sha256 = hash.digest();
      hash.load(state);
      await this.#known.addFile({ ...{ id: file, name, mimeType, bytes, sha256 }, isPartial: true });
      return bytes;
    });
  }

  reopen(file: FileId, bytes: number): Promise<void> {
    return this.#serial(async () => {
      const known = await this.#known.file(file);
      if (!known) throw gone();
      // Whoever was writing it is gone.
      if (this.#drafts.delete(file)) await this.#backend.close(file);
      const blob = await this.#backend.read(file).catch(() => null);
      if (!blob || blob.size < bytes) throw gone();
      const hash = await newHash();
      for (let from = 0; from < bytes; from += READ_BYTES) {
        const part = blob.slice(from, Math.min(from + READ_BYTES, bytes));
        hash.update(new Uint8Array(await part.arrayBuffer()));
      }
      await this.#backend.reopen(file, bytes);
      this.#drafts.set(file, { name: known.name, mimeType: known.mimeType, hash });
    });
  }

  read(file: FileId): Promise<File> {
    return this.#serial(async () => {
      const draft = this.#drafts.get(file);
      if (draft) throw new Error(`file ${draft.name} is still being written`);
      const known = await this.#known.file(file);
      if (!known) throw gone();
      const blob = await this.#backend.read(file).catch(() => null);
      if (!blob) throw gone();
      // A File over a Blob refers to the same bytes; nothing is copied.
      return new File([blob], known.name, { type: known.mimeType, lastModified: 0 });
    });
  }

  remove(file: FileId): Promise<void> {
    return this.#serial(async () => {
      this.#drafts.delete(file);
      // Known last: a crash in between leaves a name without bytes, which the next start removes.
      await this.#backend.remove(file);
      await this.#known.removeFile(file);
    });
  }

  /** @throws UserError `not-found`, or an error if the file is closed */
  async #draft(file: FileId): Promise<Draft> {
    const draft = this.#drafts.get(file);
    if (draft) return draft;
    const known = await this.#known.file(file);
    throw known ? new Error(`file ${known.name} is already closed`) : gone();
  }

  async #written<T>(name: string, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (cause) {
      throw isFull(cause) ? fullError(`“${name}”`, cause) : cause;
    }
  }

  #serial<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

/** The library comes with the first file: the first screen needs none. */
async function newHash(): Promise<IHasher> {
  const { createSHA256 } = await import('hash-wasm');
  return createSHA256();
}

function gone(): UserError {
  return new UserError('not-found', 'This file is no longer there. Create it again.');
}
