import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onlyTable } from '../domain/only-table';
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
