import { Dexie, liveQuery, type Table } from 'dexie';
import { UserError } from '../../src/domain/errors';
import { mergeChange } from './merge-change';
import type { RecordChange, RecordKey, StoredFile, StoredRecord, WorkspaceEvent } from './protocol';

/** What is known of all files and records. */
export interface RecordStore {
  all(): Promise<readonly StoredRecord[]>;
  /** One transaction. @returns files of what was replaced or removed that no record names any longer */
  commit(change: RecordChange): Promise<readonly string[]>;
  files(): Promise<readonly StoredFile[]>;
  file(id: string): Promise<StoredFile | undefined>;
  addFile(file: StoredFile): Promise<void>;
  removeFile(id: string): Promise<void>;
  /** Calls back with what others change from now on; resolves when it listens. */
  watch(onChange: (event: WorkspaceEvent) => void): Promise<void>;
  clear(): Promise<void>;
}

/** What a look at the records shows: those changed since the last one, and the keys of all. */
interface Changes {
  readonly rows: readonly StoredRecord[];
  readonly keys: readonly RecordKey[];
}

const NAME = 'doppelgrid';

/** Version 1 of the database. A change of `stores` is another version with an `upgrade` (https://dexie.org/docs/Version). */
class WorkspaceDatabase extends Dexie {
  declare readonly records: Table<StoredRecord, [string, string]>;
  declare readonly files: Table<StoredFile, string>;

  constructor(name: string) {
    super(name);
    this.version(1).stores({ records: '[kind+id], updatedAt', files: 'id' });
  }
}

/** Records in IndexedDB. */
export class DexieRecords implements RecordStore {
  readonly #db: WorkspaceDatabase;
  /** This page. */
  readonly #writer: string;

  private constructor(db: WorkspaceDatabase, writer: string) {
    this.#db = db;
    this.#writer = writer;
  }

  /** @throws whatever the browser throws where it refuses IndexedDB */
  static async open(writer: string, name = NAME): Promise<DexieRecords> {
    const db = new WorkspaceDatabase(name);
    await db.open();
    return new DexieRecords(db, writer);
  }

  async all(): Promise<readonly StoredRecord[]> {
    const rows = await this.#db.records.toArray();
    return rows
      .map((row) => ({ ...row, files: Array.isArray(row.files) ? row.files : idsIn(row.value) }))
      .sort((a, b) => a.createdAt - b.createdAt);
  }

  async commit({ put, remove }: RecordChange): Promise<readonly string[]> {
    const { records } = this.#db;
    return written(() =>
      this.#db.transaction('rw', records, async () => {
        const keys = [...put, ...remove].map(keyOf);
        const before = await records.bulkGet(keys);
        const now = Math.max(Date.now(), (await this.#latest()) + 0.001);
        const rows = put.flatMap((record, i): StoredRecord[] => {
          const { kind, id, version, isNew } = record;
          if (!before[i] && !isNew) return [];
          const { value, files } = mergeChange(before[i], record);
          const createdAt = before[i]?.createdAt ?? now;
          return [
            {
              ...{ kind, id, version, files, value, createdAt, updatedAt: now, missing: [] },
              writer: this.#writer,
            },
          ];
        });
        await records.bulkPut(rows);
        await records.bulkDelete(remove.map(keyOf));
        const named = new Set(rows.flatMap(({ files }) => files));
        return [...before, ...put].flatMap((row) => row?.files ?? []).filter((file) => !named.has(file));
      }),
    );
  }

  files(): Promise<readonly StoredFile[]> {
    return this.#db.files.toArray();
  }

  file(id: string): Promise<StoredFile | undefined> {
    return this.#db.files.get(id);
  }

  async addFile(file: StoredFile): Promise<void> {
    await written(() => this.#db.files.put(file));
  }

  async removeFile(id: string): Promise<void> {
    await this.#db.files.delete(id);
  }

  async watch(onChange: (event: WorkspaceEvent) => void): Promise<void> {
    const { records } = this.#db;
    let last = await this.#latest();
    let known: readonly RecordKey[] | null = null;
    const changes = liveQuery(
      async (): Promise<Changes> => ({
        rows: await records.where('updatedAt').above(last).toArray(),
        keys: (await records.toCollection().primaryKeys()).map(([kind, id]) => ({ kind, id }) as RecordKey),
      }),
    );
    const tell = ({ rows, keys }: Changes) => {
      last = rows.reduce((latest, { updatedAt }) => Math.max(latest, updatedAt), last);
      const there = new Set(keys.map((key) => keyOf(key).join('/')));
      const removed = (known ?? []).filter((key) => !there.has(keyOf(key).join('/')));
      known = keys;
      const put = rows.filter(({ writer }) => writer !== this.#writer);
      if (put.length + removed.length > 0) onChange({ type: 'records', put, removed });
    };
    await new Promise<void>((resolve, reject) => {
      changes.subscribe((change) => {
        tell(change);
        resolve();
      }, reject);
    });
  }

  async clear(): Promise<void> {
    await this.#db.transaction('rw', this.#db.records, this.#db.files, async () => {
      await this.#db.records.clear();
      await this.#db.files.clear();
    });
  }

  /**
   * When the latest change was written. The next one is later, also within a millisecond and when the clock is set
   * back: pages tell by it what they have seen.
   */
  async #latest(): Promise<number> {
    const [latest = 0] = await this.#db.records.orderBy('updatedAt').reverse().limit(1).keys();
    return latest as number;
  }
}

/** What a page without a workspace knows: its files. */
export class MemoryRecords implements RecordStore {
  readonly #files = new Map<string, StoredFile>();
  readonly #named = new Map<string, readonly string[]>();

  async all(): Promise<readonly StoredRecord[]> {
    return [];
  }

  async commit({ put, remove }: RecordChange): Promise<readonly string[]> {
    const before = [...put, ...remove].flatMap((key) => this.#named.get(keyOf(key).join('/')) ?? []);
    for (const key of remove) this.#named.delete(keyOf(key).join('/'));
    for (const record of put) this.#named.set(keyOf(record).join('/'), record.files);
    const named = new Set([...this.#named.values()].flat());
    return before.filter((file) => !named.has(file));
  }

  async files(): Promise<readonly StoredFile[]> {
    return [...this.#files.values()];
  }

  async file(id: string): Promise<StoredFile | undefined> {
    return this.#files.get(id);
  }

  async addFile(file: StoredFile): Promise<void> {
    this.#files.set(file.id, file);
  }

  async removeFile(id: string): Promise<void> {
    this.#files.delete(id);
  }

  async watch(): Promise<void> {}

  async clear(): Promise<void> {
    this.#files.clear();
    this.#named.clear();
  }
}

function keyOf({ kind, id }: RecordKey): [string, string] {
  return [kind, id];
}

/** What may be names of files in a record that was changed by hand: they are not to be taken for left behind. */
function idsIn(value: unknown): string[] {
  return JSON.stringify(value)?.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
}

/** @throws UserError `storage/full`, `storage/failed` */
async function written<T>(write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (isFull(cause)) throw fullError('The change', cause);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(
      'storage/failed',
      `The change could not be kept: ${reason}. It stays in this page; export what you need before you close it.`,
      { cause },
    );
  }
}

/** Whether an error says that the browser gives no more space. Dexie wraps the browser's. */
export function isFull(cause: unknown): boolean {
  const { name, inner } = cause as { name?: string; inner?: unknown };
  return name === 'QuotaExceededError' || (inner !== undefined && inner !== null && isFull(inner));
}

/** @param what "“people.csv”", the subject of the sentence */
export function fullError(what: string, cause: unknown): UserError {
  return new UserError(
    'storage/full',
    `${what} could not be written: the browser's storage is full. Delete what you no longer need on the Storage page, or free disk space.`,
    { cause },
  );
}
