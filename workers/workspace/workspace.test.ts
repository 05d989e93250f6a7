import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MemoryBackend } from './file-backends';
import type { RecordChange, WorkspaceEvent } from './protocol';
import { DexieRecords } from './records';
import { Workspace } from './workspace';

// Test files share their modules: Dexie may have been loaded before there was an IndexedDB.
Object.assign(Dexie.dependencies, { indexedDB, IDBKeyRange });

/** Bytes that outlive a page. */
class Disk extends MemoryBackend {
  override readonly persistent = true;
}

const channels: MessageChannel[] = [];
afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

let names = 0;

/** A browser: its database and disk. Pages come and go. */
function browser() {
  const name = `test ${names++}`;
  const disk = new Disk();
  let pages = 0;
  const locks = {
    request: (async (
      name: string,
      ...[options, granted]: [LockOptions, (lock: Lock | null) => unknown] | [(lock: Lock | null) => unknown]
    ) => {
      // The lock of a page of its own.
      if (typeof options === 'function') return options({ name } as Lock);
      const held = granted!;
      const isFree = pages === 0;
      if (options.ifAvailable) return held(isFree ? ({} as Lock) : null);
      pages++;
      return held({} as Lock);
    }) as LockManager['request'],
  };
  return {
    disk,
    name,
    /** All pages are closed. */
    close: () => {
      pages = 0;
    },
    async open(onEvent: (event: WorkspaceEvent) => void = () => undefined) {
      const page = `page ${names++}`;
      const workspace = new Workspace({
        page,
        openStores: async () => ({
          records: await DexieRecords.open(page, name),
          bytes: disk,
          refusal: null,
        }),
        locks,
        estimate: async () => ({ usage: 1, quota: 2 }),
      });
      const channel = new MessageChannel();
      channels.push(channel);
      channel.port1.onmessage = ({ data }) => onEvent(data);
      const state = await workspace.open({ isPrivate: false, events: channel.port2 });
      return Object.assign(workspace, { state });
    },
  };
}

const change = (put: RecordChange['put'], remove: RecordChange['remove'] = []) => ({ put, remove });
const source = (id: string, files: string[] = [], value: unknown = { id }) =>
  ({ kind: 'source', id, version: 1, files, value, isNew: true }) as const;

describe('a workspace', () => {
  it('gives the next page records and files, in the order in which they were made', async () => {
    const { open, close } = browser();
    const first = await open();
    const file = await first.keep(new File(['hello'], 'a.csv', { type: 'text/csv' }));
    await first.commit(change([source('z', [file])]));
    await first.commit(change([source('a')]));
    await first.commit(change([source('z', [file], { id: 'z', changed: true })]));
    close();
    const second = await open();
    expect(second.state).toEqual({ isKept: true, refusal: null });
    const records = await second.load();
    expect(records.map(({ id, value, missing }) => [id, value, missing])).toEqual([
      ['z', { id: 'z', changed: true }, []],
      ['a', { id: 'a' }, []],
    ]);
    const read = await second.read(file);
    expect([read.name, read.type, await read.text()]).toEqual(['a.csv', 'text/csv', 'hello']);
    expect((await second.usage()).files).toMatchObject([
      { id: file, bytes: 5, sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' },
    ]);
  });

  it('names what takes most of the space where a file or a record does not fit', async () => {
    const { open, disk } = browser();
    const workspace = await open();
    const keep = async (id: string, bytes: number) =>
      workspace.commit(
        change([source(id, [await workspace.keep(new File([new Uint8Array(bytes)], id))], { name: id })]),
      );
    for (const [k, bytes] of [2_300_000, 400, 160_000, 12_345].entries()) await keep(`${k}.csv`, bytes);
    const full = new DOMException('full', 'QuotaExceededError');
    const append = vi.spyOn(disk, 'append').mockRejectedValue(full);
    const largest =
      'storage is full. Delete what you no longer need on the Storage page, or free disk space. The largest are the source “0.csv” (2.3 MB), the source “2.csv” (0.2 MB), and the source “3.csv” (13 kB).';
    await expect(workspace.keep(new File(['x'], 'x.csv'))).rejects.toThrow(largest);
    append.mockRestore();
    expect((await workspace.usage()).files).toHaveLength(4);
    expect(await disk.list()).toHaveLength(4);
    const commit = vi.spyOn(Dexie.prototype, 'transaction').mockRejectedValue(full);
    await expect(workspace.commit(change([source('e')]))).rejects.toThrow(largest);
    commit.mockRestore();
    expect(await workspace.load()).toHaveLength(4);
  });

  it('removes files with the records that named them', async () => {
    const { open, disk } = browser();
    const workspace = await open();
    const [old, fresh] = [
      await workspace.keep(new File(['1'], 'a')),
      await workspace.keep(new File(['2'], 'a')),
    ];
    await workspace.commit(change([source('a', [old])]));
    await workspace.commit(change([source('a', [fresh])]));
    expect(await disk.list()).toEqual([fresh]);
    await workspace.commit(change([], [{ kind: 'source', id: 'a' }]));
    expect(await disk.list()).toEqual([]);
    expect(await workspace.load()).toEqual([]);
  });

  it('tidies up what a crash left: bytes nobody names, files cut short, records without their file', async () => {
    const { open, close, disk } = browser();
    const first = await open();
    const [whole, cut, unnamed] = [
      await first.keep(new File(['whole'], 'a')),
      await first.keep(new File(['cut short'], 'b')),
      await first.keep(new File(['unnamed'], 'c')),
    ];
    await first.commit(change([source('a', [whole]), source('b', [cut])]));
    const half = await first.create('half', '');
    await first.append(half, new TextEncoder().encode('ha') as Uint8Array<ArrayBuffer>);
    await disk.remove(cut);
    await disk.create(cut);
    await disk.append(cut, new TextEncoder().encode('cu') as Uint8Array<ArrayBuffer>);
    close();
    const second = await open();
    expect(await disk.list()).toEqual([whole]);
    const records = await second.load();
    expect(records.map(({ id, missing }) => [id, missing])).toEqual([
      ['a', []],
      ['b', [cut]],
    ]);
    await expect(second.read(unnamed)).rejects.toThrow('no longer there');
  });

  it('keeps a file that was marked while it was written, where a record names it, and takes it up again', async () => {
    const { open, close, disk } = browser();
    const text = (letters: string) => new TextEncoder().encode(letters) as Uint8Array<ArrayBuffer>;
    const first = await open();
    const [named, unnamed] = [await first.create('a', ''), await first.create('b', '')];
    for (const file of [named, unnamed]) {
      await first.append(file, text('marked'));
      await first.mark(file);
      await first.append(file, text(', and more'));
    }
    await first.commit(change([source('a', [named])]));
    close();
    const second = await open();
    expect(await disk.list()).toEqual([named]);
    expect((await second.load())[0]).toMatchObject({ files: [named], missing: [] });
    await second.reopen(named, 6);
    await second.append(named, text('!'));
    await second.close(named);
    expect(await (await second.read(named)).text()).toBe('marked!');
  });

  it('keeps the files of a record whose list of files was changed by hand', async () => {
    const { open, close, disk, name } = browser();
    const first = await open();
    const file = await first.keep(new File(['1'], 'a'));
    await first.commit(change([source('a', [file], { id: 'a', file })]));
    const db = await new Dexie(name).open();
    await db.table('records').update(['source', 'a'], { files: 'none' });
    db.close();
    close();
    const second = await open();
    expect(await second.load()).toMatchObject([{ id: 'a', files: [file], missing: [] }]);
    expect(await disk.list()).toEqual([file]);
  });

  it('leaves the files of another open page alone, and tells each page what the other changes', async () => {
    const { open, disk } = browser();
    const events: WorkspaceEvent[] = [];
    const first = await open((event) => events.push(event));
    const writing = await first.create('half', '');
    const second = await open();
    expect(await disk.list()).toEqual([writing]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await second.commit(change([source('a')]));
    await first.commit(change([source('own')]));
    await expect.poll(() => events.flatMap(({ put }) => put.map(({ id }) => id))).toEqual(['a']);
    await second.commit(change([], [{ kind: 'source', id: 'a' }]));
    await expect.poll(() => events.flatMap(({ removed }) => removed)).toEqual([{ kind: 'source', id: 'a' }]);
  });

  it('does not bring back what another page removed: a change of it is dropped, and its files go', async () => {
    const { open, disk } = browser();
    const [first, second] = [await open(), await open()];
    await first.commit(change([source('a')]));
    await second.commit(change([], [{ kind: 'source', id: 'a' }]));
    const file = await first.keep(new File(['1'], 'a'));
    await first.commit(change([{ ...source('a', [file]), isNew: false }, source('b')]));
    expect((await first.load()).map(({ id }) => id)).toEqual(['b']);
    expect(await disk.list()).toEqual([]);
  });

  it('tells every page of changes within one millisecond, and after the clock was set back', async () => {
    const { open } = browser();
    const events: WorkspaceEvent[] = [];
    const first = await open((event) => events.push(event));
    const second = await open();
    const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now());
    await first.commit(change([source('own')]));
    await second.commit(change([source('a')]));
    const seen = () => events.flatMap(({ put }) => put.map(({ id }) => id));
    await expect.poll(seen).toEqual(['a']);
    now.mockReturnValue(1);
    await second.commit(change([source('b')]));
    await expect.poll(seen).toEqual(['a', 'b']);
    now.mockRestore();
  });

  it('opens, and is emptied, while another page writes a file', async () => {
    const { open, close, disk } = browser();
    const first = await open();
    await first.commit(change([source('a')]));
    const writing = await first.create('half', '');
    close();
    const remove = vi.spyOn(disk, 'remove').mockRejectedValue(new Error('in use'));
    const second = await open();
    expect(await second.load()).toHaveLength(1);
    await second.clear();
    expect(await second.load()).toEqual([]);
    expect(remove).toHaveBeenCalledWith(writing);
  });

  it('deletes everything on demand', async () => {
    const { open, close, disk } = browser();
    const workspace = await open();
    await workspace.commit(change([source('a', [await workspace.keep(new File(['1'], 'a'))])]));
    await workspace.clear();
    expect(await disk.list()).toEqual([]);
    close();
    expect(await (await open()).load()).toEqual([]);
  });
});
