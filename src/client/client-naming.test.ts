import { describe, expect, it } from 'vitest';
import { onlyTable } from '../domain/only-table';
import { failed } from './testing/client-of-each-test';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();

async function filled() {
  const page = await openPage();
  const { client } = page;
  const source = await client.sources.create({ name: 'people.csv', text: `id,a\n${'1,x\n'.repeat(10)}` });
  const { id } = client.generators.create(client.generators.propose(source.id).config);
  const generator = await client.generators.train(id);
  const { id: datasetId } = client.syntheticDatasets.create(client.syntheticDatasets.propose(id));
  const dataset = await client.syntheticDatasets.generate(datasetId);
  return { ...page, source, generator, dataset };
}

describe('a name and a description', () => {
  it('are changed at any time, and are there after a restart', async () => {
    const { client, disk, source, generator, dataset } = await filled();
    client.sources.rename(source.id, { name: 'customers.csv', description: 'Of the shop' });
    client.generators.rename(generator.id, { description: 'Trained in spring' });
    client.syntheticDatasets.rename(dataset.id, { name: 'Shown at the fair' });
    await client.workspace.flush();
    const { client: next } = await openPage(disk);
    expect(next.sources.get(source.id)).toMatchObject({ name: 'customers.csv', description: 'Of the shop' });
    expect(next.generators.get(generator.id).config).toMatchObject({
      name: 'people',
      description: 'Trained in spring',
    });
    expect(next.syntheticDatasets.get(dataset.id).config.name).toBe('Shown at the fair');
    // A file that is read again keeps what a person calls it.
    const reread = await next.sources.reread(source.id, { decimal: ',' });
    expect(reread).toMatchObject({ name: 'customers.csv', description: 'Of the shop' });
  });

  it.each([{ name: ' ' }, { name: 'x'.repeat(257) }, { description: 'x'.repeat(4001) }])(
    '%j is refused',
    async (naming) => {
      const { client, source } = await filled();
      expect(() => client.sources.rename(source.id, naming)).toThrow('name or description is not valid');
      expect(client.sources.get(source.id)).toEqual(source);
    },
  );

  it('come with the times of the record', async () => {
    const { client, source } = await filled();
    const before = client.workspace.times({ kind: 'source', id: source.id })!;
    expect(before.createdAt).toBeLessThanOrEqual(before.updatedAt);
    client.sources.rename(source.id, { name: 'later.csv' });
    const after = client.workspace.times({ kind: 'source', id: source.id })!;
    expect(after.createdAt).toBe(before.createdAt);
    expect(after.updatedAt).toBeGreaterThanOrEqual(before.updatedAt);
    expect(client.workspace.times({ kind: 'source', id: 'none' })).toBeNull();
  });
});

describe('a duplicate', () => {
  it('has files of its own: deleting one leaves the other whole', async () => {
    const { client, disk, source, generator, dataset } = await filled();
    const copies = {
      source: await client.sources.duplicate(source.id),
      generator: await client.generators.duplicate(generator.id),
      dataset: await client.syntheticDatasets.duplicate(dataset.id),
    };
    expect(copies.source.name).toBe('Copy of people.csv');
    expect(copies.generator.config.name).toBe('Copy of people');
    expect(client.generators.protectionKey(copies.generator.id)).toBe(
      client.generators.protectionKey(generator.id),
    );
    expect(client.reports.get(copies.dataset.reportId!)).toMatchObject({
      syntheticDatasetId: copies.dataset.id,
    });
    await client.syntheticDatasets.delete(dataset.id);
    await client.generators.delete(generator.id);
    await client.sources.delete(source.id);
    const { client: next } = await openPage(disk);
    expect((await next.sources.preview(copies.source.id, 0, 1)).rows).toHaveLength(1);
    expect((await next.probes.create(copies.generator.id)).rows).toHaveLength(1);
    const file = await next.syntheticDatasets.download(copies.dataset.id, 'parquet');
    expect(await file.text()).toBe(onlyTable(copies.dataset).id);
    expect(next.reports.list()).toHaveLength(1);
  });

  it('of what is not finished begins anew', async () => {
    const { client, workers, generator } = await filled();
    const release = workers.hold('generate');
    const { id } = client.syntheticDatasets.create(client.syntheticDatasets.propose(generator.id));
    const running = client.syntheticDatasets.generate(id);
    await expect.poll(() => client.syntheticDatasets.get(id).generationStatus).toBe('IN_PROGRESS');
    const copy = await client.syntheticDatasets.duplicate(id);
    expect(copy).toMatchObject({ generationStatus: 'NEW', progress: null, summary: null });
    const held = workers.hold('train');
    const other = client.generators.clone(generator.id);
    const training = client.generators.train(other.id);
    expect((await failed(client.generators.duplicate(other.id)))?.message).toContain('is being trained');
    release();
    held();
    await Promise.all([running, training]);
  });
});

describe('a configuration', () => {
  it('is told of a generator and makes the same one on another source', async () => {
    const { client, generator } = await filled();
    const other = await client.sources.create({ name: 'later.csv', text: `id,a\n${'1,x\n'.repeat(20)}` });
    const configuration = client.generators.configuration(generator.id);
    expect(configuration.source?.file).toBe('people.csv');
    const made = client.generators.createFrom(JSON.stringify(configuration), other.id);
    expect(onlyTable(made.config)).toMatchObject({ sourceId: other.id, tableId: onlyTable(other).id });
    expect(client.generators.configuration(made.id).generator).toEqual(configuration.generator);
    expect(client.generators.protectionKey(made.id)).not.toBe(client.generators.protectionKey(generator.id));
    expect((await client.generators.train(made.id)).trainingStatus).toBe('DONE');
    const narrow = await client.sources.create({ name: 'narrow.csv', text: 'id\n1\n' });
    expect(() => client.generators.createFrom(configuration, narrow.id)).toThrow(
      'names a column “a” that narrow.csv does not have',
    );
    expect(() => client.generators.createFrom('{}', narrow.id)).toThrow('describes no generator');
  });
});
