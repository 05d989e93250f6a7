import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job } from '../domain/job';
import type { DoppelgridClient } from './api';
import { failed } from './testing/client-of-each-test';
import { fakeLocks } from './testing/fake-locks';
import { FakeDisk } from './testing/fake-workspace';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();
type Page = Awaited<ReturnType<typeof openPage>>;

const FILE = { name: 'people.csv', text: `id;a\n${'1;x\n'.repeat(10)}` };
const filesOf = (disk: FakeDisk) =>
  [...disk.records.values()].flatMap(({ kind, files }) => files.map((file) => [kind, file] as const));

beforeEach(() => {
  vi.stubGlobal('navigator', { locks: fakeLocks() });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Closes a page in the middle of its work; the browser frees what it held. */
async function close({ client, disk }: Page): Promise<void> {
  await client.workspace.flush();
  vi.stubGlobal('navigator', { locks: fakeLocks() });
  disk.leave('first');
}

/** The only job on hold, once it is. */
async function heldIn(client: DoppelgridClient): Promise<Job> {
  await expect.poll(() => client.jobs.list({ status: 'ON_HOLD' })).toHaveLength(1);
  return client.jobs.list({ status: 'ON_HOLD' })[0]!;
}

/** A page whose import is under way, its file copied. */
async function importing(): Promise<Page> {
  const page = await openPage(new FakeDisk(), 'first');
  page.workers.hold('import');
  page.client.sources.create(FILE, { dialect: { delimiter: ';' } }).catch(() => undefined);
  await expect.poll(() => page.workers.calls).toHaveLength(1);
  await expect.poll(() => page.client.jobs.list()[0]?.asked).toMatchObject({ file: expect.any(String) });
  return page;
}

/** A page with rows. */
async function withRows({ client }: Pick<Page, 'client'>) {
  const { id } = await client.sources.create(FILE, { dialect: { delimiter: ';' } });
  const generator = await client.generators.train(
    client.generators.create(client.generators.propose(id).config).id,
  );
  const dataset = client.syntheticDatasets.create(client.syntheticDatasets.propose(generator.id));
  return client.syntheticDatasets.generate(dataset.id);
}

/** How the only one of its kind ends. */
const statusOf = (client: DoppelgridClient, { id }: Job) => client.jobs.get(id).status;

describe('an interrupted import', () => {
  it('is read anew from the copy of its file, as it was to be read, and the copy becomes that of the source', async () => {
    const page = await importing();
    const [job] = page.client.jobs.list();
    await close(page);
    const { client, disk } = await openPage(page.disk, 'next');
    expect(await heldIn(client)).toMatchObject({ id: job!.id, kind: 'import' });
    const source = await client.jobs.resume(job!.id);
    expect(client.sources.list()).toEqual([source]);
    expect(source).toMatchObject({
      ...{ id: job!.resource.id, name: 'people.csv', dataSource: 'PastedText' },
      dialect: { delimiter: ';' },
    });
    expect(statusOf(client, job!)).toBe('DONE');
    expect(client.jobs.get(job!.id).asked).toBeUndefined();
    await client.workspace.flush();
    expect(filesOf(disk)).toEqual([['source', client.sources.list()[0]!.file]]);
    expect([...disk.files.keys()]).toEqual([client.sources.list()[0]!.file]);
  });

  it('that is discarded, cancelled or fails leaves no copy', async () => {
    const page = await importing();
    await close(page);
    const next = await openPage(page.disk, 'next');
    const held = await heldIn(next.client);
    next.workers.hold('import');
    const resumed = failed(next.client.jobs.resume(held.id));
    await expect.poll(() => next.workers.calls).toHaveLength(1);
    await next.client.jobs.cancel(held.id);
    expect(await resumed).toMatchObject({ code: 'canceled' });
    await next.client.workspace.flush();
    expect([statusOf(next.client, held), page.disk.files.size]).toEqual(['CANCELED', 0]);

    const other = await importing();
    await close(other);
    const { client } = await openPage(other.disk, 'next');
    const discarded = await heldIn(client);
    await client.jobs.cancel(discarded.id);
    await client.workspace.flush();
    expect([statusOf(client, discarded), other.disk.files.size]).toEqual(['CANCELED', 0]);

    const broken = await openPage();
    await failed(broken.client.sources.create({ name: 'empty.csv', text: 'a' }));
    await broken.client.workspace.flush();
    await expect.poll(() => broken.disk.files.size).toBe(0);
  });

  it('of which the source is there has ended', async () => {
    const page = await openPage(new FakeDisk(), 'first');
    await page.client.sources.create(FILE);
    await page.client.workspace.flush();
    // As the disk is between the change that has the source and the one that ends the job.
    const [key, record] = [...page.disk.records].find(([name]) => name.startsWith('job/'))!;
    const asked = { kind: 'import', tableId: 't', dialect: {}, facts: {}, isRead: true };
    page.disk.records.set(key, {
      ...record,
      value: { ...(record.value as Job), status: 'IN_PROGRESS', asked },
    });
    await close(page);
    const { client } = await openPage(page.disk, 'next');
    await expect.poll(() => client.jobs.list()[0]?.status).toBe('DONE');
    expect(client.sources.list()[0]!.file).toBeDefined();
  });

  it('goes on by itself in a page that was open beside', async () => {
    const page = await importing();
    const { client } = await openPage(page.disk, 'second');
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 5_000);
    await close(page);
    await expect.poll(() => client.sources.list()).toHaveLength(1);
    await expect.poll(() => client.jobs.list()[0]?.status).toBe('DONE');
  });
});

describe('the interrupted reading of a newer file', () => {
  const NEWER = { name: 'june.csv', text: `id;a\n${'1;x\n'.repeat(4)}` };

  /** A page that reads a newer file, which is copied. @param isTaken whether it becomes the current version at once */
  async function reading(isTaken: boolean): Promise<Page & { id: string }> {
    const page = await openPage(new FakeDisk(), 'first');
    const { sources, jobs } = page.client;
    const { id } = await sources.create(FILE, { dialect: { delimiter: ';' } });
    page.workers.hold('import');
    (isTaken ? sources.addVersion(id, NEWER) : sources.readVersion(id, NEWER)).catch(() => undefined);
    await expect.poll(() => jobs.list().at(-1)?.asked).toMatchObject({ file: expect.any(String) });
    return { ...page, id };
  }

  it.each([false, true])('ends as if nothing had happened (taken at once: %s)', async (isTaken) => {
    const page = await reading(isTaken);
    await close(page);
    const { client } = await openPage(page.disk, 'next');
    const job = await heldIn(client);
    expect(job).toMatchObject({ kind: 'import', resource: { id: page.id } });
    await client.jobs.resume(job.id);
    expect(statusOf(client, job)).toBe('DONE');

    const other = await openPage();
    const { id } = await other.client.sources.create(FILE, { dialect: { delimiter: ';' } });
    if (isTaken) await other.client.sources.addVersion(id, NEWER);
    else await other.client.sources.readVersion(id, NEWER);
    expect(shapeOf(client, page.id)).toEqual(shapeOf(other.client, id));
    expect(shapeOf(client, page.id).waiting).toEqual(isTaken ? undefined : [2, 'june.csv', 4]);
    await client.workspace.flush();
    expect(filesOf(page.disk).map(([kind]) => kind)).toEqual(['source', 'source']);
    expect(page.disk.files.size).toBe(2);
  });

  /** Versions and the file that waits, without ids and times. */
  function shapeOf({ sources }: DoppelgridClient, id: string) {
    const brief = ({ number, fileName, tables }: ReturnType<typeof sources.versions>[number]) =>
      [number, fileName, tables[0]!.rowCount] as const;
    const waiting = sources.newer(id)?.version;
    return { versions: sources.versions(id).map(brief), waiting: waiting && brief(waiting) };
  }

  it('goes on by itself in a page that was open beside, and waits there', async () => {
    const page = await reading(false);
    const { client } = await openPage(page.disk, 'second');
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 5_000);
    await close(page);
    await expect.poll(() => client.sources.newer(page.id)?.version.fileName).toBe('june.csv');
  });

  it('leaves nothing when it is discarded, or its source is gone', async () => {
    const page = await reading(false);
    await close(page);
    const { client } = await openPage(page.disk, 'next');
    const job = await heldIn(client);
    await client.jobs.cancel(job.id);
    await client.workspace.flush();
    expect([statusOf(client, job), page.disk.files.size]).toEqual(['CANCELED', 1]);
    expect(client.sources.newer(page.id)).toBeNull();

    const other = await reading(false);
    await close(other);
    const next = await openPage(other.disk, 'next');
    await heldIn(next.client);
    await next.client.sources.delete(other.id);
    await next.client.workspace.flush();
    expect([next.client.jobs.list(), other.disk.files.size]).toEqual([[], 0]);
  });
});

it('an interrupted search for rules says where it begins anew', async () => {
  const page = await openPage(new FakeDisk(), 'first');
  const { id: sourceId } = await page.client.sources.create(FILE);
  const { id } = page.client.generators.create(page.client.generators.propose(sourceId).config);
  page.workers.hold('rules');
  page.client.generators.findRules(id).catch(() => undefined);
  await expect.poll(() => page.workers.calls.at(-1)).toMatch('rules');
  await close(page);
  const { client } = await openPage(page.disk, 'next');
  await expect.poll(() => client.jobs.list({ kind: 'rules' })[0]?.status).toBe('FAILED');
  expect(client.jobs.list({ kind: 'rules' })[0]!.error).toContain('begins anew on the page of its generator');
});

describe('an interrupted report or download', () => {
  it('begins anew: the report', async () => {
    const page = await openPage(new FakeDisk(), 'first');
    const { id, reportId } = await withRows(page);
    await page.client.reports.delete(reportId!);
    page.workers.hold('evaluate');
    page.client.reports.create(id).catch(() => undefined);
    await expect.poll(() => page.workers.calls.at(-1)).toMatch('evaluate');
    await close(page);
    const { client } = await openPage(page.disk, 'next');
    const job = await heldIn(client);
    expect(job.kind).toBe('report');
    const report = await client.jobs.resume(job.id);
    expect(client.reports.list()).toEqual([report]);
    expect(client.syntheticDatasets.get(id).reportId).toBe(client.reports.list()[0]!.id);
    expect(statusOf(client, job)).toBe('DONE');
    expect(await failed(client.jobs.resume(job.id))).toMatchObject({ message: 'This job is not on hold.' });
  });

  it('begins anew: the evaluation, although another report was written meanwhile', async () => {
    const page = await openPage(new FakeDisk(), 'first');
    const { id } = await withRows(page);
    const [source] = page.client.sources.list();
    page.workers.hold('evaluate');
    const config = { trainingSourceId: source!.id, synthetic: [{ kind: 'synthetic-dataset' as const, id }] };
    page.client.evaluations.create(config).catch(() => undefined);
    await expect.poll(() => page.workers.calls.filter((call) => call.startsWith('evaluate'))).toHaveLength(2);
    page.workers.release('evaluate');
    await page.client.reports.create(id);
    await close(page);
    const { client } = await openPage(page.disk, 'next');
    expect(await heldIn(client)).toMatchObject({ asked: { kind: 'evaluation' } });
  });

  it('begins anew: the download, in the format that was asked for', async () => {
    const page = await openPage(new FakeDisk(), 'first');
    const { id } = await withRows(page);
    page.workers.hold('download');
    page.client.syntheticDatasets.download(id, 'csv').catch(() => undefined);
    await expect.poll(() => page.workers.calls.at(-1)).toMatch('download');
    const { client } = await openPage(page.disk, 'second');
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 5_000);
    await close(page);
    // Nobody would take the file.
    const job = await heldIn(client);
    expect(await client.jobs.resume(job.id)).toMatchObject({ name: 'synthetic.csv' });
    expect(statusOf(client, job)).toBe('DONE');
  });

  it('is over with what was handed over: no file is offered again', async () => {
    const { client, disk } = await openPage();
    const { id, config } = await withRows({ client });
    for (const make of [
      () => client.syntheticDatasets.download(id, 'csv'),
      () => client.generators.export(config.generatorId),
      () => client.projects.export('first'),
    ]) {
      await make();
      const { id: job } = client.jobs.list().at(-1)!;
      expect(disk.records.get(`job/${job}`)?.value).toMatchObject({ status: 'DONE' });
    }
  });
});

it('an interrupted training that goes on from a model has that model, and its checkpoint, when it is resumed', async () => {
  const page = await openPage(new FakeDisk(), 'first');
  const { id: sourceId } = await page.client.sources.create(FILE);
  page.workers.rows = { training: 5000, validation: 500 };
  const first = page.client.generators.create(page.client.generators.propose(sourceId).config);
  await page.client.generators.train(first.id);
  const { id, tables } = await page.client.generators.clone(first.id, { trainingStatus: 'continue' });
  const { modelId } = tables[0]!.base!;
  page.workers.hold('train');
  page.client.generators.train(id).catch(() => undefined);
  await expect.poll(() => page.client.generators.get(id).messages).toHaveLength(1);
  const checkpoint = page.workers.checkpoint(page.client.jobs.list({ resourceId: id })[0]!.id);
  await close(page);
  const { client, workers } = await openPage(page.disk, 'next');
  await client.jobs.resume((await heldIn(client)).id);
  expect(workers.requests.at(-1)).toMatchObject({
    continueFrom: { modelId },
    checkpoint: { files: [checkpoint] },
  });
  expect(client.generators.get(id)).toMatchObject({
    trainingStatus: 'DONE',
    continues: { generatorId: first.id },
  });
  await client.workspace.flush();
  expect([...page.disk.files.keys()].sort()).toEqual(
    filesOf(page.disk)
      .map(([, file]) => file)
      .sort(),
  );
});

describe('what is to follow a training', () => {
  async function training() {
    const page = await openPage(new FakeDisk(), 'first');
    const { id: sourceId } = await page.client.sources.create(FILE);
    const { id } = page.client.generators.create(page.client.generators.propose(sourceId).config);
    page.client.generators.setGoesOn(id, true);
    const release = page.workers.hold('train');
    const ended = failed(page.client.generators.train(id));
    await expect.poll(() => page.client.generators.get(id).messages).toHaveLength(1);
    return { page, id, ended, release };
  }

  it('follows where another page takes it over, once', async () => {
    const { page, id } = await training();
    const { client } = await openPage(page.disk, 'second');
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 5_000);
    await close(page);
    await expect.poll(() => client.syntheticDatasets.list()).toMatchObject([{ generationStatus: 'DONE' }]);
    expect(client.reports.list()).toHaveLength(1);
    expect(client.generators.get(id).goesOn).toBeUndefined();
    expect(client.syntheticDatasets.follow(id)).toBeNull();
  });

  /** A page that was closed when its training had ended, before what was to follow was there. */
  async function trained() {
    const { page, id, ended, release } = await training();
    await page.client.workspace.flush();
    const underWay = structuredClone([...page.disk.records]);
    release();
    await ended;
    return { page, id, underWay };
  }

  it('follows where the page was closed when the training had just ended, once', async () => {
    const { page, id } = await trained();
    const others = await Promise.all(['second', 'third'].map((name) => openPage(page.disk, name)));
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 5_000);
    await close(page);
    for (const { client } of others) {
      await expect.poll(() => client.syntheticDatasets.list()).toMatchObject([{ generationStatus: 'DONE' }]);
      expect(client.jobs.list({ kind: 'generation' })).toMatchObject([{ status: 'DONE' }]);
      expect(client.generators.get(id).goesOn).toBeUndefined();
    }
  });

  it.each(['ended', 'under way by its records'])('waits for the person after a restart: %s', async (how) => {
    const { page, underWay } = await trained();
    await close(page);
    // The model was kept, and the end was not.
    for (const [key, record] of underWay) {
      if (how === 'ended' || !/^(job|generator)/.test(key)) continue;
      const { summary, tables } = page.client.generators.list()[0]!;
      const value = record.kind === 'job' ? record.value : { ...(record.value as object), summary, tables };
      page.disk.records.set(key, { ...record, value });
    }
    const next = await openPage(page.disk, 'next');
    const job = await heldIn(next.client);
    expect(next.workers.calls).toEqual([]);
    expect(job).toMatchObject({ kind: 'generation', startedAt: null, error: expect.any(String) });
    await next.client.workspace.flush();
    const { client } = await openPage(page.disk, 'another');
    expect(client.syntheticDatasets.list()).toMatchObject([{ generationStatus: 'ON_HOLD' }]);
    await client.jobs.resume(job.id);
    expect(client.syntheticDatasets.list()).toMatchObject([{ generationStatus: 'DONE' }]);
    expect(client.reports.list()).toHaveLength(1);
  });

  it('is known after a restart, and no more when the training is discarded', async () => {
    const { page, id } = await training();
    await close(page);
    const { client } = await openPage(page.disk, 'next');
    const job = await heldIn(client);
    expect(client.generators.get(id).goesOn).toBe(true);
    expect(client.syntheticDatasets.follow(id)).toBeNull();
    await client.jobs.cancel(job.id);
    expect(client.generators.get(id).goesOn).toBeUndefined();
  });
});
