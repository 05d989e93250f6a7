import { type ConnectorLocation, MAX_LISTED_ENTRIES, pathParts } from '../../domain/connectors';
import { UserError } from '../../domain/errors';
import { isTableFile } from '../../domain/table-files';
import { type Connection, type OpenedLocation, unreachable } from './connection';

/** Files that queries can name, and folders within each other that are looked into. */
const MAX_TABLES = 500;
const MAX_DEPTH = 5;

/** A folder: the files of tables in it and in its folders. */
export class FolderConnection implements Connection {
  readonly #root: FileSystemDirectoryHandle;

  constructor(root: FileSystemDirectoryHandle) {
    this.#root = root;
  }

  async test(): Promise<string> {
    const found = await this.locations('');
    const files = found.filter(({ kind }) => kind === 'file').length;
    const folders = found.length - files;
    const atLeast = found.length < MAX_LISTED_ENTRIES ? '' : 'at least ';
    return `The folder “${this.#root.name}” is open: ${atLeast}${count(files, 'table file')} and ${count(folders, 'folder')} in it.`;
  }

  async locations(prefix: string): Promise<ConnectorLocation[]> {
    const folder = await this.#folder(prefix.split('/').filter(Boolean));
    const base = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
    const folders: ConnectorLocation[] = [];
    const files: ConnectorLocation[] = [];
    await this.#reached(async () => {
      for await (const [name, handle] of entriesOf(folder)) {
        if (folders.length + files.length >= MAX_LISTED_ENTRIES) break;
        if (handle.kind === 'directory') folders.push({ location: `${base}${name}/`, kind: 'folder' });
        else if (isTableFile(name)) {
          const { size } = await (handle as FileSystemFileHandle).getFile();
          files.push({ location: `${base}${name}`, kind: 'file', bytes: size });
        }
      }
    });
    return [...folders.sort(byName), ...files.sort(byName)];
  }

  async open(location: string): Promise<OpenedLocation> {
    const file = await this.find(location);
    if (!file)
      throw new UserError(
        'not-found',
        `There is no “${location}” in the folder “${this.#root.name}”. It was moved, renamed or deleted: list the folder again.`,
      );
    return { file, dialect: {}, stamp: `${file.lastModified} ${file.size}` };
  }

  async tables(): Promise<readonly string[]> {
    const found: string[] = [];
    const look = async (folder: FileSystemDirectoryHandle, base: string, depth: number): Promise<void> => {
      for await (const [name, handle] of entriesOf(folder)) {
        if (found.length >= MAX_TABLES) return;
        if (handle.kind === 'file' && isTableFile(name)) found.push(`${base}${name}`);
        else if (handle.kind === 'directory' && depth < MAX_DEPTH)
          await look(handle as FileSystemDirectoryHandle, `${base}${name}/`, depth + 1);
      }
    };
    await this.#reached(() => look(this.#root, '', 1));
    return found.sort();
  }

  /** A file, or null if there is none of the name. @throws UserError where a folder has it */
  async find(location: string): Promise<File | null> {
    const parts = pathParts(location);
    return this.#reached(async () => {
      try {
        const folder = await this.#walk(parts.slice(0, -1), false);
        return await (await folder.getFileHandle(parts.at(-1)!)).getFile();
      } catch (error) {
        if (isNamed(error, 'NotFoundError')) return null;
        if (isNamed(error, 'TypeMismatchError'))
          throw new UserError('connector/exists', `“${location}” is a folder. Choose another name.`, {
            cause: error,
          });
        throw error;
      }
    });
  }

  /**
   * Writes a file. What the location holds changes when all of it is written, and not before: the browser writes beside it
   * and puts that in its position at the end.
   * @param from byte of the existing file that it is written after; absent = in place of all
   */
  async put(location: string, parts: readonly Blob[], from?: number, signal?: AbortSignal): Promise<void> {
    const path = pathParts(location);
    await this.#reached(async () => {
      const folder = await this.#walk(path.slice(0, -1), true);
      const name = path.at(-1)!;
      const isNew = (await this.find(location)) === null;
      const handle = await folder.getFileHandle(name, { create: true });
      try {
        await write(handle, parts, from, signal);
      } catch (error) {
        // What could not be written leaves no empty file.
        if (isNew) await folder.removeEntry(name).catch(() => undefined);
        throw error;
      }
    });
  }

  #folder(parts: readonly string[]): Promise<FileSystemDirectoryHandle> {
    return this.#reached(() => this.#walk(parts, false));
  }

  async #walk(parts: readonly string[], create: boolean): Promise<FileSystemDirectoryHandle> {
    let folder = this.#root;
    for (const part of parts) folder = await folder.getDirectoryHandle(part, { create });
    return folder;
  }

  #reached<T>(work: () => Promise<T>): Promise<T> {
    return reached(this.#root, work);
  }
}

/** Writes to a file of a person; all of it or nothing. @param from as of `FolderConnection.put` */
export async function write(
  handle: FileSystemFileHandle,
  parts: readonly Blob[],
  from?: number,
  signal?: AbortSignal,
): Promise<void> {
  const writable = await handle.createWritable({ keepExistingData: from !== undefined });
  try {
    if (from !== undefined) await writable.seek(from);
    for (const part of parts)
      await part
        .stream()
        .pipeTo(writable, { preventClose: true, preventAbort: true, ...(signal && { signal }) });
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => undefined);
    if (isNamed(error, 'QuotaExceededError'))
      throw new UserError(
        'storage/full',
        `There is not enough space for “${handle.name}”. Nothing was changed: free some, and write it again.`,
        { cause: error },
      );
    throw error;
  }
}

/** Does something with what a person chose; what the browser says of it becomes a sentence. */
export async function reached<T>(handle: FileSystemHandle, work: () => Promise<T>): Promise<T> {
  const what = nameOf(handle);
  try {
    return await work();
  } catch (cause) {
    if (isNamed(cause, 'NotAllowedError') || isNamed(cause, 'SecurityError')) throw notAllowed(handle, cause);
    if (isNamed(cause, 'NotFoundError'))
      throw unreachable(
        `${what}, or a folder in it, is not there any more. Put it back, or choose it again on the page of the connector.`,
        cause,
      );
    if (isNamed(cause, 'NotReadableError') || isNamed(cause, 'InvalidStateError'))
      throw unreachable(
        `${what} cannot be read: another program holds it, or it changed while it was read. Close it there, and try again.`,
        cause,
      );
    if (isNamed(cause, 'NoModificationAllowedError'))
      throw unreachable(
        `${what} is being written by another tab or program. Wait for it, and try again.`,
        cause,
      );
    throw cause;
  }
}

/** The error of what a person has to allow again. */
export function notAllowed(handle: FileSystemHandle, cause?: unknown): UserError {
  return unreachable(
    `${nameOf(handle)} may not be used until you allow it again: press “Allow access” on the page of the connector.`,
    cause,
  );
}

function nameOf({ kind, name }: FileSystemHandle): string {
  return `The ${kind === 'directory' ? 'folder' : 'file'} “${name}”`;
}

function isNamed(error: unknown, name: string): boolean {
  return (error as { name?: string } | null)?.name === name;
}

function entriesOf(folder: FileSystemDirectoryHandle): AsyncIterable<[string, FileSystemHandle]> {
  return (folder as unknown as { entries(): AsyncIterable<[string, FileSystemHandle]> }).entries();
}

function byName(a: ConnectorLocation, b: ConnectorLocation): number {
  return NAMES.compare(a.location, b.location);
}

const NAMES = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}
