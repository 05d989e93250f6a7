import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DoppelgridClient } from './api';
import { failed } from './testing/client-of-each-test';
import { fakeLocks } from './testing/fake-locks';
import { FakeDisk } from './testing/fake-workspace';
import { filled, inside } from './testing/filled-project';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();
const NEVER = new Promise<void>(() => undefined);

beforeEach(() => {
  vi.stubGlobal('navigator', { locks: fakeLocks() });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Files that records name, by kind of the record. */
const filesOf = ({ records }: FakeDisk) =>
  [...records.values()].flatMap(({ kind, files }) => files.map((file) => [kind, file] as const));

/** A page over `disk` that is closed while it unpacks an archive, of which a copy is kept or not; what the next one finds. */
async function interrupted(
  disk: FakeDisk,
  hasCopy: boolean,
  read: (client: DoppelgridClient) => Promise<unknown>,
) {
  const page = await openPage(disk, 'first');
  disk.unpacking = NEVER;
  if (!hasCopy) disk.keeping = NEVER;
  read(page.client).catch(() => undefined);
  const asked = () => page.client.jobs.list({ kind: 'import', status: 'IN_PROGRESS' })[0]?.asked;
  await expect.poll(asked).toMatchObject({
    kind: 'archive',
    ...(hasCopy && { file: expect.any(String) }),
  });
  await page.client.workspace.flush();
  // The browser frees what it held.
  vi.stubGlobal('navigator', { locks: fakeLocks() });
  disk.leave('first');
  disk.unpacking = Promise.resolve();
  disk.keeping = Promise.resolve();
  const { client } = await openPage(disk, 'next');
  await expect.poll(() => client.jobs.list({ status: 'IN_PROGRESS' })).toEqual([]);
  const held = client.jobs.list({ status: 'ON_HOLD' })[0];
  return { client, held };
}

/** A project, its generator and both as files, on a disk of their own. */
async function exported() {
  const { client, disk } = await openPage();
  const { generator } = await filled(client);
  const files = {
    project: await client.projects.export('first'),
    generator: await client.generators.export(generator.id),
  };
  await client.workspace.flush();
  return { files, disk };
}

describe('an archive whose import was cut short', () => {
  it('of a generator is read anew from its copy, which goes then', async () => {
    const { files } = await exported();
    const disk = new FakeDisk();
    const { client, held } = await interrupted(disk, true, (page) => page.generators.import(files.generator));
    expect(held).toMatchObject({ kind: 'import', resource: { name: files.generator.name } });
    expect(client.generators.list()).toEqual([]);
    const generator = await client.jobs.resume(held!.id);
    expect(client.generators.list()).toEqual([generator]);
    expect(generator).toMatchObject({ id: held!.resource.id, imported: { file: files.generator.name } });
    expect(client.jobs.get(held!.id)).toMatchObject({ status: 'DONE' });
    await client.workspace.flush();
    expect(filesOf(disk).map(([kind]) => kind)).toEqual(['generator', 'generator']);
    expect(disk.files.size).toBe(2);
  });

  it('of a project likewise', async () => {
    const { files } = await exported();
    const disk = new FakeDisk();
    const { client, held } = await interrupted(disk, true, (page) => page.projects.import(files.project));
    await client.jobs.resume(held!.id);
    const { sources, generators, datasets, reports } = inside(client, held!.resource.id);
    expect([sources, generators, datasets, reports].map(({ length }) => length)).toEqual([1, 2, 1, 1]);
    await client.workspace.flush();
    // The copy of the archive is gone.
    expect(new Set(filesOf(disk).map(([, file]) => file))).toEqual(new Set(disk.files.keys()));
    expect(filesOf(disk).map(([kind]) => kind)).not.toContain('job');
  });

  it('is told to be brought in again where its copy was not finished', async () => {
    const { files } = await exported();
    const disk = new FakeDisk();
    const { client, held } = await interrupted(disk, false, (page) => page.projects.import(files.project));
    expect(held).toBeUndefined();
    expect(client.jobs.list()[0]).toMatchObject({
      status: 'FAILED',
      error: 'The page was closed before the file had been copied. Bring it in again.',
    });
  });

  it('leaves no copy when it is discarded, refused or done', async () => {
    const { files } = await exported();
    const disk = new FakeDisk();
    const { client, held } = await interrupted(disk, true, (page) => page.generators.import(files.generator));
    await client.jobs.cancel(held!.id);
    await client.workspace.flush();
    expect([client.jobs.get(held!.id).status, disk.files.size]).toEqual(['CANCELED', 0]);
    await failed(client.generators.import(new File(['a,b'], 'people-generator.zip')));
    await client.workspace.flush();
    await expect.poll(() => disk.files.size).toBe(0);
    await client.generators.import(files.generator);
    await client.workspace.flush();
    await expect.poll(() => disk.files.size).toBe(2);
  });

  it('has ended where what was in it is there', async () => {
    const { files } = await exported();
    const disk = new FakeDisk();
    const page = await openPage(disk, 'first');
    const { id } = await page.client.generators.import(files.generator);
    await page.client.workspace.flush();
    // As the disk is between the change that has the generator and the one that ends the job.
    const [key, record] = [...disk.records].find(([name]) => name.startsWith('job/'))!;
    const value = { ...(record.value as object), status: 'IN_PROGRESS', asked: { kind: 'archive' } };
    disk.records.set(key, { ...record, value });
    vi.stubGlobal('navigator', { locks: fakeLocks() });
    disk.leave('first');
    const { client } = await openPage(disk, 'next');
    await expect.poll(() => client.jobs.list()[0]?.status).toBe('DONE');
    expect(client.generators.list()).toMatchObject([{ id }]);
  });
});
