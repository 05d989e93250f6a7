/** A folder in memory that behaves as one of a person (File System Access API), as far as connectors use it. */
export class FakeFolder {
  readonly kind = 'directory';
  readonly name: string;
  readonly entriesByName = new Map<string, FakeFolder | FakeFile>();

  constructor(name: string) {
    this.name = name;
  }

  /** As connectors take it. */
  get handle(): FileSystemDirectoryHandle {
    return this as unknown as FileSystemDirectoryHandle;
  }

  /** Puts files there, by path. */
  async with(files: Readonly<Record<string, string>>): Promise<this> {
    for (const [path, text] of Object.entries(files)) {
      const parts = path.split('/');
      let folder: FakeFolder = this;
      for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
      (await folder.getFileHandle(parts.at(-1)!, { create: true })).parts = [text];
    }
    return this;
  }

  async *entries(): AsyncGenerator<[string, FakeFolder | FakeFile]> {
    yield* this.entriesByName.entries();
  }

  async getDirectoryHandle(name: string, { create = false } = {}): Promise<FakeFolder> {
    return this.#get(name, FakeFolder, create);
  }

  async getFileHandle(name: string, { create = false } = {}): Promise<FakeFile> {
    return this.#get(name, FakeFile, create);
  }

  async removeEntry(name: string): Promise<void> {
    this.entriesByName.delete(name);
  }

  #get<T extends FakeFolder | FakeFile>(name: string, kind: new (name: string) => T, create: boolean): T {
    const found = this.entriesByName.get(name);
    if (found && !(found instanceof kind)) throw new DOMException('another kind', 'TypeMismatchError');
    if (found) return found as T;
    if (!create) throw new DOMException('not there', 'NotFoundError');
    const made = new kind(name);
    this.entriesByName.set(name, made);
    return made;
  }
}

/** A file of such a folder. What is written to it is there once the writing is closed. */
export class FakeFile {
  readonly kind = 'file';
  readonly name: string;
  parts: readonly BlobPart[] = [];
  lastModified = 1;
  /** Set to make writing fail after so many bytes. */
  failsAfter = Number.POSITIVE_INFINITY;

  constructor(name: string) {
    this.name = name;
  }

  async getFile(): Promise<File> {
    return new File([...this.parts], this.name, { lastModified: this.lastModified });
  }

  async createWritable({ keepExistingData = false } = {}): Promise<WritableStream<Uint8Array>> {
    const before = keepExistingData ? new Uint8Array(await (await this.getFile()).arrayBuffer()) : null;
    let at = 0;
    const written: BlobPart[] = [];
    const stream = new WritableStream<Uint8Array>({
      write: (bytes) => {
        if (bytes.length > this.failsAfter) throw new DOMException('full', 'QuotaExceededError');
        written.push(bytes as BlobPart);
      },
      close: () => {
        this.parts = [...(before ? [before.subarray(0, at) as BlobPart] : []), ...written];
        this.lastModified++;
      },
    });
    return Object.assign(stream, {
      seek: async (to: number) => {
        at = to;
      },
    });
  }
}
