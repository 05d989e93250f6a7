import { describe, expect, it } from 'vitest';
import { errorText, UserError } from '../domain/errors';
import { FILES_OF } from '../domain/records';
import { filesOf } from '../domain/source-versions';
import type { ClientEvent, DoppelgridClient } from './api';
import { FakeDisk } from './testing/fake-workspace';
import { fillPage } from './testing/filled-page';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();
const FULL = 'The browser’s storage is full. The largest is the source “people.csv” (4.1 MB).';
const TABLE = { name: 'people.csv', text: `id,a\n${'1,x\n'.repeat(10)}` };

/** Ids of a finished work. */
interface Work {
  readonly source: string;
  readonly generator: string;
  readonly dataset: string;
}

async function work(client: DoppelgridClient): Promise<Work> {
  const { id: source } = await client.sources.create(TABLE);
  const { id: generator } = client.generators.create(client.generators.propose(source).config);
  await client.generators.train(generator);
  const { id: dataset } = client.syntheticDatasets.create(client.syntheticDatasets.propose(generator));
  await client.syntheticDatasets.generate(dataset);
  await client.workspace.flush();
  return { source, generator, dataset };
}

/** Everything that writes, on top of finished work. */
const STEPS: Record<string, (client: DoppelgridClient, made: Work, archive: File) => Promise<unknown>> = {
  import: (client) => client.sources.create({ ...TABLE, name: 'more.csv' }),
  'read again': (client, { source }) => client.sources.reread(source, { delimiter: ';' }),
  'newer version': async (client, { source }) => {
    await client.sources.addVersion(source, await client.sources.readVersion(source, TABLE));
  },
  'newer file that waits': (client, { source }) => client.sources.readVersion(source, TABLE),
  training: (client, { source }) =>
    client.generators.train(client.generators.create(client.generators.propose(source).config).id),
  generation: (client, { generator }) =>
    client.syntheticDatasets.generate(
      client.syntheticDatasets.create(client.syntheticDatasets.propose(generator)).id,
    ),
  report: (client, { dataset }) => client.reports.create(dataset),
  name: async (client, { source }) => {
    client.sources.rename(source, { name: 'Customers' });
    await client.workspace.flush();
  },
  'copy of a source': (client, { source }) => client.sources.duplicate(source),
  'copy of a generator': (client, { generator }) => client.generators.duplicate(generator),
  'clone that goes on from the model, and its copy': async (client, { generator }) => {
    const clone = await client.generators.clone(generator, { trainingStatus: 'continue' });
    await client.generators.duplicate(clone.id);
  },
  'copy of a dataset': (client, { dataset }) => client.syntheticDatasets.duplicate(dataset),
  archive: (client, _, archive) => client.generators.import(archive),
};

const listsOf = ({ sources, generators, syntheticDatasets, reports }: DoppelgridClient) =>
  JSON.parse(
    JSON.stringify([sources.list(), generators.list(), syntheticDatasets.list(), reports.list()]),
  ) as { id: string }[][];

/** What lasts as long as the page. */
const unkeptOf = ({ sources, generators }: DoppelgridClient) => [
  ...sources.list().filter((source) => filesOf(source).some(({ file }) => file === undefined)),
  ...generators
    .list()
    .filter((generator) => generator.trainingStatus === 'DONE' && FILES_OF.generator(generator).length === 0),
];

const filesNamed = (disk: FakeDisk) => [...disk.records.values()].flatMap(({ files }) => files).sort();

/** Runs a step on a disk that is full from its n-th write on. */
async function onFullDisk(step: (typeof STEPS)[string], room: number) {
  const page = await openPage();
  const { client, disk, workers } = page;
  // Enough to train on from the model.
  workers.rows = { training: 5000, validation: 500 };
  const made = await work(client);
  const archive = await client.generators.export(made.generator);
  const before = new Map(disk.records);
  const told: string[] = [];
  client.subscribe((event: ClientEvent) => event.type === 'storage' && told.push(event.sentence));
  let writes = 0;
  disk.onWrite = () => {
    if (writes++ >= room) throw new UserError('storage/full', FULL);
  };
  const error: unknown = await step(client, made, archive).catch((reason: unknown) => reason);
  await client.workspace.flush().catch(() => undefined);
  if (error instanceof Error) told.push(errorText(error));
  return { ...page, made, before, told, hasFailed: writes > room };
}

describe.each(Object.entries(STEPS))('where the disk is full at any write of: %s', (_, step) => {
  it('what was there stays, a sentence says so, and with space again all is as the page shows it', async () => {
    let room = 0;
    for (; room < 50; room++) {
      const { client, disk, before, told, hasFailed } = await onFullDisk(step, room);
      if (!hasFailed) break;
      expect(told.join(), `write ${room}`).toContain('The largest is the source “people.csv”');
      for (const [key, { files }] of before) {
        expect(disk.records.has(key), key).toBe(true);
        expect(
          files.every((file) => disk.files.has(file) || !disk.records.get(key)!.files.includes(file)),
        ).toBe(true);
      }
      for (const file of filesNamed(disk)) expect(disk.files.has(file), file).toBe(true);
      if (unkeptOf(client).length > 0) expect(client.workspace.isUnwritten()).toBe(true);

      disk.onWrite = () => undefined;
      await client.workspace.flush();
      // Copies that did not fit are made, and written.
      await expect
        .poll(async () => {
          await client.workspace.flush();
          return unkeptOf(client);
        })
        .toEqual([]);
      await client.workspace.flush();
      expect(filesNamed(disk)).toEqual([...disk.files.keys()].sort());
      const later = await openPage(disk);
      expect(listsOf(later.client)).toEqual(listsOf(client));
      expect(client.workspace.isUnwritten()).toBe(false);
    }
    expect(room).toBeGreaterThan(0);
    expect(room).toBeLessThan(50);
  });
});

it('what is deleted makes space, though other changes still wait for it', async () => {
  const { client, disk } = await openPage();
  const { dataset, source } = await work(client);
  disk.onWrite = () => {
    throw new UserError('storage/full', FULL);
  };
  client.sources.rename(source, { name: 'Customers' });
  await expect(client.workspace.flush()).rejects.toThrow('storage is full');
  await client.syntheticDatasets.delete(dataset).catch(() => undefined);
  expect(disk.records.has(`synthetic-dataset/${dataset}`)).toBe(false);
  disk.onWrite = () => undefined;
  await client.workspace.flush();
  expect(disk.records.get(`source/${source}`)!.value).toMatchObject({ name: 'Customers' });
});

describe('a full disk', () => {
  it('loses nothing of the page, and is told of', async () => {
    const disk = new FakeDisk();
    const { client } = await openPage(disk);
    const events: ClientEvent[] = [];
    client.subscribe((event) => events.push(event));
    disk.failure = new UserError('storage/full', 'The disk is full.');
    const source = await client.sources.create({ name: 'people.csv', text: 'id,a\n1,x\n' });
    expect(source.file).toBeUndefined();
    client.generators.create(client.generators.propose(source.id).config);
    const told = () => events.flatMap((event) => (event.type === 'storage' ? [event.sentence] : []));
    await expect
      .poll(told)
      .toEqual([
        'The disk is full. people.csv lasts as long as this page, or is kept as soon as there is space.',
        'The disk is full.',
      ]);
    expect(client.sources.list()).toHaveLength(1);
    disk.failure = null;
    await client.workspace.flush();
    expect((await openPage(disk)).client.generators.list()).toHaveLength(1);
  });

  it('that cannot take a model says so, and leaves it in the page', async () => {
    const disk = new FakeDisk();
    const { client, workers } = await openPage(disk);
    const { source } = await fillPage({ client });
    const { id } = client.generators.create(client.generators.propose(source.id).config);
    await client.workspace.flush();
    const told: string[] = [];
    client.subscribe((event) => event.type === 'storage' && told.push(event.sentence));
    const release = workers.hold('train');
    const training = client.generators.train(id);
    await expect.poll(() => client.generators.get(id).trainingStatus).toBe('IN_PROGRESS');
    disk.failure = new UserError('storage/full', 'The disk is full.');
    release();
    expect((await training).error).toContain('The disk is full.');
    expect(told).toContain(
      'The disk is full. The model of “people” lasts as long as this page, or is kept as soon as there is space.',
    );
    expect((await client.probes.create(id)).rows.length).toBeGreaterThan(0);
  });
});
