import { describe, expect, it } from 'vitest';
import type { Generator } from '../domain/generators';
import { onlyTable } from '../domain/only-table';
import type { Source } from '../domain/sources';
import { failed } from './testing/client-of-each-test';
import { FakeDisk } from './testing/fake-workspace';
import { fillPage } from './testing/filled-page';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();

describe('another page', () => {
  it('that deletes what is trained here ends the training, and nothing comes back', async () => {
    const disk = new FakeDisk();
    const { client, workers, tell } = await openPage(disk);
    const { source } = await fillPage({ client });
    workers.hold('train');
    const { id } = client.generators.create(client.generators.propose(source.id).config);
    const training = failed(client.generators.train(id));
    await expect.poll(() => client.generators.get(id).trainingStatus).toBe('IN_PROGRESS');
    await client.workspace.flush();
    const removed = [
      { kind: 'generator', id },
      { kind: 'protection-key', id },
    ] as const;
    disk.commit({ put: [], remove: removed });
    tell({ type: 'records', put: [], removed });
    expect((await training)?.code).toBe('canceled');
    await client.workspace.flush();
    expect(client.generators.list()).toHaveLength(1);
    expect(disk.records.has(`generator/${id}`)).toBe(false);
  });

  it('that reads a source again makes this one read it again', async () => {
    const disk = new FakeDisk();
    const { client, workers, tell } = await openPage(disk);
    const { source } = await fillPage({ client });
    const record = disk.records.get(`source/${source.id}`)!;
    const imports = async (value: Source) => {
      tell({ type: 'records', put: [{ ...record, writer: 'another', value }], removed: [] });
      await client.sources.preview(source.id, 0, 1);
      return workers.calls.filter((call) => call === `import ${onlyTable(source).id}`).length;
    };
    expect(await imports({ ...source, name: 'another name' })).toBe(1);
    expect(await imports({ ...source, importSeconds: source.importSeconds + 1 })).toBe(2);
  });

  it('that trains with an earlier version is where the training is cancelled and stopped', async () => {
    const { client, tell } = await openPage(new FakeDisk());
    const other = new FakeDisk();
    const { generator } = await fillPage(await openPage(other));
    const record = other.records.get(`generator/${generator.id}`)!;
    other.enter(record.writer, () => undefined);
    const value = { ...generator, trainingStatus: 'IN_PROGRESS' };
    tell({ type: 'records', put: [{ ...record, version: 1, value }], removed: [] });
    for (const end of [client.generators.cancel, client.generators.stop])
      expect((await failed(end(generator.id)))?.message).toContain('runs in another tab');
  });

  it('has rows in the making: they are there once it has ended', async () => {
    const disk = new FakeDisk();
    const { client } = await openPage(disk);
    const { dataset } = await fillPage({ client });
    const record = disk.records.get(`synthetic-dataset/${dataset.id}`)!;
    const { id } = onlyTable(dataset);
    const other = await openPage(new FakeDisk());
    const unfinished = { ...dataset, tables: [{ id }], generationStatus: 'IN_PROGRESS' };
    other.tell({ type: 'records', put: [{ ...record, value: unfinished }], removed: [] });
    expect((await failed(other.client.syntheticDatasets.preview(dataset.id, 0, 1)))?.code).toBe('not-found');
    other.tell({ type: 'records', put: [record], removed: [] });
    await other.client.syntheticDatasets.preview(dataset.id, 0, 1);
    expect(other.workers.calls).toEqual([`reopen ${id}`]);
  });
});

describe('two pages that have not heard of each other', () => {
  it('lose no change of this one that is not written yet', async () => {
    const { client, disk, tell } = await openPage();
    const { generator } = await fillPage({ client });
    await client.workspace.flush();
    const record = disk.records.get(`generator/${generator.id}`)!;
    client.generators.rename(generator.id, { name: 'Mine' });
    const value = { ...(record.value as Generator), projectId: 'theirs' };
    tell({ type: 'records', put: [{ ...record, writer: 'another', value }], removed: [] });
    expect(client.generators.get(generator.id)).toMatchObject({
      config: { name: 'Mine' },
      projectId: 'theirs',
    });
  });

  it('change one generator: name and project of one, the model of the other', async () => {
    const disk = new FakeDisk();
    const first = await openPage(disk);
    const source = await first.client.sources.create({ name: 'people.csv', text: 'id,a\n1,x\n2,y\n' });
    const { id } = first.client.generators.create(first.client.generators.propose(source.id).config);
    await first.client.workspace.flush();
    const second = await openPage(disk);
    const training = first.client.generators.train(id);
    second.client.generators.rename(id, { name: 'Customers' });
    const { id: project } = second.client.projects.create({ name: 'Shop' });
    second.client.projects.move([{ kind: 'generator', id }], project);
    await second.client.workspace.flush();
    await training;
    second.client.generators.rename(id, { name: 'All customers' });
    second.client.projects.move([{ kind: 'generator', id }], project);
    await second.client.workspace.flush();
    const { client } = await openPage(disk);
    const { config, projectId, tables, trainingStatus } = client.generators.get(id);
    expect([config.name, projectId, trainingStatus]).toEqual(['All customers', project, 'DONE']);
    expect(disk.files.has(onlyTable({ tables }).model!.tensors)).toBe(true);
    expect(disk.records.get(`generator/${id}`)!.files).toHaveLength(2);
  });

  it('change one source: the name of one, versions and readings of the other', async () => {
    const disk = new FakeDisk();
    const { client: first } = await openPage(disk);
    const { id } = await first.sources.create({ name: 'people.csv', text: 'id,a\n1,x\n2,y\n' });
    const { client: second } = await openPage(disk);
    second.sources.rename(id, { name: 'Customers' });
    await second.workspace.flush();
    await first.sources.addVersion(id, { name: 'newer.csv', text: 'id,a\n1,x\n' });
    second.sources.note(id, { origin: 'The shop' });
    await second.workspace.flush();
    await first.sources.removeVersion(id, 1);
    second.sources.rename(id, { name: 'All customers' });
    await second.workspace.flush();
    await first.sources.reread(id, { delimiter: ';' });
    const { client } = await openPage(disk);
    const source = client.sources.get(id);
    expect(source).toMatchObject({ name: 'All customers', origin: 'The shop', dialect: { delimiter: ';' } });
    expect(client.sources.versions(id)).toMatchObject([{ number: 2, fileName: 'newer.csv' }]);
    expect([...disk.files.keys()]).toEqual([source.file]);
  });

  it('change one project: the name of one, what the other takes away', async () => {
    const disk = new FakeDisk();
    const { client: first, tell } = await openPage(disk);
    first.projects.create({ name: 'Office' });
    const { id } = first.projects.create({ name: 'Shop' });
    first.projects.archive(id);
    await first.workspace.flush();
    const { client: second } = await openPage(disk);
    second.projects.rename(id, { name: 'Shops' });
    await second.workspace.flush();
    first.projects.unarchive(id);
    const heard = disk.records.get(`project/${id}`)!;
    tell({ type: 'records', put: [{ ...heard, writer: 'another' }], removed: [] });
    await first.workspace.flush();
    for (const { projects } of [first, (await openPage(disk)).client]) {
      expect(projects.get(id).name).toBe('Shops');
      expect(projects.get(id).archived).toBeUndefined();
    }
  });
});
