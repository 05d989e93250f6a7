import type { FileId, PutRecord, RecordKey, WorkspaceApi } from '../../workers/workspace/protocol';
import { RECORD_VERSION, type RecordKind } from '../domain/records';
import type { Remote } from '../threads/rpc';

/** Changes of what is there are written together after so many milliseconds: progress comes ten times a second. */
const DELAY_MS = 250;

/** Epoch milliseconds. */
export interface Times {
  readonly createdAt: number;
  readonly updatedAt: number;
}

type Pending = Omit<PutRecord, 'isNew'> | null;
/** By kind and id; null = to be removed. */
type Changes = Map<string, { readonly key: RecordKey; readonly record: Pending }>;

/**
 * Writes records to the workspace: the latest state of each, in the order of the changes, one transaction after the
 * other.
 */
export class Keeper {
  readonly #open: () => Promise<Pick<Remote<WorkspaceApi>, 'commit' | 'remove'>>;
  readonly #onFailure: (error: unknown) => void;
  readonly #onSpace: () => void;
  #pending: Changes = new Map();
  /** In the transaction that is being written. */
  #inFlight: Changes = new Map();
  /** What is new and in no transaction yet. */
  readonly #unwritten = new Set<string>();
  /** Files that a change named which another one replaced before it was written: no record will name them. */
  #passedOver = new Set<FileId>();
  /** By kind and id. */
  readonly #times = new Map<string, Times>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #writing: Promise<void> = Promise.resolve();
  #isFailing = false;

  /**
   * @param onFailure told of the first of several changes that could not be written; they are tried again with the next
   * @param onSpace told when something was removed, or what could not be written was
   */
  constructor(
    open: () => Promise<Pick<Remote<WorkspaceApi>, 'commit' | 'remove'>>,
    onFailure: (error: unknown) => void,
    onSpace: () => void = () => undefined,
  ) {
    this.#open = open;
    this.#onFailure = onFailure;
    this.#onSpace = onSpace;
  }

  /** Whether changes could not be written and wait for the next one. */
  get isFailing(): boolean {
    return this.#isFailing;
  }

  /** When a record was made and last changed; null = there is none. */
  times({ kind, id }: RecordKey): Times | null {
    return this.#times.get(nameOf({ kind, id })) ?? null;
  }

  /** Takes the times of a record that the workspace holds. */
  accept({ kind, id }: RecordKey, times: Times): void {
    this.#times.set(nameOf({ kind, id }), times);
  }

  /** What another page wrote, with the changes of this one that are on their way; null = this one is removing it. */
  withChanges(key: RecordKey, value: unknown): unknown {
    let latest = value;
    for (const changes of [this.#inFlight, this.#pending]) {
      const change = changes.get(nameOf(key));
      if (change?.record === null) return null;
      if (change) latest = changedBy(change.record, latest);
    }
    return latest;
  }

  /**
   * @param isNew whether it is written for the first time
   * @param changed fields of the value that are written; all by default
   */
  put(
    kind: RecordKind,
    id: string,
    value: unknown,
    files: readonly FileId[],
    isNew: boolean,
    changed?: readonly string[],
  ): void {
    const now = Date.now();
    this.accept({ kind, id }, { createdAt: this.times({ kind, id })?.createdAt ?? now, updatedAt: now });
    if (isNew) this.#unwritten.add(nameOf({ kind, id }));
    const record = { kind, id, version: RECORD_VERSION, value, files, ...(changed && { changed }) };
    this.#change({ kind, id }, record, isNew);
  }

  remove(kind: RecordKind, id: string): void {
    this.#change({ kind, id }, null, false);
  }

  /** Writes what is pending; resolves when it is kept. @throws what the workspace throws */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const written = this.#writing.catch(() => undefined).then(() => this.#write());
    this.#writing = written;
    written.then(
      () => {
        if (this.#isFailing) this.#onSpace();
        this.#isFailing = false;
      },
      (error: unknown) => {
        if (!this.#isFailing) this.#onFailure(error);
        this.#isFailing = true;
      },
    );
    await written;
  }

  #change(key: RecordKey, record: Pending, isNew: boolean): void {
    const name = nameOf(key);
    const waiting = this.#pending.get(name)?.record;
    for (const file of waiting?.files ?? []) this.#passedOver.add(file);
    for (const file of record?.files ?? []) this.#passedOver.delete(file);
    // Moved to the end: a record that names another one comes after it.
    this.#pending.delete(name);
    this.#pending.set(name, { key, record: waiting && record ? both(waiting, record) : record });
    // What is new is written at once: whoever sees it may close the page.
    if (isNew && this.#timer !== null) clearTimeout(this.#timer);
    if (isNew || this.#timer === null)
      this.#timer = setTimeout(() => void this.flush().catch(() => undefined), isNew ? 0 : DELAY_MS);
  }

  async #write(): Promise<void> {
    const changes = this.#pending;
    if (changes.size === 0) return;
    const passedOver = this.#passedOver;
    this.#pending = new Map();
    this.#inFlight = changes;
    this.#passedOver = new Set();
    const put = [...changes].flatMap(([name, { record }]) =>
      record ? { ...record, isNew: this.#unwritten.has(name) } : [],
    );
    const remove = [...changes.values()].flatMap(({ key, record }) => (record ? [] : [key]));
    try {
      const workspace = await this.#open();
      // Alone where there is no space for the others: removing makes some.
      await workspace.commit({ put, remove }).catch(async (error: unknown) => {
        if (put.length === 0 || remove.length === 0) throw error;
        await workspace.commit({ put: [], remove });
        for (const key of remove) changes.delete(nameOf(key));
        this.#onSpace();
        await workspace.commit({ put, remove: [] });
      });
      for (const name of changes.keys()) this.#unwritten.delete(name);
      for (const file of passedOver) await workspace.remove(file);
      if (remove.length > 0) this.#onSpace();
    } catch (error) {
      // What changed meanwhile is newer.
      const newer = this.#pending;
      this.#pending = changes;
      for (const [name, { key, record }] of newer) {
        const failed = changes.get(name)?.record;
        for (const file of failed?.files ?? []) this.#passedOver.add(file);
        changes.delete(name);
        changes.set(name, { key, record: failed && record ? both(failed, record) : record });
      }
      for (const file of passedOver) this.#passedOver.add(file);
      for (const { record } of changes.values())
        for (const file of record?.files ?? []) this.#passedOver.delete(file);
      throw error;
    } finally {
      this.#inFlight = new Map();
    }
  }
}

/** The later of two changes of a record, with the fields of both. */
function both(earlier: NonNullable<Pending>, later: NonNullable<Pending>): NonNullable<Pending> {
  const { changed, ...record } = later;
  if (!changed || !earlier.changed) return record;
  return { ...record, changed: [...new Set([...earlier.changed, ...changed])] };
}

/** A value with the fields that a change names, and without those it has no more; the value of a change that names none. */
function changedBy({ changed, value }: NonNullable<Pending>, before: unknown): unknown {
  if (!changed) return value;
  const others = Object.entries(before as object).filter(([name]) => !changed.includes(name));
  const fields = Object.entries(value as object).filter(([name]) => changed.includes(name));
  return Object.fromEntries([...others, ...fields]);
}

function nameOf({ kind, id }: RecordKey): string {
  return `${kind}/${id}`;
}
