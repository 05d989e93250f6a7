import { describe, expect, it } from 'vitest';
import { type FakeFile, FakeFolder } from '../testing/fake-folder';
import { FolderConnection } from './folder';

const FILES = {
  'b10.csv': 'a\n1\n',
  'b9.csv.gz': 'x',
  '.hidden.csv': 'x',
  'notes.pdf': 'x',
  'old/c.parquet': 'x',
};

async function folderOf(files: Readonly<Record<string, string>> = FILES) {
  const fake = await new FakeFolder('Data').with(files);
  const text = async (path: string) => (await (await folder.find(path))?.text()) ?? null;
  const folder = new FolderConnection(fake.handle);
  return { fake, folder, text };
}

const failed = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: Error & { code?: string }) => error,
  );

describe('a folder', () => {
  it('lists folders, then table files as people count, level by level', async () => {
    const { folder } = await folderOf();
    expect(await folder.locations('')).toEqual([
      { location: 'old/', kind: 'folder' },
      { location: 'b9.csv.gz', kind: 'file', bytes: 1 },
      { location: 'b10.csv', kind: 'file', bytes: 4 },
    ]);
    expect(await folder.locations('old/')).toMatchObject([{ location: 'old/c.parquet' }]);
    expect(await folder.tables()).toEqual(['b10.csv', 'b9.csv.gz', 'old/c.parquet']);
    expect(await folder.test()).toContain('2 table files and 1 folder');
  });

  it('lists a thousand entries, and says that there may be more', async () => {
    const names = Array.from({ length: 1_001 }, (_, i) => `${i}.csv`);
    const { folder } = await folderOf(Object.fromEntries(names.map((name) => [name, ''])));
    expect(await folder.locations('')).toHaveLength(1_000);
    expect(await folder.test()).toContain('at least 1,000 table files');
  });

  it('says what is not there', async () => {
    const { folder } = await folderOf();
    expect(await failed(folder.open('gone.csv'))).toMatchObject({ code: 'not-found' });
    expect(await failed(folder.locations('gone/'))).toMatchObject({ code: 'connector/unreachable' });
    expect(await failed(folder.find('old'))).toMatchObject({ code: 'connector/exists' });
    expect(await failed(folder.find('../x.csv'))).toMatchObject({ code: 'config/invalid' });
  });

  it('says that it has to be allowed again', async () => {
    const { fake, folder } = await folderOf();
    fake.getFileHandle = async () => {
      throw new DOMException('no', 'NotAllowedError');
    };
    expect(await failed(folder.open('b10.csv'))).toMatchObject({
      code: 'connector/unreachable',
      message: expect.stringContaining('Allow access'),
    });
  });

  it('takes files whole, and makes their folders', async () => {
    const { folder, text } = await folderOf();
    await folder.put('new/deep/d.csv', [new Blob(['one']), new Blob(['two'])]);
    expect(await text('new/deep/d.csv')).toBe('onetwo');
    await folder.put('b10.csv', [new Blob(['b\n'])]);
    expect(await text('b10.csv')).toBe('b\n');
    await folder.put('b10.csv', [new Blob(['2\n'])], 2);
    expect(await text('b10.csv')).toBe('b\n2\n');
  });

  it('has nothing half: what fails changes nothing, and leaves no file', async () => {
    const { fake, folder, text } = await folderOf();
    const there = fake.entriesByName.get('b10.csv') as FakeFile;
    there.failsAfter = 1;
    const full = await failed(folder.put('b10.csv', [new Blob(['lost'])]));
    expect(full).toMatchObject({
      code: 'storage/full',
      message: expect.stringContaining('Nothing was changed'),
    });
    expect(await text('b10.csv')).toBe(FILES['b10.csv']);
    const get = fake.getFileHandle.bind(fake);
    fake.getFileHandle = async (name, options) => Object.assign(await get(name, options), { failsAfter: 1 });
    expect(await failed(folder.put('e.csv', [new Blob(['lost'])]))).toMatchObject({ code: 'storage/full' });
    expect(fake.entriesByName.has('e.csv')).toBe(false);
  });

  it('stops writing when that is cancelled', async () => {
    const { folder, text } = await folderOf();
    const cancelled = folder.put('b10.csv', [new Blob(['lost'])], undefined, AbortSignal.abort());
    expect(await failed(cancelled)).not.toBeNull();
    expect(await text('b10.csv')).toBe(FILES['b10.csv']);
  });
});
