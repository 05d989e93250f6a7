import { describe, expect, it } from 'vitest';
import { type FileBackend, MemoryBackend } from './file-backends';
import { FileStore } from './file-store';
import { MemoryRecords } from './records';

const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

/** A backend whose earlier calls finish later. */
class SlowBackend extends MemoryBackend {
  #delay = 30;
  override async append(file: string, part: Uint8Array<ArrayBuffer>): Promise<void> {
    const wait = this.#delay;
    this.#delay = Math.max(0, this.#delay - 10);
    await new Promise((resolve) => setTimeout(resolve, wait));
    await super.append(file, part);
  }
}

async function written(store: FileStore, text: string) {
  const file = await store.create('b', '');
  await store.append(file, bytes(text));
  await store.close(file);
  return file;
}

describe('FileStore', () => {
  it('keeps the order of appends that were not awaited', async () => {
    const store = new FileStore(new SlowBackend(), new MemoryRecords());
    const file = await store.create('a.csv', 'text/csv');
    const parts = ['one,', 'two,', 'three', '\n'].map((part) => store.append(file, bytes(part)));
    const size = store.close(file);
    await Promise.all(parts);
    expect(await size).toBe(14);
    const read = await store.read(file);
    expect([read.name, read.type, await read.text()]).toEqual(['a.csv', 'text/csv', 'one,two,three\n']);
  });

  it('refuses to read a file that is being written, and to write one that is closed', async () => {
    const store = new FileStore(new MemoryBackend(), new MemoryRecords());
    const file = await store.create('a', '');
    await expect(store.read(file)).rejects.toThrow('still being written');
    await store.close(file);
    await expect(store.append(file, bytes('x'))).rejects.toThrow('already closed');
  });

  it('forgets removed files and goes on after an error', async () => {
    const store = new FileStore(new MemoryBackend(), new MemoryRecords());
    const file = await store.create('a', '');
    await store.remove(file);
    await store.remove(file);
    await expect(store.read(file)).rejects.toThrow('no longer there');
    expect(await (await store.read(await written(store, 'b'))).text()).toBe('b');
  });

  it('says in words that the disk is full', async () => {
    const backend: FileBackend = new MemoryBackend();
    backend.append = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    const store = new FileStore(backend, new MemoryRecords());
    const file = await store.create('big.parquet', '');
    await expect(store.append(file, bytes('x'))).rejects.toThrow('storage is full');
  });
});

describe('a marked file', () => {
  it('is known and taken up again where it was marked, by whoever comes later or at once', async () => {
    for (const isLater of [true, false]) {
      const [backend, records] = [new MemoryBackend(), new MemoryRecords()];
      const store = new FileStore(backend, records);
      const file = await store.create('rows.parquet', '');
      await store.append(file, bytes('one,two,'));
      expect(await store.mark(file)).toBe(8);
      expect(await records.file(file)).toMatchObject({ bytes: 8, isPartial: true });
      await store.append(file, bytes('lost'));
      const next = isLater ? new FileStore(backend, records) : store;
      await next.reopen(file, 4);
      await next.append(file, bytes('end'));
      expect(await next.close(file)).toBe(7);
      expect(await (await next.read(file)).text()).toBe('one,end');
      const known = await records.file(file);
      expect(known).toEqual({ ...known, sha256: await sha256Of('one,end') });
      expect(known).not.toHaveProperty('isPartial');
    }
  });

  it('of fewer bytes than wanted, or not there, is not taken up', async () => {
    const store = new FileStore(new MemoryBackend(), new MemoryRecords());
    const file = await written(store, 'four');
    await expect(store.reopen(file, 5)).rejects.toMatchObject({ code: 'not-found' });
    await expect(store.reopen('nothing', 0)).rejects.toMatchObject({ code: 'not-found' });
    expect(await (await store.read(file)).text()).toBe('four');
  });
});

async function sha256Of(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes(text));
  return Buffer.from(digest).toString('hex');
}
