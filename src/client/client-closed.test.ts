import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isPaused } from '../domain/errors';
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
