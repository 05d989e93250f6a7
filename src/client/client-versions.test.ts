import { describe, expect, it } from 'vitest';
import type { TrainRequest } from '../../workers/engine/protocol';
import { UserError } from '../domain/errors';
import { onlyTable } from '../domain/only-table';
import { RECORD_VERSION, wrongWith } from '../domain/records';
import { withoutNewer } from '../domain/source-versions';
import type { DoppelgridClient } from './api';
import { failed, settle } from './testing/client-of-each-test';
import { FakeDisk } from './testing/fake-workspace';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();

const csv = (header: string, rows: number) => ({
  name: 'people.csv',
  text: `${header}\n${`${header.replace(/[^,;]+/g, 'x')}\n`.repeat(rows)}`,
});
const bringIn = (client: DoppelgridClient) => client.sources.create(csv('id,a,b', 10));

async function trainedOn(client: DoppelgridClient, sourceId: string) {
  const { id } = client.generators.create(client.generators.propose(sourceId).config);
  return client.generators.train(id);
}

describe('a newer file of a source', () => {
  /** One that is being read: its file is copied until a test lets it go. */
  async function copying() {
    const page = await openPage();
    const { client, disk } = page;
    const source = await bringIn(client);
    let release = () => {};
    disk.keeping = new Promise((resolve) => (release = resolve));
    const reading = failed(client.sources.readVersion(source.id, csv('id,a,b', 5)));
    return { ...page, source, reading, release };
  }

  it('is read with the same settings and compared, and waits until it is taken', async () => {
    const disk = new FakeDisk();
    const { client, workers } = await openPage(disk);
    const source = await client.sources.create(csv('id;a;b', 10), { dialect: { delimiter: ';' } });
    const generator = await trainedOn(client, source.id);
    const newer = await client.sources.readVersion(source.id, csv('id;a;c', 15));
    expect(newer).toMatchObject({ otherDialect: false, version: { number: 2, dialect: { delimiter: ';' } } });
    expect(newer.differences).toMatchObject({
      rows: { before: 10, after: 15 },
      added: ['c'],
      missing: ['b'],
    });
    expect(withoutNewer(client.sources.get(source.id))).toEqual(source);
    expect(client.sources.newer(source.id)).toEqual(newer);
    const taken = await client.sources.addVersion(source.id, newer);
    expect(client.sources.newer(source.id)).toBeNull();
    expect(taken).toMatchObject({ id: source.id, name: 'people.csv', version: 2 });
    expect(client.sources.versions(source.id).map(({ number }) => number)).toEqual([1, 2]);
    expect(wrongWith('source', RECORD_VERSION, taken)).toBeNull();
    // A generator stays with its version, of which there are rows to preview, also in the next session.
    expect(client.generators.get(generator.id).sourceVersion).toBe(1);
    expect(onlyTable(client.generators.propose(source.id).config).tableId).toBe(onlyTable(taken).id);
    expect(onlyTable(client.generators.propose(source.id, 1).config).tableId).toBe(onlyTable(source).id);
    expect(workers.tables.size).toBe(2);
    const next = await openPage(disk);
    await next.client.sources.preview(source.id, 0, 1, 1);
    const dataset = next.client.syntheticDatasets.create(next.client.syntheticDatasets.propose(generator.id));
    await next.client.syntheticDatasets.generate(dataset.id);
    expect(next.workers.calls.filter((call) => call.startsWith('import'))).toEqual([
      `import ${onlyTable(source).id}`,
    ]);
    expect(next.client.reports.list()).toHaveLength(1);
  });

  it('that is discarded leaves nothing, and cannot be taken any more', async () => {
    const disk = new FakeDisk();
    const { client, workers } = await openPage(disk);
    const source = await bringIn(client);
    const newer = await client.sources.readVersion(source.id, csv('id,a,b', 5));
    await client.sources.discardVersion(newer);
    expect([workers.tables.size, disk.files.size]).toEqual([1, 1]);
    expect((await failed(client.sources.addVersion(source.id, newer)))?.code).toBe('not-found');
  });

  it('waits beyond a restart, and is taken or discarded then', async () => {
    const { client, disk } = await openPage();
    const source = await bringIn(client);
    const newer = await client.sources.readVersion(source.id, csv('id,a,b', 5));
    const next = await openPage(disk);
    expect(next.client.sources.newer(source.id)).toEqual(newer);
    await next.client.sources.addVersion(source.id, newer);
    await next.client.sources.preview(source.id, 0, 1);
    expect(next.client.sources.versions(source.id).map(({ file }) => disk.files.has(file!))).toEqual([
      true,
      true,
    ]);
    const third = await next.client.sources.readVersion(source.id, csv('id,a,b', 7));
    const last = await openPage(disk);
    await last.client.sources.discardVersion(third);
    expect(disk.files.size).toBe(2);
    expect((await openPage(disk)).client.sources.newer(source.id)).toBeNull();
  });

  it('takes the place of one that waits', async () => {
    const { client, disk, workers } = await openPage();
    const source = await bringIn(client);
    const first = await client.sources.readVersion(source.id, csv('id,a,b', 5));
    const second = await client.sources.readVersion(source.id, csv('id,a,b', 6));
    expect(client.sources.newer(source.id)).toEqual(second);
    expect((await failed(client.sources.addVersion(source.id, first)))?.code).toBe('not-found');
    expect([workers.tables.size, disk.files.size]).toEqual([2, 2]);
    // One that is taken at once leaves the other waiting.
    await client.sources.addVersion(source.id, csv('id,a,b', 7));
    expect(client.sources.newer(source.id)).toMatchObject({
      version: { number: 3 },
      differences: { rows: { before: 7, after: 6 } },
    });
  });

  it('goes with its source, and into no copy', async () => {
    const { client, disk } = await openPage();
    const source = await bringIn(client);
    await client.sources.readVersion(source.id, csv('id,a,b', 5));
    const copy = await client.sources.duplicate(source.id);
    const project = await client.projects.duplicate('first');
    const copies = client.sources
      .list()
      .filter(({ id, projectId }) => id === copy.id || projectId === project.id);
    expect(copies.map(({ newer }) => newer)).toEqual([undefined, undefined, undefined]);
    await client.projects.delete(project.id);
    await client.sources.delete(copy.id);
    await client.sources.delete(source.id);
    expect(disk.files.size).toBe(0);
  });

  it('that the settings of before cannot read is read with those found in it, which is said', async () => {
    const { client } = await openPage();
    const source = await client.sources.create(csv('id;a;b', 10), { dialect: { delimiter: ';' } });
    const newer = await client.sources.readVersion(source.id, csv('id,a,b', 10));
    expect(newer).toMatchObject({ otherDialect: true, differences: { added: [], missing: [] } });
  });

  it('stays current when the one before it was being read again', async () => {
    const disk = new FakeDisk();
    const { client, workers } = await openPage(disk);
    const source = await bringIn(client);
    const newer = await client.sources.readVersion(source.id, csv('id,a,b', 5));
    const release = workers.hold('import');
    const reading = failed(client.sources.reread(source.id, source.dialect));
    await settle();
    const taken = await client.sources.addVersion(source.id, newer);
    release();
    expect((await reading)?.code).toBe('canceled');
    expect(client.sources.get(source.id)).toEqual(taken);
    await client.sources.preview(source.id, 0, 1, 1);
    expect(workers.tables.size).toBe(2);
    expect(disk.files.size).toBe(2);
  });

  it('of a source that is deleted meanwhile is forgotten', async () => {
    const { client, disk, reading, release, source, workers } = await copying();
    await settle();
    const deleting = client.sources.delete(source.id);
    await settle();
    release();
    await deleting;
    expect((await reading)?.code).toBe('canceled');
    await expect.poll(() => disk.files.size).toBe(0);
    expect(workers.tables.size).toBe(0);
  });
});

describe('removing a version', () => {
  it('says who needs it, keeps models, and makes the one before current', async () => {
    const disk = new FakeDisk();
    const { client } = await openPage(disk);
    const source = await bringIn(client);
    const generator = await trainedOn(client, source.id);
    await client.sources.addVersion(source.id, csv('id,a,b', 20));
    expect(client.sources.versionUsers(source.id, 1).map(({ id }) => id)).toEqual([generator.id]);
    expect(client.sources.versionUsers(source.id, 2)).toEqual([]);
    await client.sources.removeVersion(source.id, 1);
    expect(client.sources.versions(source.id).map(({ number }) => number)).toEqual([2]);
    const dataset = client.syntheticDatasets.create(client.syntheticDatasets.propose(generator.id));
    expect((await client.syntheticDatasets.generate(dataset.id)).generationStatus).toBe('DONE');
    expect((await failed(client.reports.create(dataset.id)))?.message).toContain('was removed');
    expect((await failed(client.sources.removeVersion(source.id, 2)))?.message).toContain('only version');
    // The next one is not the second.
    expect((await client.sources.addVersion(source.id, csv('id,a,b', 5))).version).toBe(3);
    expect((await client.sources.removeVersion(source.id, 3)).version).toBe(2);
    await client.sources.delete(source.id);
    expect([...disk.files.values()].filter(({ name }) => name === 'people.csv')).toEqual([]);
  });

  it('waits for a training on it', async () => {
    const { client, workers } = await openPage();
    const source = await bringIn(client);
    await client.sources.addVersion(source.id, csv('id,a,b', 20));
    workers.hold('train');
    const { id } = client.generators.create(client.generators.propose(source.id, 1).config);
    const training = failed(client.generators.train(id));
    await expect.poll(() => client.generators.get(id).trainingStatus).toBe('IN_PROGRESS');
    expect((await failed(client.sources.removeVersion(source.id, 1)))?.message).toContain(
      'Cancel the training',
    );
    await client.generators.cancel(id);
    await training;
    await client.sources.removeVersion(source.id, 1);
    expect((await failed(client.generators.train(id)))?.message).toContain('was removed');
  });
});

describe('a clone that continues', () => {
  /** A page with a generator that was trained on as many rows as an ordinary table has. */
  async function openTrained(disk = new FakeDisk()) {
    const page = await openPage(disk);
    page.workers.rows = { training: 5000, validation: 500 };
    const source = await bringIn(page.client);
    const { id } = page.client.generators.create(page.client.generators.propose(source.id).config);
    const generator = await page.client.generators.train(id);
    await page.client.generators.rename(id, { name: 'first' });
    return { ...page, disk, source, generator };
  }

  it('has weights, key and settings, survives a restart, and trains from its own copy', async () => {
    const { client, source, generator, disk } = await openTrained();
    const clone = await client.generators.clone(generator.id, { trainingStatus: 'continue' });
    expect(clone).toMatchObject({ trainingStatus: 'CONTINUE', continues: { generatorId: generator.id } });
    expect(wrongWith('generator', RECORD_VERSION, structuredClone(clone))).toBeNull();
    expect(client.generators.protectionKey(clone.id)).toBe(client.generators.protectionKey(generator.id));
    expect(() => client.generators.update(clone.id, clone.config)).toThrow('keeps its settings');
    // The first may go.
    await client.generators.delete(generator.id);
    const next = await openPage(disk);
    const files = disk.files.size;
    const trained = await next.client.generators.train(clone.id);
    expect(trained.trainingStatus).toBe('DONE');
    const request = next.workers.requests.at(-1) as TrainRequest;
    expect(request.continueFrom).toMatchObject({ sameRows: true, columns: onlyTable(generator).columns });
    expect(request.rows.continues).toBeUndefined();
    // Its base is gone, its own model is there.
    expect(onlyTable(trained).base).toBeUndefined();
    expect(disk.files.size).toBe(files);
    expect(next.client.generators.continuations(clone.id)).toMatchObject({ from: { name: 'first' }, by: [] });
    expect(source.id).toBe(onlyTable(trained.config).sourceId);
  });

  it('of a newer version keeps each row on its side, also in the report, and through several versions', async () => {
    const { client, workers, source, generator } = await openTrained();
    await client.sources.addVersion(source.id, csv('id,a,b', 30));
    const second = await client.generators.clone(generator.id, { trainingStatus: 'continue' });
    await client.generators.train(second.id);
    const first = (workers.requests[0] as TrainRequest).rows;
    const rows = (workers.requests.at(-1) as TrainRequest).rows;
    const { id: tableId } = onlyTable(source);
    expect(rows.continues).toEqual({ tableId, rows: first, knownBy: ['id'] });
    const dataset = client.syntheticDatasets.create(client.syntheticDatasets.propose(second.id));
    await client.syntheticDatasets.generate(dataset.id);
    expect(workers.requests.at(-1)).toMatchObject({
      training: { rows },
      holdout: { rows: { continues: rows.continues } },
    });
    await client.sources.addVersion(source.id, csv('id,a,b', 40));
    const third = await client.generators.clone(second.id, { trainingStatus: 'continue' });
    await client.generators.train(third.id);
    expect((workers.requests.at(-1) as TrainRequest).rows.continues).toMatchObject({
      rows: { continues: { tableId } },
    });
    expect(client.sources.versionUsers(source.id, 1).map(({ id }) => id)).toEqual([
      generator.id,
      second.id,
      third.id,
    ]);
    expect(client.generators.continuations(second.id)).toMatchObject({
      from: { generatorId: generator.id },
      by: [{ id: third.id }],
    });
  });

  it('that another page deletes leaves no model in the engine', async () => {
    const { client, workers, generator, tell } = await openTrained();
    const clone = await client.generators.clone(generator.id, { trainingStatus: 'continue' });
    workers.fail('train', new UserError('training/failed', 'The numbers broke.'));
    await failed(client.generators.train(clone.id));
    const base = onlyTable(clone).base!.modelId;
    expect(workers.models.has(base)).toBe(true);
    tell({ type: 'records', put: [], removed: [{ kind: 'generator', id: clone.id }] });
    await expect.poll(() => workers.models.has(base)).toBe(false);
  });

  it('that is cancelled or fails can be trained again from the same weights', async () => {
    const { client, workers, generator } = await openTrained();
    const { id } = await client.generators.clone(generator.id, { trainingStatus: 'continue' });
    workers.hold('train');
    const training = failed(client.generators.train(id));
    await expect.poll(() => client.generators.get(id).trainingStatus).toBe('IN_PROGRESS');
    await client.generators.cancel(id);
    await training;
    expect(client.generators.get(id).trainingStatus).toBe('CANCELED');
    workers.release('train');
    await client.generators.train(id);
    expect((workers.requests.at(-1) as TrainRequest).continueFrom).toBeDefined();
  });

  it('is refused with a sentence that says what to do', async () => {
    const { client, source, generator } = await openTrained();
    const why = (id: string, version?: number) => client.generators.whyNotContinue(id, version);
    expect(why(generator.id)).toBeNull();
    const untrained = client.generators.clone(generator.id);
    expect(why(untrained.id)).toContain('Train it first');
    await client.sources.addVersion(source.id, csv('id,a,c', 30));
    expect(why(generator.id)).toContain('“b” is missing');
    expect(why(generator.id, 1)).toBeNull();
    const refused = await failed(client.generators.clone(generator.id, { trainingStatus: 'continue' }));
    expect(refused?.message).toContain('Clone it as new');
    // A clone as new stays with the version it was trained on, or takes the one that is named.
    expect(onlyTable(client.generators.clone(generator.id).config).tableId).toBe(onlyTable(source).id);
    await client.sources.addVersion(source.id, csv('id,a,b', 30));
    expect(why(generator.id)).toBeNull();
    await client.sources.removeVersion(source.id, 1);
    expect(why(generator.id)).toContain('which rows it was not to see');
    await client.sources.delete(source.id);
    expect(why(generator.id)).toContain('source was deleted');
  });

  it('is not offered for private models and few rows', async () => {
    const { client, workers, source } = await openTrained();
    const { config } = client.generators.propose(source.id);
    const settings = {
      ...onlyTable(config).tabularModelConfiguration,
      differentialPrivacy: { maxEpsilon: 3 },
    };
    const tables = [{ ...onlyTable(config), tabularModelConfiguration: settings }] as typeof config.tables;
    const { id } = await client.generators.train(client.generators.create({ ...config, tables }).id);
    expect(client.generators.whyNotContinue(id)).toContain('differentially private');
    workers.rows = { training: 500, validation: 50 };
    const few = await client.generators.train(client.generators.create(config).id);
    expect(client.generators.whyNotContinue(few.id)).toContain('few rows');
  });
});

describe('what is noted of a source', () => {
  it('is kept, and told as of a training dataset', async () => {
    const disk = new FakeDisk();
    const { client } = await openPage(disk);
    const source = await bringIn(client);
    client.sources.note(source.id, { purpose: 'To test the shop', origin: 'https://example.com/people.csv' });
    await client.sources.reread(source.id, source.dialect);
    await client.workspace.flush();
    const next = await openPage(disk);
    expect(next.client.sources.facts(source.id)).toMatchObject({
      ...{ id: source.id, name: 'people.csv', schemaType: 'GENERATION', dataSource: 'PastedText' },
      ...{ purpose: 'To test the shop', origin: 'https://example.com/people.csv' },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    expect(() => client.sources.note(source.id, { purpose: 'x'.repeat(501) })).toThrow('note');
  });
});

describe('a dataset', () => {
  it('bundles sources, is kept, and outlives them', async () => {
    const disk = new FakeDisk();
    const { client } = await openPage(disk);
    const [one, two] = [await bringIn(client), await bringIn(client)];
    const { id } = client.datasets.create({ name: ' The shop ', sourceIds: [one.id, one.id] });
    client.datasets.update(id, { instructions: 'Join them by id.', sourceIds: [one.id, two.id] });
    await client.workspace.flush();
    const next = (await openPage(disk)).client;
    expect(next.datasets.list()).toEqual([
      { id, name: 'The shop', instructions: 'Join them by id.', sourceIds: [one.id, two.id] },
    ]);
    await next.sources.delete(one.id);
    expect(next.datasets.sources(id).map((source) => source.id)).toEqual([two.id]);
    // What is gone stays named; nothing that is not there is added.
    expect(next.datasets.update(id, { name: 'Shop' }).sourceIds).toHaveLength(2);
    expect(() => next.datasets.update(id, { sourceIds: ['none'] })).toThrow('no source');
    expect(() => next.datasets.create({ name: ' ' })).toThrow('dataset');
    await next.datasets.delete(id);
    expect(disk.records.has(`dataset/${id}`)).toBe(false);
  });
});
