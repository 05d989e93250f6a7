import { describe, expect, it } from 'vitest';
import type { TrainRequest } from '../../workers/engine/protocol';
import { onlyTable } from '../domain/only-table';
import type { DoppelgridClient } from './api';
import { failed } from './testing/client-of-each-test';
import { type Forgery, forgedProject, partOf, rewritePart } from './testing/forged-project';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();

const csv = (name: string, rows: number) => ({
  name: `${name}.csv`,
  text: `id,a,b\n${'1,x,y\n'.repeat(rows)}`,
});

/** A page as the tests open it, whose tables have as many rows as trainings that continue need. */
async function openLarge() {
  const page = await openPage();
  page.workers.rows = { training: 5000, validation: 500 };
  return page;
}

/**
 * A source with two versions and a holdout, models of both (the second goes on from the first), one that is to go on, a
 * dataset of sources, a recipe and a generator that was made by it.
 */
async function filled(client: DoppelgridClient) {
  const source = await client.sources.create(csv('people', 10));
  const held = await client.sources.create(csv('held', 10));
  const { config } = client.generators.propose(source.id);
  const tables = config.tables.map((table) => ({ ...table, holdoutSourceId: held.id }));
  const first = await client.generators.train(client.generators.create({ ...config, tables }).id);
  client.generators.rename(first.id, { name: '1 first' });
  await client.sources.addVersion(source.id, csv('people', 30));
  const continued = { trainingStatus: 'continue' } as const;
  const { id: second } = await client.generators.clone(first.id, continued);
  await client.generators.train(second);
  client.generators.rename(second, { name: '2 second' });
  const { id: third } = await client.generators.clone(second, continued);
  client.generators.rename(third, { name: '3 third' });
  const dataset = client.datasets.create({ name: 'Both', sourceIds: [held.id, source.id] });
  const recipe = client.recipes.create({ generatorId: first.id }, { name: 'Monthly' });
  const byRecipe = client.recipes.apply(recipe.id, source.id);
  client.generators.rename(byRecipe.id, { name: '4 by recipe' });
  return { source, held, first, dataset, recipe };
}

const inside = (client: DoppelgridClient, project: string) => ({
  sources: client.sources.list({ project, sort: 'name' }),
  sourceDatasets: client.datasets.list({ project }),
  generators: client.generators.list({ project, sort: 'name' }),
  recipes: client.recipes.list({ project }),
});

/** Every reference leads to something of the same project. */
async function expectWhole(client: DoppelgridClient, project: string) {
  const { sources, sourceDatasets, generators, recipes } = inside(client, project);
  const [held, people] = sources as [(typeof sources)[0], (typeof sources)[0]];
  const [first, second, third, byRecipe] = generators.map((generator) => client.generators.get(generator.id));
  expect(
    [sources, generators].map((items) =>
      items.map((each) => ('name' in each ? each.name : each.config.name)),
    ),
  ).toEqual([
    ['held.csv', 'people.csv'],
    ['1 first', '2 second', '3 third', '4 by recipe'],
  ]);
  expect(sourceDatasets).toMatchObject([{ name: 'Both', sourceIds: [held.id, people.id] }]);
  expect(recipes).toMatchObject([{ name: 'Monthly' }]);
  const versions = client.sources.versions(people.id);
  const tableIds = versions.map((version) => onlyTable(version).id);
  expect(versions.map(({ number }) => number)).toEqual([1, 2]);
  const [one, two] = tableIds;
  expect([first, second, third, byRecipe].map((each) => onlyTable(each!.config))).toMatchObject([
    { sourceId: people.id, tableId: one, holdoutSourceId: held.id },
    { sourceId: people.id, tableId: two },
    { sourceId: people.id, tableId: two },
    { sourceId: people.id, tableId: two },
  ]);
  expect(onlyTable(first!).holdoutTableId).toBe(onlyTable(held).id);
  expect(second!.continues).toMatchObject({ generatorId: first!.id, rows: { tableId: one } });
  expect(third!.continues).toMatchObject({ generatorId: second!.id, rows: { tableId: one } });
  expect(byRecipe!.recipe).toMatchObject({ id: recipes[0]!.id, name: 'Monthly' });
  // Bytes of both versions are there, and each has its own rows.
  for (const { number } of versions)
    expect((await client.sources.preview(people.id, 0, 1, number)).rows).toHaveLength(1);
  const files = versions.map(({ file }) => file);
  expect(new Set(files).size).toBe(2);
  const texts = await Promise.all(files.map(async (file) => (await client.workspace.file(file!)).text()));
  expect(texts.map((text) => text.split('\n').length)).toEqual([12, 32]);
  // What the versions are for is told of the copies.
  expect(client.sources.versionUsers(people.id, 1).map(({ id }) => id)).toEqual(
    expect.arrayContaining([first!.id, second!.id, third!.id]),
  );
  return { third: third!, byRecipe: byRecipe!, tableIds };
}

describe('a project with versions, datasets, recipes and models that were trained further', () => {
  it('is copied whole, and the copy trains further without the original', async () => {
    const { client, workers } = await openLarge();
    await filled(client);
    const copy = await client.projects.duplicate('first');
    await client.projects.delete('first');
    expect(client.projects.list()).toMatchObject([
      { sources: 2, datasets: 1, generators: 4, recipes: 1, syntheticDatasets: 0 },
    ]);
    const { third, byRecipe, tableIds } = await expectWhole(client, copy.id);
    expect((await client.generators.train(third.id)).trainingStatus).toBe('DONE');
    const request = workers.requests.at(-1) as TrainRequest;
    expect(request.continueFrom).toBeDefined();
    expect(request.rows.continues).toMatchObject({ tableId: tableIds[0] });
    expect((await client.generators.train(byRecipe.id)).trainingStatus).toBe('DONE');
  });

  it('goes to another browser as one file, and trains further there', async () => {
    const here = await openLarge();
    await filled(here.client);
    const file = await here.client.projects.export('first');
    const there = await openLarge();
    const { id } = await there.client.projects.import(file);
    const later = await openPage(there.disk);
    later.workers.rows = there.workers.rows;
    const { third } = await expectWhole(later.client, id);
    expect((await later.client.generators.train(third.id)).trainingStatus).toBe('DONE');
    const dataset = later.client.syntheticDatasets.create(later.client.syntheticDatasets.propose(third.id));
    expect((await later.client.syntheticDatasets.generate(dataset.id)).reportId).not.toBeNull();
  });

  it('leaves a private session with the bytes of all versions', async () => {
    const { client, workers } = await openLarge();
    Object.assign(workers, { state: { isKept: false, refusal: null } });
    const { source } = await filled(client);
    expect(client.sources.versions(source.id).map(({ file }) => file)).toEqual([undefined, undefined]);
    const there = await openLarge();
    const { id } = await there.client.projects.import(await client.projects.export('first'));
    await expectWhole(there.client, id);
  });

  it('names what is elsewhere by its own id', async () => {
    const { client } = await openLarge();
    const { recipe, held, dataset } = await filled(client);
    const { id: other } = client.projects.create({ name: 'Other' });
    client.projects.move(
      [
        { kind: 'recipe', id: recipe.id },
        { kind: 'source', id: held.id },
      ],
      other,
    );
    const copy = inside(client, (await client.projects.duplicate('first')).id);
    expect(copy.recipes).toEqual([]);
    expect(copy.generators.at(-1)!.recipe).toMatchObject({ id: recipe.id });
    expect(copy.sourceDatasets).toMatchObject([{ sourceIds: [held.id, copy.sources[0]!.id] }]);
    expect(copy.sourceDatasets[0]!.id).not.toBe(dataset.id);
  });
});

describe('the file of a project', () => {
  async function forged(change: Forgery): Promise<File> {
    const { client } = await openLarge();
    const { recipe } = await filled(client);
    expect(recipe.versions).toHaveLength(1);
    return forgedProject(await client.projects.export('first'), change);
  }

  it('of version 1, without datasets and recipes, is read', async () => {
    const file = await forged((parts, manifest) => {
      manifest['version'] = 1;
      for (const folder of ['datasets', 'recipes']) delete parts[partOf(parts, folder)];
    });
    const { client } = await openLarge();
    await client.projects.import(file);
    expect(client.projects.list()).toMatchObject([{ sources: 2, generators: 4, datasets: 0, recipes: 0 }]);
  });

  it.each<[string, string, (text: string) => string, string]>([
    ['dataset', 'datasets', () => '{}', 'does not have the form of a dataset'],
    ['dataset', 'datasets', (text) => text.replace(/"sourceIds":\[[^\]]*\]/, '"sourceIds":3'), 'sourceIds'],
    ['recipe', 'recipes', () => 'null', 'does not have the form of a recipe'],
    ['recipe', 'recipes', (text) => JSON.stringify({ ...JSON.parse(text), id: 'a' }), 'its id is “a”'],
    ['recipe', 'recipes', (text) => text.replace(/"savedAt":"[^"]*"/, '"savedAt":"x"'), 'no instant'],
  ])(
    'with a %s of another form is refused, and nothing is changed',
    async (_kind, folder, change, sentence) => {
      const file = await forged((parts) => rewritePart(parts, folder, change));
      const { client, disk } = await openPage();
      const error = await failed(client.projects.import(file));
      expect(error).toMatchObject({ code: 'archive/refused', message: expect.stringContaining(sentence) });
      expect([client.sources.list(), client.datasets.list(), client.recipes.list()]).toEqual([[], [], []]);
      // The copy of the file goes with the job.
      await client.workspace.flush();
      await expect.poll(() => disk.files.size).toBe(0);
    },
  );
});

describe('datasets and recipes', () => {
  it('are in the project that is worked in, are found, moved, renamed and copied', async () => {
    const { client, disk } = await openLarge();
    const { recipe, dataset } = await filled(client);
    const { id } = client.projects.create({ name: 'Second' });
    client.projects.switchTo(id);
    const here = client.datasets.create({ name: 'Here', description: 'Of the census' });
    const imported = await client.recipes.import(client.recipes.export(recipe.id));
    expect([here.projectId, imported.projectId, dataset.projectId]).toEqual([id, id, undefined]);
    expect(client.datasets.list({ text: 'census' })).toEqual([here]);
    expect(await client.datasets.overview({ project: 'first' })).toMatchObject([
      { name: 'Both', sources: 2, project: 'My project', bytes: null },
    ]);
    expect(await client.recipes.overview({ project: 'all', sort: 'name' })).toMatchObject([
      { name: 'Monthly', version: 1, columns: 3, rows: null, model: 'argn', project: 'My project' },
      { name: 'Monthly', version: 1, project: 'Second' },
    ]);
    client.projects.move([{ kind: 'dataset', id: dataset.id }], id);
    // A change of what it holds leaves it there.
    client.datasets.update(dataset.id, { instructions: 'With care' });
    client.datasets.rename(dataset.id, { name: 'All' });
    const copy = await client.datasets.duplicate(dataset.id);
    expect(copy).toEqual({ ...client.datasets.get(dataset.id), id: copy.id, name: 'Copy of All' });
    const again = await client.recipes.duplicate(imported.id);
    expect(again).toEqual({ ...imported, id: again.id, name: 'Copy of Monthly' });
    await client.workspace.flush();
    const { client: next } = await openPage(disk);
    expect(next.projects.list().map(({ datasets, recipes }) => [datasets, recipes])).toEqual([
      [0, 1],
      [3, 2],
    ]);
  });

  it('go with their project, or alone; sources and what was made stay', async () => {
    const { client } = await openLarge();
    const { recipe, dataset, source } = await filled(client);
    await client.projects.delete([
      { kind: 'recipe', id: recipe.id },
      { kind: 'dataset', id: dataset.id },
    ]);
    expect([client.recipes.list(), client.datasets.list()]).toEqual([[], []]);
    expect(client.generators.list()).toHaveLength(4);
    const { id } = client.projects.create({ name: 'Second' });
    client.projects.switchTo(id);
    client.datasets.create({ name: 'There', sourceIds: [source.id] });
    await client.projects.delete(id);
    expect([client.datasets.list().length, client.sources.list().length]).toEqual([0, 2]);
  });
});

describe('a deletion', () => {
  it('of a version goes the way of all others, and says who needs its rows', async () => {
    const { client } = await openLarge();
    const { source, first } = await filled(client);
    const refs = [{ kind: 'version', id: source.id, number: 1 }] as const;
    const { gone, stays, blocked } = client.projects.previewDelete(refs);
    expect([gone, blocked]).toEqual([[], null]);
    expect(stays.map(({ name }) => name)).toEqual(['1 first', '2 second', '3 third']);
    await client.projects.delete(refs);
    expect(client.sources.versions(source.id).map(({ number }) => number)).toEqual([2]);
    expect(client.generators.get(first.id).trainingStatus).toBe('DONE');
  });

  it('of the source of a training on hold is told before, and the training then cannot go on', async () => {
    const { client, workers } = await openLarge();
    const source = await client.sources.create(csv('people', 10));
    const { id } = client.generators.create(client.generators.propose(source.id).config);
    workers.hold('train');
    const training = failed(client.generators.train(id));
    await expect.poll(() => client.generators.get(id).trainingStatus).toBe('IN_PROGRESS');
    await client.generators.pause(id);
    await training;
    const refs = [{ kind: 'source', id: source.id }] as const;
    expect(client.projects.previewDelete(refs)).toMatchObject({
      blocked: null,
      stays: [{ kind: 'generator', loses: expect.stringContaining('on hold, and cannot go on') }],
    });
    await client.projects.delete(refs);
    expect((await failed(client.generators.resume(id)))?.message).toContain('There is no source');
  });
});
