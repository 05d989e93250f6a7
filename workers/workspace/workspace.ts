import type { StepCode } from '../../src/domain/job';
import { expose } from '../../src/threads/rpc';
import { type JobContext, JobRunner } from '../../src/threads/run-job';
import { holdLock } from '../../src/threads/thread';
import type { FileBackend } from './file-backends';
import { FileStore } from './file-store';
import { largestSentence, withLargest } from './largest-items';
import type {
  ArchiveForm,
  ArchiveRequest,
  FileId,
  RecordChange,
  StoredRecord,
  UnpackedArchive,
  WorkspaceApi,
  WorkspaceState,
  WorkspaceUsage,
} from './protocol';
import type { RecordStore } from './records';

/** Where a workspace is. */
export interface Stores {
  readonly records: RecordStore;
  readonly bytes: FileBackend;
  /** As in `WorkspaceState`. */
  readonly refusal: string | null;
}

/** What the workspace needs of the browser; tests give their own. */
export interface Surroundings {
  /** Name of this page, unlike that of any other. */
  readonly page: string;
  /** @param isPrivate nothing may be written */
  openStores(isPrivate: boolean): Promise<Stores>;
  readonly locks: Pick<LockManager, 'request'> | undefined;
  estimate(): Promise<StorageEstimate>;
}

/** Held, shared, by every page that keeps something. */
const PAGES_LOCK = 'doppelgrid-pages';
/** A page that is loaded again finds the lock of its own past for some milliseconds. */
const ENTRANCE_ATTEMPTS = 4;
const ENTRANCE_WAIT_MS = 40;
/** Bytes of a brought file that are copied at once. */
const COPIED_BYTES = 4 << 20;

/** The workspace worker's API. */
export class Workspace implements WorkspaceApi {
  readonly #surroundings: Surroundings;
  readonly #ports: MessagePort[] = [];
  #events: MessagePort | null = null;
  readonly #jobs = new JobRunner((event) => this.#events?.postMessage(event));
  #opened: (stores: { records: RecordStore; bytes: FileBackend; files: FileStore }) => void = () => {};
  readonly #stores = new Promise<{ records: RecordStore; bytes: FileBackend; files: FileStore }>(
    (resolve) => {
      this.#opened = resolve;
    },
  );

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  async open({ isPrivate, events }: Parameters<WorkspaceApi['open']>[0]): Promise<WorkspaceState> {
    // Kept for the life of the worker: a collected port takes no messages.
    this.#events = events;
    const { records, bytes, refusal } = await this.#surroundings.openStores(isPrivate);
    const isKept = bytes.persistent;
    if (isKept) await this.#enter(records, bytes);
    await records.watch((event) => events.postMessage(event));
    this.#opened({ records, bytes, files: new FileStore(bytes, records) });
    return { isKept, refusal };
  }

  addPeer(port: MessagePort): void {
    this.#ports.push(port);
    const { create, append, close, mark, reopen, read, remove } = this;
    const files = { create, append, close, mark, reopen, read, remove };
    expose(Object.fromEntries(Object.entries(files).map(([name, call]) => [name, call.bind(this)])), port);
  }

  async load(): Promise<readonly StoredRecord[]> {
    const { records } = await this.#stores;
    const known = new Set((await records.files()).map(({ id }) => id));
    return (await records.all()).map((record) => ({
      ...record,
      missing: record.files.filter((file) => !known.has(file)),
    }));
  }

  async commit(change: RecordChange): Promise<void> {
    const { records, files } = await this.#stores;
    const unnamed = await this.#orLargest(() => records.commit(change));
    // The change is written. A file that does not go now is removed at a later start.
    await Promise.all(unnamed.map((file) => files.remove(file).catch(() => undefined)));
  }

  async keep(file: File): Promise<FileId> {
    const id = await this.create(file.name, file.type);
    try {
      for (let from = 0; from < file.size; from += COPIED_BYTES) {
        const part = await file.slice(from, from + COPIED_BYTES).arrayBuffer();
        await this.append(id, new Uint8Array(part));
      }
      await this.close(id);
      return id;
    } catch (error) {
      await this.remove(id);
      throw error;
    }
  }

  async whenClosed(writer: string): Promise<void> {
    const { locks, page } = this.#surroundings;
    if (!locks || writer === page) return new Promise(() => undefined);
    await locks.request(lockOf(writer), async () => undefined);
  }

  async usage(): Promise<WorkspaceUsage> {
    const { records } = await this.#stores;
    const { usage, quota } = await this.#surroundings.estimate();
    return { files: await records.files(), used: usage ?? null, quota: quota ?? null };
  }

  async clear(): Promise<void> {
    const { records, bytes } = await this.#stores;
    await records.clear();
    // Another page may be writing one; it goes when that page finds that nothing names it.
    for (const file of await bytes.list()) await bytes.remove(file).catch(() => undefined);
  }

  async pack(jobId: string, request: ArchiveRequest): Promise<File> {
    const { files } = await this.#stores;
    const { packArchive } = await import('./archive/pack-archive');
    return this.#jobs.run(jobId, 'The export', (job) =>
      packArchive(request, (file) => files.read(file), counted(job, 'DELIVER_DATA')),
    );
  }

  async unpack(jobId: string, file: File, form: ArchiveForm): Promise<UnpackedArchive> {
    const { files } = await this.#stores;
    const { unpackArchive } = await import('./archive/unpack-archive');
    return this.#jobs.run(jobId, `Reading ${file.name}`, (job) =>
      this.#orLargest(() => unpackArchive(file, form, files, counted(job, 'IMPORT_DATA'))),
    );
  }

  async cancel(jobId: string): Promise<void> {
    this.#jobs.cancel(jobId);
  }

  async packFiles(...given: Parameters<WorkspaceApi['packFiles']>): Promise<File> {
    const { packFiles } = await import('./archive/pack-files');
    return packFiles(...given);
  }

  async formatOf(file: File): Promise<string | null> {
    const { readFormat } = await import('./archive/unpack-archive');
    return readFormat(file);
  }

  create = async (name: string, mimeType: string) => this.#written((files) => files.create(name, mimeType));
  append = async (file: FileId, bytes: Uint8Array<ArrayBuffer>) =>
    this.#written((files) => files.append(file, bytes));
  close = async (file: FileId) => this.#written((files) => files.close(file));
  mark = async (file: FileId) => this.#written((files) => files.mark(file));
  reopen = async (file: FileId, bytes: number) => this.#written((files) => files.reopen(file, bytes));
  read = async (file: FileId) => (await this.#files()).read(file);
  remove = async (file: FileId) => (await this.#files()).remove(file);

  async #files(): Promise<FileStore> {
    return (await this.#stores).files;
  }

  #written<T>(write: (files: FileStore) => Promise<T>): Promise<T> {
    return this.#orLargest(async () => write(await this.#files()));
  }

  /** Where a write fails for want of space, the error names what can be deleted. */
  async #orLargest<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      const { records } = await this.#stores;
      throw await withLargest(error, async () => largestSentence(await records.all(), await records.files()));
    }
  }

  /** Joins the pages of this workspace. Who is alone tidies up what a crash may have left. */
  async #enter(records: RecordStore, bytes: FileBackend): Promise<void> {
    const { locks, page } = this.#surroundings;
    if (!locks) return;
    await holdLock(locks, lockOf(page));
    for (let attempt = 0; attempt < ENTRANCE_ATTEMPTS; attempt++) {
      if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, ENTRANCE_WAIT_MS));
      const isAlone = await locks.request(PAGES_LOCK, { ifAvailable: true }, async (lock) => {
        if (lock) await tidyUp(records, bytes);
        return lock !== null;
      });
      if (isAlone) break;
    }
    const shared = (name: string, held: LockGrantedCallback<unknown>) =>
      locks.request(name, { mode: 'shared' }, held);
    await holdLock({ request: shared as LockManager['request'] }, PAGES_LOCK);
  }
}

/** Held by a page as long as it lives. */
function lockOf(page: string): string {
  return `doppelgrid-page-${page}`;
}

/** Removes bytes that no record names, and forgets files whose bytes are gone or were cut short. */
async function tidyUp(records: RecordStore, bytes: FileBackend): Promise<void> {
  const named = new Set((await records.all()).flatMap(({ files }) => files));
  const known = new Set<string>();
  const there = new Set(await bytes.list());
  for (const { id, bytes: size, isPartial } of await records.files()) {
    const found = there.has(id) ? (await bytes.read(id)).size : -1;
    const isWhole = isPartial ? found >= size : found === size;
    if (named.has(id) && isWhole) known.add(id);
    else await records.removeFile(id);
  }
  // What another page has just created to try its storage, or a killed one still holds, goes at a later start.
  for (const id of there) if (!known.has(id)) await bytes.remove(id).catch(() => undefined);
}

/** Counts the bytes of a job, which may be cancelled between them. */
function counted(job: JobContext, code: StepCode): (done: number, all: number) => void {
  const step = job.step(code, 'bytes');
  return (done, all) => {
    job.checkpoint();
    step.update(done, all);
  };
}
