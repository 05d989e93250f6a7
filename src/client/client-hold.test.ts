import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isPaused } from '../domain/errors';
import type { Generator } from '../domain/generators';
import type { Job } from '../domain/job';
import { familyOf, ModelConfiguration, withModel } from '../domain/model-configuration';
import { onlyTable } from '../domain/only-table';
import { privacyPatch, privacySchemaOf } from '../domain/private-training';
import type { DoppelgridClient } from './api';
import { failed } from './testing/client-of-each-test';
import { fakeLocks } from './testing/fake-locks';
import { FakeDisk } from './testing/fake-workspace';
import { pagesOfEachTest } from './testing/pages-of-disk';

const openPage = pagesOfEachTest();
type Page = Awaited<ReturnType<typeof openPage>>;

async function draft({ client }: Pick<Page, 'client'>): Promise<Generator> {
  const source = await client.sources.create({ name: 'people.csv', text: `id,a\n${'1,x\n'.repeat(10)}` });
  return client.generators.create(client.generators.propose(source.id).config);
}

/** A training that runs until a test lets it go. */
async function inTraining(page: Page) {
  const { id } = await draft(page);
  const release = page.workers.hold('train');
  const training = failed(page.client.generators.train(id));
  await expect.poll(() => page.client.generators.get(id).messages.length).toBe(1);
  return { id, training, release, job: jobOf(page.client, id) };
}

function jobOf(client: DoppelgridClient, resourceId: string): Job {
  return client.jobs.list({ resourceId }).at(-1)!;
}

const statusOf = (client: DoppelgridClient, id: string) => client.generators.get(id).trainingStatus;

beforeEach(() => {
  vi.stubGlobal('navigator', { locks: fakeLocks() });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a training', () => {
  it('that is paused is on hold, and goes on from its checkpoint as the same job', async () => {
    const page = await openPage();
    const { client, workers, disk } = page;
    const { id, training, release, job } = await inTraining(page);
    const file = workers.checkpoint(job.id);
    await client.generators.pause(id);
    expect(isPaused(await training)).toBe(true);
    expect(client.generators.get(id)).toMatchObject({ trainingStatus: 'ON_HOLD', error: null });
    expect(jobOf(client, id)).toMatchObject({
      id: job.id,
      status: 'ON_HOLD',
      steps: [{}, { status: 'ON_HOLD' }],
    });
    expect(await failed(client.generators.train(id))).toMatchObject({ code: 'config/invalid' });
    release();
    const generator = await client.generators.resume(id);
    expect(workers.requests.at(-1)).toMatchObject({ checkpoint: { files: [file], value: 3 } });
    expect(generator).toMatchObject({ trainingStatus: 'DONE', progress: { id: job.id, status: 'DONE' } });
    // What was told beyond the checkpoint is told again, once.
    expect(generator.messages).toHaveLength(1);
    expect(client.jobs.list({ kind: 'training' })).toHaveLength(1);
    expect(disk.files.has(file)).toBe(false);
  });

  it('has the files of its last checkpoint alone, and none once it is over', async () => {
    const page = await openPage();
    const { client, workers, disk } = page;
    const { id, release, job, training } = await inTraining(page);
    const first = workers.checkpoint(job.id);
    await client.workspace.flush();
    const second = workers.checkpoint(job.id, 4);
    await client.workspace.flush();
    expect([disk.files.has(first), disk.files.has(second)]).toEqual([false, true]);
    release();
    await training;
    expect(client.generators.get(id).checkpoint).toBeUndefined();
    expect(disk.files.has(second)).toBe(false);
    const late = workers.checkpoint(job.id, 5);
    await expect.poll(() => disk.files.has(late)).toBe(false);
  });

  it('that waits leaves the queue when it is paused, and comes back to its end', async () => {
    const page = await openPage();
    const { client } = page;
    const { release, training } = await inTraining(page);
    const { id } = await draft(page);
    const queued = failed(client.generators.train(id));
    await expect.poll(() => statusOf(client, id)).toBe('QUEUED');
    await client.generators.pause(id);
    expect(isPaused(await queued)).toBe(true);
    expect(statusOf(client, id)).toBe('ON_HOLD');
    const resumed = client.generators.resume(id);
    await expect.poll(() => statusOf(client, id)).toBe('QUEUED');
    release();
    await training;
    expect((await resumed).trainingStatus).toBe('DONE');
  });

  it('that is on hold is discarded by a cancel, with its checkpoint, and can be trained anew', async () => {
    const page = await openPage();
    const { client, workers, disk } = page;
    const { id, job, release } = await inTraining(page);
    const file = workers.checkpoint(job.id);
    await client.jobs.pause(job.id);
    await client.jobs.cancel(job.id);
    expect(client.generators.get(id)).toMatchObject({
      trainingStatus: 'CANCELED',
      progress: { status: 'CANCELED' },
    });
    expect(disk.files.has(file)).toBe(false);
    release();
    expect((await client.generators.train(id)).trainingStatus).toBe('DONE');
    expect(client.jobs.list({ kind: 'training' }).map(({ status }) => status)).toEqual(['CANCELED', 'DONE']);
  });

  it('with differential privacy is not paused once it has begun', async () => {
    const page = await openPage();
    const { client } = page;
    const { config, id: draftId } = await draft(page);
    const family = familyOf('argn');
    const plain = withModel(onlyTable(config).tabularModelConfiguration, family.id);
    const patch = privacyPatch(family, privacySchemaOf(family)!.parse({}));
    const tabularModelConfiguration = ModelConfiguration.parse({ ...plain, ...patch });
    const { id } = client.generators.update(draftId, {
      ...config,
      tables: [{ ...onlyTable(config), tabularModelConfiguration }],
    });
    const release = page.workers.hold('train');
    const training = client.generators.train(id);
    await expect.poll(() => statusOf(client, id)).toBe('IN_PROGRESS');
    expect(await failed(client.generators.pause(id))).toMatchObject({
      message: expect.stringContaining('is not paused'),
    });
    release();
    expect((await training).trainingStatus).toBe('DONE');
  });

  it('goes on in a new engine when the browser ends the one it had', async () => {
    const page = await openPage();
    const { client, workers } = page;
    const { id, job, release, training } = await inTraining(page);
    workers.checkpoint(job.id);
    workers.killEngine();
    await expect.poll(() => workers.requests).toHaveLength(2);
    release();
    expect(await training).toBeNull();
    expect(workers.requests.at(-1)).toMatchObject({ checkpoint: { value: 3 } });
    expect(client.generators.get(id).messages).toHaveLength(1);
    expect(jobOf(client, id).notices).toEqual([
      'The browser has ended the engine. The training goes on in a new one.',
    ]);
  });

  it('fails with a sentence when engine after engine is ended', async () => {
    const page = await openPage();
    const { training } = await inTraining(page);
    for (let engines = 1; engines <= 4; engines++) {
      await expect.poll(() => page.workers.requests).toHaveLength(engines);
      page.workers.killEngine();
    }
    expect(await training).toMatchObject({
      code: 'engine/lost',
      message: expect.stringContaining('smaller model'),
    });
  });
});

describe('a generation', () => {
  it('that is paused goes on from its checkpoint', async () => {
    const page = await openPage();
    const { client, workers } = page;
    const generator = await client.generators.train((await draft(page)).id);
    const { id } = client.syntheticDatasets.create(client.syntheticDatasets.propose(generator.id));
    const release = workers.hold('generate');
    const generating = failed(client.syntheticDatasets.generate(id));
    await expect.poll(() => workers.calls.at(-1)).toMatch('generate');
    const file = workers.checkpoint(jobOf(client, id).id);
    await client.syntheticDatasets.pause(id);
    expect(isPaused(await generating)).toBe(true);
    release();
    const dataset = await client.syntheticDatasets.resume(id);
    expect(dataset).toMatchObject({ generationStatus: 'DONE', reportId: expect.any(String) });
    expect(workers.requests.at(-2)).toMatchObject({ checkpoint: { files: [file] } });
  });

  it('keeps the file of its rows, in which they were written from checkpoint to checkpoint', async () => {
    const page = await openPage();
    const { client, workers, disk, tell } = page;
    const generator = await client.generators.train((await draft(page)).id);
    const { id } = client.syntheticDatasets.create(client.syntheticDatasets.propose(generator.id));
    const file = `f11e${onlyTable(client.syntheticDatasets.get(id)).id.slice(4)}`;
    const release = workers.hold('generate');
    const generating = client.syntheticDatasets.generate(id);
    await expect.poll(() => workers.calls.at(-1)).toMatch('generate');
    const mark = (value: number) =>
      tell({
        type: 'checkpoint',
        jobId: jobOf(client, id).id,
        checkpoint: { files: [file], app: 'tests', at: 1, value, unit: 'rows' },
      });
    mark(100);
    release();
    await generating;
    mark(200);
    await client.workspace.flush();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(client.syntheticDatasets.get(id).checkpoint).toBeUndefined();
    expect(disk.files.has(file)).toBe(true);
  });

  it('that is stopped, in another tab too, keeps the rows so far and reports on them', async () => {
    const disk = new FakeDisk();
    const page = await openPage(disk, 'first');
    const other = await openPage(disk, 'second');
    const { client, workers } = page;
    const generator = await client.generators.train((await draft(page)).id);
    const { id } = client.syntheticDatasets.create(client.syntheticDatasets.propose(generator.id));
    workers.hold('generate');
    const generating = client.syntheticDatasets.generate(id);
    await expect.poll(() => workers.calls.at(-1)).toMatch('generate');
    await client.workspace.flush();
    await other.client.syntheticDatasets.stop(id);
    const dataset = await generating;
    expect(dataset).toMatchObject({ generationStatus: 'DONE', summary: { rows: 5, asked: 10 } });
    expect(client.reports.get(dataset.reportId!).notes[0]).toBe(
      'The generation was ended early: 5 of the 10 rows that were asked for were made.',
    );
  });

  it('that is paused during its report writes that alone', async () => {
    const page = await openPage();
    const { client, workers } = page;
    const generator = await client.generators.train((await draft(page)).id);
    const { id } = client.syntheticDatasets.create(client.syntheticDatasets.propose(generator.id));
    const release = workers.hold('evaluate');
    const generating = failed(client.syntheticDatasets.generate(id));
    await expect.poll(() => workers.calls.at(-1)).toMatch('evaluate');
    await client.syntheticDatasets.pause(id);
    expect(isPaused(await generating)).toBe(true);
    expect(client.syntheticDatasets.get(id)).toMatchObject({
      generationStatus: 'ON_HOLD',
      summary: { rows: 10 },
    });
    release();
    expect((await client.syntheticDatasets.resume(id)).reportId).not.toBeNull();
    expect(workers.calls.filter((call) => call.startsWith('generate'))).toHaveLength(1);
  });

  it('of which only the report was missing keeps its rows when it is discarded', async () => {
    const page = await openPage();
    const { client, workers } = page;
    const generator = await client.generators.train((await draft(page)).id);
    const { id } = client.syntheticDatasets.create(client.syntheticDatasets.propose(generator.id));
    workers.hold('evaluate');
    const generating = failed(client.syntheticDatasets.generate(id));
    await expect.poll(() => workers.calls.at(-1)).toMatch('evaluate');
    await client.syntheticDatasets.pause(id);
    await generating;
    await client.syntheticDatasets.cancel(id);
    expect(client.syntheticDatasets.get(id)).toMatchObject({
      generationStatus: 'DONE',
      error: 'The report was cancelled. Write it again on the page of the dataset.',
    });
  });
});

describe('a page that is closed', () => {
  /** Two pages beside each other, or more, the first of which trains. */
  async function beside(...names: string[]) {
    const disk = new FakeDisk();
    const first = await openPage(disk, 'first');
    const others = await Promise.all(names.map((name) => openPage(disk, name)));
    return { disk, first, others };
  }
  /** They have been open for a while. */
  const later = () => {
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 5_000);
  };

  it('hands its training and what waits behind it to one of those beside it', async () => {
    const { disk, first, others } = await beside('second', 'third');
    const { id, job } = await inTraining(first);
    const file = first.workers.checkpoint(job.id);
    const next = await draft(first);
    first.client.generators.train(next.id).catch(() => undefined);
    await first.client.workspace.flush();
    const [second] = others;
    expect(second!.client.generators.get(id)).toMatchObject({
      trainingStatus: 'IN_PROGRESS',
      checkpoint: { files: [file] },
      messages: [{ epoch: 1 }],
    });
    // The browser frees what it held.
    vi.stubGlobal('navigator', { locks: fakeLocks() });
    later();
    disk.leave('first');
    for (const { client } of others)
      for (const done of [id, next.id]) await expect.poll(() => statusOf(client, done)).toBe('DONE');
    const trained = others.flatMap(({ workers }) => workers.calls.filter((call) => call.startsWith('train')));
    expect(trained.toSorted()).toEqual(
      [id, next.id].map((of) => `train ${onlyTable(second!.client.generators.get(of)).modelId}`).toSorted(),
    );
    expect(others.flatMap(({ workers }) => workers.requests)).toContainEqual(
      expect.objectContaining({ checkpoint: expect.objectContaining({ files: [file] }) }),
    );
    expect(jobOf(second!.client, id)).toMatchObject({ id: job.id, status: 'DONE' });
  });

  it('leaves its training to the person where no other was open, also for pages that come next', async () => {
    const { disk, first } = await beside();
    const { id, job } = await inTraining(first);
    await first.client.workspace.flush();
    disk.leave('first');
    vi.stubGlobal('navigator', { locks: fakeLocks() });
    const { client } = await openPage(disk, 'next');
    await expect.poll(() => statusOf(client, id)).toBe('ON_HOLD');
    expect(jobOf(client, id)).toMatchObject({
      id: job.id,
      status: 'ON_HOLD',
      error: expect.stringContaining('closed'),
    });
    await client.workspace.flush();
    const last = await openPage(disk, 'last');
    expect(statusOf(last.client, id)).toBe('ON_HOLD');
    expect((await last.client.generators.resume(id)).trainingStatus).toBe('DONE');
    expect(statusOf(client, id)).toBe('DONE');
    expect(await failed(client.generators.resume(id))).toMatchObject({
      message: 'This training is not on hold.',
    });
  });

  it('leaves an import whose file had not been copied with a sentence', async () => {
    const { disk, first } = await beside();
    first.workers.hold('import');
    disk.keeping = new Promise(() => undefined);
    first.client.sources.create({ name: 'people.csv', text: 'id,a\n1,x\n' }).catch(() => undefined);
    await expect.poll(() => first.workers.calls).toHaveLength(1);
    await first.client.workspace.flush();
    disk.leave('first');
    vi.stubGlobal('navigator', { locks: fakeLocks() });
    const { client } = await openPage(disk, 'next');
    await expect
      .poll(() => client.jobs.list())
      .toMatchObject([
        { kind: 'import', status: 'FAILED', error: expect.stringContaining('Bring it in again.') },
      ]);
  });

  it('is not needed to end, stop or pause what it runs', async () => {
    const { first, others } = await beside('second');
    const { client } = others[0]!;
    const { id, training } = await inTraining(first);
    await first.client.workspace.flush();
    await client.generators.pause(id);
    expect(isPaused(await training)).toBe(true);
    await first.client.workspace.flush();
    expect(statusOf(client, id)).toBe('ON_HOLD');
    const again = first.client.generators.resume(id);
    await expect.poll(() => statusOf(client, id)).toBe('IN_PROGRESS');
    await client.generators.stop(id);
    expect((await again).summary?.stoppedBy).toBe('person');
    const other = await inTraining(first);
    await first.client.workspace.flush();
    await client.jobs.cancel(jobOf(client, other.id).id);
    expect(statusOf(first.client, other.id)).toBe('CANCELED');
  });
});

describe('job records', () => {
  it('outlive the page, with the log, and are written at most once a second', async () => {
    const disk = new FakeDisk();
    const page = await openPage(disk);
    const commit = vi.spyOn(disk, 'commit');
    const { id, job, release, training } = await inTraining(page);
    for (let value = 0; value < 100; value++) {
      page.tell({
        type: 'step',
        jobId: job.id,
        step: {
          code: 'TRAIN_MODEL',
          status: 'IN_PROGRESS',
          value,
          max: 100,
          unit: 'epochs',
          elapsed: 1,
          remaining: 1,
        },
      });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const writes = commit.mock.calls.filter(([{ put }]) => put.some(({ id: of }) => of === job.id));
    expect(writes.length).toBeLessThanOrEqual(3);
    release();
    await training;
    const { client } = await openPage(disk);
    expect(client.jobs.list()).toEqual(page.client.jobs.list());
    expect(jobOf(client, id)).toMatchObject({ status: 'DONE', messages: [{ epoch: 1 }] });
    expect(disk.records.get(`generator/${id}`)!.value).not.toHaveProperty('progress');
  });

  it('are the last 200 that ended', async () => {
    const disk = new FakeDisk();
    const { client } = await openPage(disk);
    const broken = { name: 'empty.csv', text: 'a' };
    for (let k = 0; k < 202; k++) await failed(client.sources.create(broken));
    await client.workspace.flush();
    expect([...disk.records.keys()].filter((key) => key.startsWith('job/'))).toHaveLength(200);
    expect((await openPage(disk)).client.jobs.list()).toHaveLength(200);
  });
});

describe('records of version 1', () => {
  it('are read, and written again as version 2', async () => {
    const disk = new FakeDisk();
    const first = await openPage(disk);
    const trained = await first.client.generators.train((await draft(first)).id);
    await first.client.workspace.flush();
    for (const [key, record] of disk.records) {
      if (key.startsWith('job/')) disk.records.delete(key);
      else disk.records.set(key, { ...record, version: 1 });
    }
    // As version 1 wrote it: the job within, and one under way when the page was closed.
    const key = `generator/${trained.id}`;
    const job = { ...trained.progress!, status: 'IN_PROGRESS' as const };
    const value = { ...trained, trainingStatus: 'IN_PROGRESS', summary: null, progress: job };
    disk.records.set(key, { ...disk.records.get(key)!, value });
    const { client } = await openPage(disk);
    expect(client.workspace.setAside()).toEqual([]);
    await expect.poll(() => statusOf(client, trained.id)).toBe('ON_HOLD');
    expect((await client.generators.resume(trained.id)).trainingStatus).toBe('DONE');
    expect(disk.records.get(key)!.version).toBe(2);
    expect(disk.records.get(`source/${onlyTable(trained.config).sourceId}`)!.version).toBe(1);
    expect((await openPage(disk)).client.generators.get(trained.id).trainingStatus).toBe('DONE');
  });
});
