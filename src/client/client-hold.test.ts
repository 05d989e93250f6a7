import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isPaused } from '../domain/errors';
import { familyOf, ModelConfiguration, withModel } from '../domain/model-configuration';
import { onlyTable } from '../domain/only-table';
import { privacyPatch, privacySchemaOf } from '../domain/private-training';
import { failed } from './testing/client-of-each-test';
import { fakeLocks } from './testing/fake-locks';
import { FakeDisk } from './testing/fake-workspace';
import { pagesOfEachTest } from './testing/pages-of-disk';
import { draft, inTraining, jobOf, statusOf } from './testing/trainings';

const openPage = pagesOfEachTest();

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
