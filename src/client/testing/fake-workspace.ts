import { packArchive } from '../../../workers/workspace/archive/pack-archive';
import { packFiles } from '../../../workers/workspace/archive/pack-files';
import { readFormat, unpackArchive } from '../../../workers/workspace/archive/unpack-archive';
import { mergeChange } from '../../../workers/workspace/merge-change';
import type {
  FileId,
  RecordChange,
  StoredRecord,
  WorkspaceApi,
  WorkspaceEvent,
  WorkspaceState,
} from '../../../workers/workspace/protocol';

/** What a browser keeps from one page to the next. */
export class FakeDisk {
  readonly records = new Map<string, StoredRecord>();
  readonly files = new Map<FileId, File>();
  /** Who writes. */
  page = 'a page';
  /** Set to make writing fail. */
  failure: Error | null = null;
  /** Called before each write of records or files; throws where that one fails. */
  onWrite: () => void = () => undefined;
  /** Set to make the copy of a file wait. */
  keeping: Promise<void> = Promise.resolve();
  /** The same of what unpacks an archive. */
  unpacking: Promise<void> = Promise.resolve();
  /** Files that were ever written: the ids of those that went are not given again. */
  written = 0;
  #clock = 0;
  /** Pages that are open beside each other, by name. */
  readonly #pages = new Map<string, OpenPage>();

  /** A page hears of what others write from now on, and is not closed before `leave`. */
  enter(page: string, hear: (event: WorkspaceEvent) => void): void {
    let close = () => {};
    const closed = new Promise<void>((resolve) => (close = resolve));
    this.#pages.set(page, { hear, closed, close });
  }

  leave(page: string): void {
    this.#pages.get(page)?.close();
    this.#pages.delete(page);
  }

  async whenClosed(page: string): Promise<void> {
    await this.#pages.get(page)?.closed;
  }

  nextFile(): FileId {
    return `f11e0000-0000-4000-8000-${String(++this.written).padStart(12, '0')}`;
  }

  /** @throws what a test set */
  write(): void {
    if (this.failure) throw this.failure;
    this.onWrite();
  }

  /** Removing needs no space. */
  commit({ put, remove }: RecordChange, writer = this.page): void {
    if (put.length > 0) this.write();
    const dropped = new Set<string>();
    // As in IndexedDB: what is kept is a copy.
    for (const { isNew, changed, ...record } of structuredClone(put)) {
      const key = `${record.kind}/${record.id}`;
      if (!isNew && !this.records.has(key)) continue;
      this.#clock++;
      const before = this.records.get(key);
      const createdAt = before?.createdAt ?? this.#clock;
      const merged = mergeChange(before, { ...record, ...(changed && { changed }) });
      const times = { createdAt, updatedAt: this.#clock };
      this.records.set(key, { ...record, ...merged, ...times, missing: [], writer });
      for (const file of before?.files ?? []) dropped.add(file);
    }
    // A file may pass from one record to another of the same change.
    for (const { kind, id } of put)
      for (const file of this.records.get(`${kind}/${id}`)?.files ?? []) dropped.delete(file);
    for (const file of dropped) this.files.delete(file);
    for (const { kind, id } of remove) {
      for (const file of this.records.get(`${kind}/${id}`)?.files ?? []) this.files.delete(file);
      this.records.delete(`${kind}/${id}`);
    }
    const changed = put.flatMap(({ kind, id }) => this.records.get(`${kind}/${id}`) ?? []);
    for (const [page, { hear }] of this.#pages)
      if (page !== writer) hear(structuredClone({ type: 'records', put: changed, removed: remove }));
  }

  /** Keys of all records but those of jobs, which outlive what they worked on. */
  resources(): string[] {
    return [...this.records.keys()].filter((key) => !key.startsWith('job/'));
  }
}

interface OpenPage {
  readonly hear: (event: WorkspaceEvent) => void;
  readonly closed: Promise<void>;
  readonly close: () => void;
}

/** The workspace over such a disk. */
export function fakeWorkspace(disk: FakeDisk, page?: string): WorkspaceApi {
  const keep = async (file: File) => {
    await disk.keeping;
    disk.write();
    const id = disk.nextFile();
    disk.files.set(id, file);
    return id;
  };
  const read = async (id: FileId) => {
    const file = disk.files.get(id);
    if (!file) throw new Error(`no file ${id}`);
    return file;
  };
  return {
    open: async () => ({ isKept: true, refusal: null }) satisfies WorkspaceState,
    addPeer: () => undefined,
    load: async () =>
      [...disk.records.values()].map((record) => ({
        ...record,
        missing: record.files.filter((file) => !disk.files.has(file)),
      })),
    commit: async (change) => disk.commit(change, page),
    keep,
    // Unless they have entered, pages of tests are gone once another one is opened.
    whenClosed: (writer) => (writer === page ? new Promise(() => undefined) : disk.whenClosed(writer)),
    usage: async () => ({ files: [], used: null, quota: null }),
    clear: async () => {
      disk.records.clear();
      disk.files.clear();
    },
    cancel: async () => undefined,
    pack: (_jobId, request) => packArchive(request, read),
    unpack: async (_jobId, file, form) => {
      await disk.unpacking;
      return unpackArchive(file, form, memoryFiles(disk));
    },
    formatOf: readFormat,
    packFiles,
    create: () => Promise.reject(new Error('files are kept whole here')),
    append: () => Promise.reject(new Error('files are kept whole here')),
    close: () => Promise.reject(new Error('files are kept whole here')),
    mark: () => Promise.reject(new Error('files are kept whole here')),
    reopen: () => Promise.reject(new Error('files are kept whole here')),
    read,
    remove: async (id) => void disk.files.delete(id),
  };
}

/** Files of a disk, written part by part. */
function memoryFiles(disk: FakeDisk): Parameters<typeof unpackArchive>[2] {
  const remove = async (id: FileId) => void disk.files.delete(id);
  return {
    create: async (name) => {
      disk.write();
      const id = disk.nextFile();
      disk.files.set(id, new File([], name));
      return id;
    },
    append: async (id, bytes) => {
      const before = disk.files.get(id)!;
      disk.files.set(id, new File([before, bytes], before.name));
    },
    close: async (id) => disk.files.get(id)!.size,
    remove,
  };
}
