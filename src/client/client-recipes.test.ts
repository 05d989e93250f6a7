import { describe, expect, it } from 'vitest';
import { onlyTable } from '../domain/only-table';
import type { DoppelgridClient } from './api';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();

async function finishedRun(client: DoppelgridClient) {
  const source = await client.sources.create({ name: 'people.csv', text: `id,a,b\n${'1,x,y\n'.repeat(10)}` });
  const { config } = client.generators.propose(source.id);
  const tables = config.tables.map((table) => ({
    ...table,
    tabularModelConfiguration: { ...table.tabularModelConfiguration, maxSampleSize: 7 },
  }));
  const { id } = client.generators.create({ ...config, randomState: 3, tables });
  await client.generators.train(id);
  const rows = { ...client.syntheticDatasets.propose(id), randomState: 4 };
  return client.syntheticDatasets.generate(client.syntheticDatasets.create(rows).id);
}

const ofRun = async (client: DoppelgridClient) =>
  client.recipes.create({ syntheticDatasetId: (await finishedRun(client)).id });

describe('recipes', () => {
  it('are made of a run and run again on another file, with its settings and checks', async () => {
    const { client, workers } = await openPage();
    const { id } = await ofRun(client);
    client.recipes.update(id, { checks: { ...client.recipes.version(id).checks, minAccuracy: 0.95 } });
    const { generator, dataset, report, differences, checks } = await client.recipes.run(id, {
      name: 'june.csv',
      text: `id,A,c\n${'1,x,z\n'.repeat(20)}`,
    });
    expect(differences.map(({ kind }) => kind)).toEqual(['other-name', 'missing-column', 'new-column']);
    const table = onlyTable(generator.config);
    expect(table.tabularModelConfiguration.maxSampleSize).toBe(7);
    expect([generator.config.randomState, dataset.config.randomState]).toEqual([3, 4]);
    expect(table.columns.filter(({ included }) => included).map(({ name }) => name)).toEqual(['id', 'A']);
    expect(workers.requests).toContainEqual(expect.objectContaining({ rows: 20 }));
    expect(report!.metrics.accuracy.overall).toBe(0.9);
    expect(checks).toMatchObject([{ check: 'minAccuracy', limit: 0.95, value: 0.9, passed: false }]);
    expect(await client.recipes.checksOf(dataset.id)).toEqual(checks);
    expect(dataset.recipe).toMatchObject({ id, name: 'people', version: 2 });
    expect(onlyTable(dataset.config).name).toBe('june');
  });

  it('are kept with all their versions, which stay as they were', async () => {
    const { client, disk } = await openPage();
    const { id } = await ofRun(client);
    const first = client.recipes.version(id);
    client.recipes.update(id, { formats: ['csv'], columns: [{ name: 'a', type: 'date' }] });
    client.recipes.rename(id, { name: 'Monthly', description: 'Of each month' });
    await client.workspace.flush();

    const { client: next } = await openPage(disk);
    expect(next.recipes.list()).toMatchObject([{ id, name: 'Monthly', description: 'Of each month' }]);
    expect(next.recipes.version(id, 1)).toEqual(first);
    expect(next.recipes.version(id)).toMatchObject({
      ...{ version: 2, formats: ['csv'] },
      input: { columns: [{ name: 'a', type: 'date' }], sample: [{ a: '2020-01-01' }, {}, {}] },
    });
    expect(() => next.recipes.update(id, { checks: { ...first.checks, maxDcrShare: 2 } })).toThrow(
      'checks.maxDcrShare',
    );
    await next.recipes.delete(id);
    const { client: last } = await openPage(disk);
    expect(last.recipes.list()).toEqual([]);
  });

  it('take the settings of another run, and keep their checks', async () => {
    const { client } = await openPage();
    const { id } = await ofRun(client);
    const checks = { ...client.recipes.version(id).checks, minAccuracy: 0.5 };
    client.recipes.update(id, { checks, formats: ['csv'] });
    const other = await client.recipes.run(id, {
      name: 'july.csv',
      text: `id,a,b,c\n${'1,x,y,z\n'.repeat(10)}`,
    });
    client.recipes.update(id, { run: { syntheticDatasetId: other.dataset.id } });
    const { version, input, ...third } = client.recipes.version(id);
    expect([version, input.columns.map(({ name }) => name)]).toEqual([3, ['id', 'a', 'b', 'c']]);
    expect(third).toMatchObject({ checks, formats: ['csv'] });
    const included = onlyTable(third.config.generator).columns.filter((column) => column.included);
    expect(included.map(({ name }) => name)).toEqual(['id', 'a', 'b']);
  });

  it('leave as a file and come back as another recipe', async () => {
    const { client } = await openPage();
    const { id } = await ofRun(client);
    const file = client.recipes.export(id);
    expect(file.name).toBe('people-recipe.json');
    const { client: elsewhere } = await openPage();
    const copy = await elsewhere.recipes.import(file);
    expect(copy.id).not.toBe(id);
    expect(elsewhere.recipes.version(copy.id)).toEqual(client.recipes.version(id));
    expect(await elsewhere.recipes.export(copy.id).text()).toBe(await file.text());
    await expect(elsewhere.recipes.import('{}')).rejects.toThrow('is no recipe');
    expect(elsewhere.recipes.list()).toHaveLength(1);
  });

  it('give a sample file that they can be run on', async () => {
    const { client } = await openPage();
    const { id } = await ofRun(client);
    const file = client.recipes.sampleFile(id);
    expect(file.name).toBe('people-sample.csv');
    const source = await client.recipes.read(id, file);
    expect(client.recipes.compare(id, source.id)).toEqual({ differences: [], problem: null });
  });

  it('ask for a holdout where their run had one, and say what happens without', async () => {
    const { client, workers } = await openPage();
    const file = (name: string, rows: number) => ({ name, text: `id,a,b\n${'1,x,y\n'.repeat(rows)}` });
    const [source, held] = [
      await client.sources.create(file('people.csv', 10)),
      await client.sources.create(file('held.csv', 5)),
    ];
    const { config } = client.generators.propose(source.id);
    const tables = config.tables.map((table) => ({ ...table, holdoutSourceId: held.id }));
    const first = await client.generators.train(client.generators.create({ ...config, tables }).id);
    const { id } = client.recipes.create({ generatorId: first.id });
    expect(client.recipes.version(id).holdout).toBe('file');
    expect(await client.recipes.export(id).text()).not.toContain('held.csv');
    const again = await client.recipes.import(client.recipes.export(id));
    expect(client.recipes.version(again.id).holdout).toBe('file');

    const without = await client.recipes.run(id, file('june.csv', 10));
    expect(without.differences).toMatchObject([
      { kind: 'holdout', sentence: expect.stringContaining('None is given') },
    ]);
    expect(onlyTable(without.generator.config).holdoutSourceId).toBeNull();

    const { differences, generator } = await client.recipes.run(id, file('july.csv', 10), {
      holdout: file('july-held.csv', 5),
    });
    expect(differences).toEqual([]);
    const held2 = client.sources.list().at(-1)!;
    expect([held2.name, onlyTable(generator.config).holdoutSourceId]).toEqual(['july-held.csv', held2.id]);
    expect(workers.requests.at(-1)).toMatchObject({ holdout: { tableId: onlyTable(held2).id } });
    // One that was not asked for is used, and said.
    const plain = await ofRun(client);
    expect(client.recipes.version(plain.id).holdout).toBeUndefined();
    expect(client.recipes.compare(plain.id, source.id, held.id).differences).toMatchObject([
      { kind: 'holdout', sentence: expect.stringContaining('compares with “held.csv”') },
    ]);
  });

  it('give their rows and checks to a generator whose settings are changed before it is trained', async () => {
    const { client } = await openPage();
    const { id } = await ofRun(client);
    client.recipes.update(id, { checks: { ...client.recipes.version(id).checks, minAccuracy: 0.95 } });
    const source = await client.sources.create({ name: 'june.csv', text: `id,a,b\n${'1,x,y\n'.repeat(20)}` });
    const { id: generatorId, config } = client.recipes.apply(id, source.id);
    client.generators.update(generatorId, { ...config, randomState: 8 });
    await client.generators.train(generatorId);
    const rows = client.syntheticDatasets.propose(generatorId);
    expect(rows.randomState).toBe(4);
    const dataset = client.syntheticDatasets.create(rows);
    await client.syntheticDatasets.generate(dataset.id);
    expect(await client.recipes.checksOf(dataset.id)).toMatchObject([
      { check: 'minAccuracy', passed: false },
    ]);
  });

  it('are refused for a file that has none of their columns, and for what is not trained', async () => {
    const { client } = await openPage();
    const { id } = await ofRun(client);
    const other = await client.sources.create({ name: 'other.csv', text: 'x\n1\n2\n' });
    expect(client.recipes.compare(id, other.id).problem).toContain('none of the columns');
    expect(() => client.recipes.apply(id, other.id)).toThrow('none of the columns');
    const untrained = client.generators.create(client.generators.propose(other.id).config);
    expect(() => client.recipes.create({ generatorId: untrained.id })).toThrow('has not been trained yet');
  });

  it('are of the version of the source that the run was trained on', async () => {
    const { client } = await openPage();
    const { id } = await finishedRun(client);
    const [source] = client.sources.list();
    const july = { name: 'july.csv', text: `id;a;c\n${'1;x;z\n'.repeat(30)}` };
    const newer = await client.sources.readVersion(source!.id, july, { dialect: { delimiter: ';' } });
    await client.sources.addVersion(source!.id, newer);
    const recipe = client.recipes.create({ syntheticDatasetId: id });
    const { config, dialect, input } = client.recipes.version(recipe.id);
    expect(input.columns.map(({ name }) => name)).toEqual(['id', 'a', 'b']);
    expect(dialect.delimiter).toBe(',');
    expect(onlyTable(config.syntheticDataset).configuration.sampleSize).toBeNull();
  });

  it('of a generator take the rows it proposes', async () => {
    const { client } = await openPage();
    const { config } = await finishedRun(client);
    const { id } = client.recipes.create({ generatorId: config.generatorId }, { name: 'Mine' });
    expect(client.recipes.get(id).name).toBe('Mine');
    const { syntheticDataset } = client.recipes.version(id).config;
    expect(onlyTable(syntheticDataset).configuration.sampleSize).toBeNull();
  });
});
