import { describe, expect, it } from 'vitest';
import { UserError } from '../domain/errors';
import type { Generator } from '../domain/generators';
import { familyOf, MODEL_FAMILIES, ModelConfiguration, withModel } from '../domain/model-configuration';
import { onlyTable } from '../domain/only-table';
import { privacyPatch, privacySchemaOf } from '../domain/private-training';
import { RECORD_VERSION, type RecordKind, wrongWith } from '../domain/records';
import { failed } from './testing/client-of-each-test';
import { FakeDisk } from './testing/fake-workspace';
import { fillPage } from './testing/filled-page';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();

describe('after the page was closed', () => {
  it('everything is there again, keys included', async () => {
    const disk = new FakeDisk();
    const first = await openPage(disk);
    const { generator } = await fillPage(first);
    const { client } = await openPage(disk);
    expect(client.sources.list()).toEqual(first.client.sources.list());
    expect(client.generators.list()).toEqual(first.client.generators.list());
    expect(client.syntheticDatasets.list()).toEqual(first.client.syntheticDatasets.list());
    expect(client.reports.list()).toEqual(first.client.reports.list());
    expect(client.generators.protectionKey(generator.id)).toBe(
      first.client.generators.protectionKey(generator.id),
    );
    expect(client.workspace.setAside()).toEqual([]);
  });

  it('tables, models and rows are brought back when they are needed, once', async () => {
    const disk = new FakeDisk();
    const { source, generator, dataset } = await fillPage(await openPage(disk));
    const { client, workers } = await openPage(disk);
    expect(workers.calls).toEqual([]);
    await client.sources.preview(source.id, 0, 10);
    await client.sources.preview(source.id, 0, 10);
    await client.probes.create(generator.id);
    await client.syntheticDatasets.download(dataset.id, 'parquet');
    await client.syntheticDatasets.preview(dataset.id, 0, 10);
    const { id: tableId } = onlyTable(source);
    const { id: rows } = onlyTable(dataset);
    expect(workers.calls).toEqual([
      `import ${tableId}`,
      `open ${onlyTable(generator).modelId}`,
      `reopen ${rows}`,
      `download ${rows}`,
    ]);
    const clone = client.generators.clone(generator.id);
    expect((await client.generators.train(clone.id)).trainingStatus).toBe('DONE');
    await client.reports.create(dataset.id);
  });

  it('a search for rules that ends while it reads the rows takes no training with it', async () => {
    const disk = new FakeDisk();
    const { source } = await fillPage(await openPage(disk));
    const { client, workers } = await openPage(disk);
    const { id } = client.generators.create(client.generators.propose(source.id).config);
    const release = workers.hold('import');
    const search = new AbortController();
    const searching = failed(client.generators.findRules(id, { signal: search.signal }));
    await expect.poll(() => workers.calls).toHaveLength(1);
    const training = client.generators.train(id);
    search.abort();
    expect(await searching).toMatchObject({ code: 'canceled' });
    release();
    expect((await training).trainingStatus).toBe('DONE');
  });

  it('what was deleted stays deleted, with its files', async () => {
    const disk = new FakeDisk();
    const { source, generator, dataset } = await fillPage(await openPage(disk));
    const { client } = await openPage(disk);
    await client.syntheticDatasets.delete(dataset.id);
    await client.generators.delete(generator.id);
    await client.sources.delete(source.id);
    expect(client.jobs.list()).toEqual([]);
    expect(disk.records.size).toBe(0);
    expect(disk.files.size).toBe(0);
  });

  it('what was under way is on hold and can go on, and what was finished is not lost', async () => {
    const disk = new FakeDisk();
    const first = await openPage(disk);
    const { source, generator } = await fillPage(first);
    first.workers.hold('train');
    const running = first.client.generators.create(first.client.generators.propose(source.id).config);
    first.client.generators.train(running.id).catch(() => undefined);
    first.workers.hold('evaluate');
    const waiting = first.client.syntheticDatasets.create(
      first.client.syntheticDatasets.propose(generator.id),
    );
    await expect.poll(() => first.client.generators.get(running.id).messages).toHaveLength(1);
    first.client.syntheticDatasets.generate(waiting.id).catch(() => undefined);
    await expect.poll(() => first.client.syntheticDatasets.get(waiting.id).generationStatus).toBe('QUEUED');
    await first.client.workspace.flush();
    const { client } = await openPage(disk);
    await expect.poll(() => client.generators.get(running.id).trainingStatus).toBe('ON_HOLD');
    expect(client.generators.get(running.id)).toMatchObject({
      error: 'It was interrupted: its page was closed.',
      messages: [{ epoch: 1 }],
    });
    expect(client.syntheticDatasets.get(waiting.id).generationStatus).toBe('ON_HOLD');
    expect(client.generators.get(generator.id).trainingStatus).toBe('DONE');
    expect((await client.generators.resume(running.id)).trainingStatus).toBe('DONE');
    expect((await client.syntheticDatasets.resume(waiting.id)).generationStatus).toBe('DONE');
  });

  it('a training is on hold whoever had made its generator', async () => {
    const disk = new FakeDisk();
    const first = await openPage(disk);
    const { source } = await fillPage(first);
    const { id } = first.client.generators.create(first.client.generators.propose(source.id).config);
    await first.client.workspace.flush();
    disk.page = 'the page that trains';
    const second = await openPage(disk);
    second.workers.hold('train');
    second.client.generators.train(id).catch(() => undefined);
    await expect.poll(() => second.client.generators.get(id).trainingStatus).toBe('IN_PROGRESS');
    await second.client.workspace.flush();
    const { client } = await openPage(disk);
    await expect.poll(() => client.generators.get(id).trainingStatus).toBe('ON_HOLD');
  });

  it('a report that was not written is, and takes no rows with it', async () => {
    const disk = new FakeDisk();
    const first = await openPage(disk);
    const { generator } = await fillPage(first);
    first.workers.hold('evaluate');
    const dataset = first.client.syntheticDatasets.create(
      first.client.syntheticDatasets.propose(generator.id),
    );
    first.client.syntheticDatasets.generate(dataset.id).catch(() => undefined);
    await expect.poll(() => first.client.syntheticDatasets.get(dataset.id).summary).not.toBeNull();
    await first.client.workspace.flush();
    const { client } = await openPage(disk);
    await expect.poll(() => client.syntheticDatasets.get(dataset.id).generationStatus).toBe('ON_HOLD');
    await client.syntheticDatasets.resume(dataset.id);
    expect(client.syntheticDatasets.get(dataset.id)).toMatchObject({
      generationStatus: 'DONE',
      error: null,
      reportId: client.reports.list().at(-1)!.id,
    });
  });

  it('records of a later version, and broken ones, are set aside with a sentence and stay where they are', async () => {
    const disk = new FakeDisk();
    const { source, generator } = await fillPage(await openPage(disk));
    const edit = (key: string, fields: object) =>
      disk.records.set(key, { ...disk.records.get(key)!, ...fields });
    edit(`source/${source.id}`, { version: RECORD_VERSION + 1 });
    const value = structuredClone(disk.records.get(`generator/${generator.id}`)!.value) as {
      tables: unknown;
    };
    edit(`generator/${generator.id}`, { value: { ...value, tables: 'none' } });
    const { client } = await openPage(disk);
    expect(client.sources.list()).toEqual([]);
    expect(client.generators.list()).toEqual([]);
    expect(client.syntheticDatasets.list()).toHaveLength(1);
    const [later, broken] = client.workspace.setAside();
    expect(later).toMatchObject({ kind: 'source', name: 'people.csv' });
    expect(later!.reason).toContain('later version');
    expect(broken).toMatchObject({ kind: 'generator', name: 'people' });
    expect(broken!.reason).toContain('tables');
    await client.workspace.flush();
    expect(disk.records.has(`source/${source.id}`)).toBe(true);
  });

  it('records of a kind that this version does not know are set aside', async () => {
    const disk = new FakeDisk();
    const { source } = await fillPage(await openPage(disk));
    const record = disk.records.get(`source/${source.id}`)!;
    disk.records.set('project/p', {
      ...record,
      kind: 'project' as RecordKind,
      id: 'p',
      value: { name: 'mine' },
    });
    const { client, tell } = await openPage(disk);
    expect(client.workspace.setAside()).toMatchObject([{ name: 'mine' }]);
    expect(client.sources.list()).toHaveLength(1);
    tell({ type: 'records', put: [], removed: [{ kind: 'project' as RecordKind, id: 'p' }] });
    expect(client.workspace.setAside()).toEqual([]);
  });

  it.each(MODEL_FAMILIES)(
    'a generator of the model $id has the form of its record, whatever became of it',
    async ({ id: model }) => {
      const { client, workers } = await openPage(new FakeDisk());
      const { source } = await fillPage({ client });
      const proposed = client.generators.propose(source.id).config;
      const table = onlyTable(proposed);
      const plain = withModel(table.tabularModelConfiguration, model);
      const family = familyOf(model);
      const schema = privacySchemaOf(family);
      const kinds = schema ? [{}, privacyPatch(family, schema.parse({}))] : [{}];
      for (const fields of kinds) {
        const tabularModelConfiguration = ModelConfiguration.parse({ ...plain, ...fields });
        const config = { ...proposed, tables: [{ ...table, tabularModelConfiguration }] };
        const wrong = (generator: Generator) =>
          wrongWith('generator', RECORD_VERSION, structuredClone(generator));
        const { id } = client.generators.create(config);
        expect(wrong(client.generators.get(id))).toBeNull();
        workers.fail('train', new UserError('training/failed', 'The numbers broke.'));
        await failed(client.generators.train(id));
        expect(wrong(client.generators.get(id))).toBeNull();
        expect(wrong(await client.generators.train(id))).toBeNull();
        for (const trainingStatus of ['QUEUED', 'IN_PROGRESS', 'CANCELED'] as const)
          expect(wrong({ ...client.generators.get(id), trainingStatus })).toBeNull();
      }
    },
  );

  it('a source whose file is gone says so when its table is wanted, and a training fails with the same sentence', async () => {
    const disk = new FakeDisk();
    const { source } = await fillPage(await openPage(disk));
    disk.files.delete(source.file!);
    const { client } = await openPage(disk);
    expect((await failed(client.sources.preview(source.id, 0, 1)))?.message).toContain('Drop it again');
    const { id } = client.generators.create(client.generators.propose(source.id).config);
    expect((await failed(client.generators.train(id)))?.message).toContain('Drop it again');
  });
});

describe('a source', () => {
  it('whose reading is cancelled while its file is copied leaves nothing', async () => {
    const disk = new FakeDisk();
    const { client, workers } = await openPage(disk);
    let release = () => {};
    disk.keeping = new Promise((resolve) => (release = resolve));
    const controller = new AbortController();
    const { signal } = controller;
    const reading = failed(client.sources.create({ name: 'people.csv', text: 'id,a\n1,x\n' }, { signal }));
    await expect.poll(() => workers.tables.size).toBe(1);
    controller.abort();
    expect((await reading)?.code).toBe('canceled');
    release();
    await expect.poll(() => workers.tables.size).toBe(0);
    await client.workspace.flush();
    expect([client.sources.list(), disk.resources(), disk.files.size]).toEqual([[], [], 0]);
  });

  it('of which no copy is kept is read from its own file when the database is lost', async () => {
    const { client, workers, tell } = await openPage();
    Object.assign(workers, { state: { isKept: false, refusal: null } });
    const { source } = await fillPage({ client });
    expect(source.file).toBeUndefined();
    workers.tables.clear();
    tell({ type: 'lost', worker: 'database' });
    expect((await client.sources.preview(source.id, 0, 1)).rows).toHaveLength(1);
    expect(workers.tables.has(onlyTable(source).id)).toBe(true);
  });

  it('that is deleted while it is read again stays deleted', async () => {
    const disk = new FakeDisk();
    const { client, workers } = await openPage(disk);
    const { source } = await fillPage({ client });
    workers.hold('import');
    const reading = failed(client.sources.reread(source.id, source.dialect));
    await expect.poll(() => workers.calls.filter((call) => call.startsWith('import'))).toHaveLength(2);
    await client.sources.delete(source.id);
    expect((await reading)?.code).toBe('canceled');
    expect(disk.records.has(`source/${source.id}`)).toBe(false);
  });

  it('that this version reads otherwise than the one that imported it says so', async () => {
    const disk = new FakeDisk();
    const { source } = await fillPage(await openPage(disk));
    const record = disk.records.get(`source/${source.id}`)!;
    const [table] = source.tables;
    disk.records.set(`source/${source.id}`, {
      ...record,
      value: { ...source, tables: [{ ...table, rowCount: 99 }] },
    });
    const { client } = await openPage(disk);
    expect((await failed(client.sources.preview(source.id, 0, 1)))?.message).toContain('reads other rows');
  });
});
