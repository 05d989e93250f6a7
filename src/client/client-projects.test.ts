import { describe, expect, it } from 'vitest';
import { UserError } from '../domain/errors';
import type { DoppelgridClient } from './api';
import { failed } from './testing/client-of-each-test';
import { bringIn, expectTwin, filled, inside } from './testing/filled-project';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();

const namesOf = (client: DoppelgridClient) => client.projects.list().map(({ name }) => name);

describe('projects', () => {
  it('are one at first; what is new goes to the one that is worked in, and what is made of it with it', async () => {
    const { client } = await openPage();
    expect(client.projects.list()).toMatchObject([
      { id: 'first', name: 'My project', current: true, archived: false, sources: 0, created: null },
    ]);
    const { source, draft, dataset } = await filled(client);
    expect([source.projectId, draft.projectId, dataset.projectId]).toEqual([undefined, undefined, undefined]);
    const second = client.projects.create({ name: 'Second', description: 'Later' });
    client.projects.switchTo(second.id);
    const other = await bringIn(client, 'other');
    expect(other.projectId).toBe(second.id);
    // Made of what is in the first one, it is there, too.
    const first = client.generators.create(client.generators.propose(source.id).config);
    expect(first.projectId).toBeUndefined();
    expect(client.generators.create(client.generators.propose(other.id).config).projectId).toBe(second.id);
    // Read again, it stays where it was.
    expect((await client.sources.reread(source.id, {})).projectId).toBeUndefined();
    expect(
      client.projects
        .list()
        .map((project) => [
          project.name,
          project.current,
          project.sources,
          project.generators,
          project.reports,
        ]),
    ).toEqual([
      ['My project', false, 1, 3, 1],
      ['Second', true, 1, 1, 0],
    ]);
  });

  it('are renamed, described, archived and kept', async () => {
    const { client, disk } = await openPage();
    await bringIn(client);
    client.projects.rename('first', { name: ' Census ', description: 'Of 1994' });
    const { id } = client.projects.create({});
    expect((await failed(Promise.resolve().then(() => client.projects.rename(id, { name: '' }))))?.code).toBe(
      'config/invalid',
    );
    client.projects.switchTo(id);
    client.projects.archive('first');
    expect(() => client.projects.archive(id)).toThrow('is the only project to work in');
    expect(() => client.projects.switchTo('first')).toThrow('is archived');
    expect(client.sources.list({})).toEqual([]);
    expect(client.sources.list({ project: 'first' })).toHaveLength(1);
    await client.workspace.flush();
    const { client: next } = await openPage(disk);
    expect(next.projects.list()).toMatchObject([
      { name: 'Census', description: 'Of 1994', archived: true, sources: 1 },
      { name: 'New project', archived: false, current: true },
    ]);
    next.projects.unarchive('first');
    expect(next.projects.switchTo('first').name).toBe('Census');
    expect(next.sources.list({ project: 'current' })).toHaveLength(1);
    expect(() => next.projects.get('gone')).toThrow('There is no project “gone”');
  });

  it('take what is moved to them; a report goes with its dataset', async () => {
    const { client } = await openPage();
    const { source, dataset } = await filled(client);
    const { id } = client.projects.create({ name: 'Second' });
    client.projects.move(
      [
        { kind: 'report', id: dataset.reportId! },
        { kind: 'source', id: source.id },
      ],
      id,
    );
    expect(inside(client, id)).toMatchObject({
      sources: [{}],
      generators: [],
      datasets: [{}],
      reports: [{}],
    });
    client.projects.move([{ kind: 'source', id: source.id }], 'first');
    expect(inside(client, 'first').sources).toHaveLength(1);
    expect(() => client.projects.move([], 'gone')).toThrow('There is no project');
  });

  it('go with everything in them, what is elsewhere stays, and the preview said so', async () => {
    const { client, disk } = await openPage();
    const { dataset } = await filled(client);
    const { id } = client.projects.create({ name: 'Second' });
    client.projects.move([{ kind: 'synthetic-dataset', id: dataset.id }], id);
    const preview = client.projects.previewDelete([{ kind: 'project', id: 'first' }]);
    expect(preview.gone.map(({ kind }) => kind)).toEqual(['generator', 'generator', 'source']);
    expect(preview.stays.map(({ name }) => name)).toEqual([dataset.config.name]);
    await client.projects.delete('first');
    expect(namesOf(client)).toEqual(['Second']);
    expect([client.sources.list(), client.generators.list()]).toEqual([[], []]);
    expect((await client.syntheticDatasets.preview(dataset.id, 0, 1)).rows).toHaveLength(1);
    await client.projects.export(id);
    await client.projects.delete(id);
    expect(namesOf(client)).toEqual(['My project']);
    expect([disk.files.size, disk.records.size]).toEqual([0, 0]);
  });

  it('lose several at once, unless what stays is being made of one', async () => {
    const { client, workers } = await openPage();
    const { source, draft, dataset } = await filled(client);
    const release = workers.hold('train');
    const training = client.generators.train(draft.id);
    await expect.poll(() => client.generators.get(draft.id).trainingStatus).toBe('IN_PROGRESS');
    expect((await failed(client.projects.delete([{ kind: 'source', id: source.id }])))?.message).toContain(
      'is being trained on this source',
    );
    await client.projects.delete([
      { kind: 'source', id: source.id },
      { kind: 'generator', id: draft.id },
      { kind: 'report', id: dataset.reportId! },
    ]);
    release();
    expect((await failed(training))?.code).toBe('canceled');
    expect([client.sources.list().length, client.generators.list().length]).toEqual([0, 1]);
    expect(client.syntheticDatasets.get(dataset.id).reportId).toBeNull();
  });
});

describe('the lists', () => {
  it('filter and sort resources, and give them as flat lines', async () => {
    const { client } = await openPage();
    const { generator, draft } = await filled(client);
    expect(client.generators.list({ status: 'NEW' })).toEqual([client.generators.get(draft.id)]);
    expect(client.generators.list({ sort: 'name' }).map(({ id }) => id)).toEqual([draft.id, generator.id]);
    const [line] = await client.generators.overview({ text: 'people', status: 'DONE' });
    expect(line).toMatchObject({
      name: 'people',
      model: 'argn',
      trainings: 1,
      generations: 1,
      project: 'My project',
    });
    expect(() => client.sources.list({ sort: 'colour' as 'name' })).toThrow(
      'The filter is not valid at sort',
    );
  });
});

describe('a copy of a project', () => {
  it('has everything once more, and its parts name each other', async () => {
    const { client, disk } = await openPage();
    await filled(client);
    const files = disk.files.size;
    const copy = await client.projects.duplicate('first');
    expect(copy.name).toBe('Copy of My project');
    expect(disk.files.size).toBe(2 * files);
    expectTwin(client, copy.id);
    // The copies live without the originals.
    await client.projects.delete('first');
    const [dataset] = inside(client, copy.id).datasets;
    expect((await client.syntheticDatasets.preview(dataset!.id, 0, 1)).rows).toHaveLength(1);
    expect((await client.reports.create(dataset!.id)).syntheticDatasetId).toBe(dataset!.id);
    const clone = client.generators.clone(dataset!.config.generatorId);
    expect((await client.generators.train(clone.id)).trainingStatus).toBe('DONE');
  });

  it('has a generator that is being trained as one that is set up', async () => {
    const { client, workers } = await openPage();
    const { draft } = await filled(client);
    const release = workers.hold('train');
    const training = client.generators.train(draft.id);
    await expect.poll(() => client.generators.get(draft.id).trainingStatus).toBe('IN_PROGRESS');
    const copy = await client.projects.duplicate('first');
    release();
    await training;
    expect(inside(client, copy.id).generators).toMatchObject([
      { trainingStatus: 'NEW', progress: null },
      { trainingStatus: 'DONE' },
    ]);
  });

  it('that does not fit on the disk leaves nothing', async () => {
    const { client, disk } = await openPage();
    await filled(client);
    await client.workspace.flush();
    const files = disk.files.size;
    disk.failure = new UserError('storage/full', 'The disk is full.');
    expect((await failed(client.projects.duplicate('first')))?.code).toBe('storage/full');
    expect([namesOf(client), client.sources.list().length, disk.files.size]).toEqual([
      ['My project'],
      1,
      files,
    ]);
  });

  it('in a private session is one, too', async () => {
    const { client, workers } = await openPage();
    Object.assign(workers, { state: { isKept: false, refusal: null } });
    await filled(client);
    const copy = await client.projects.duplicate('first');
    await client.projects.delete('first');
    const [source] = inside(client, copy.id).sources;
    expect((await client.sources.reread(source!.id, {})).projectId).toBe(copy.id);
    const [, trained] = inside(client, copy.id).generators;
    expect((await client.probes.create(trained!.id)).rows).toHaveLength(1);
  });
});
