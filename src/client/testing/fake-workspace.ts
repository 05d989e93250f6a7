import type {
  FileId,
  RecordChange,
  StoredRecord,
  WorkspaceApi,
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
  /** Set to make the copy of a file wait. */
  keeping: Promise<void> = Promise.resolve();
  #clock = 0;

  commit({ put, remove }: RecordChange): void {
    if (this.failure) throw this.failure;
    // As in IndexedDB: what is kept is a copy.
    for (const { isNew, ...record } of structuredClone(put)) {
      const key = `${record.kind}/${record.id}`;
      if (!isNew && !this.records.has(key)) continue;
      this.#clock++;
      const createdAt = this.records.get(key)?.createdAt ?? this.#clock;
      this.records.set(key, { ...record, createdAt, updatedAt: this.#clock, missing: [], writer: this.page });
    }
    for (const { kind, id } of remove) {
      for (const file of this.records.get(`${kind}/${id}`)?.files ?? []) this.files.delete(file);
      this.records.delete(`${kind}/${id}`);
    }
  }
}

/** The workspace over such a disk. */
export function fakeWorkspace(disk: FakeDisk): WorkspaceApi {
  const keep = async (file: File) => {
    await disk.keeping;
    if (disk.failure) throw disk.failure;
    const id = `file ${disk.files.size + 1}`;
    disk.files.set(id, file);
    return id;
  };
  return {
    open: async () => ({ isKept: true, refusal: null }) satisfies WorkspaceState,
    addPeer: () => undefined,
    load: async () =>
      [...disk.records.values()].map((record) => ({
        ...record,
        missing: record.files.filter((file) => !disk.files.has(file)),
      })),
    commit: async (change) => disk.commit(change),
    keep,
    // Pages of tests are gone once another one is opened.
    whenClosed: async () => undefined,
    usage: async () => ({ files: [], used: null, quota: null }),
    clear: async () => {
      disk.records.clear();
      disk.files.clear();
    },
    create: () => Promise.reject(new Error('files are kept whole here')),
    append: () => Promise.reject(new Error('files are kept whole here')),
    close: () => Promise.reject(new Error('files are kept whole here')),
    read: async (id) => {
      const file = disk.files.get(id);
      if (!file) throw new Error(`no file ${id}`);
      return file;
    },
    remove: async (id) => void disk.files.delete(id),
  };
}
