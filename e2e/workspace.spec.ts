import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from './app';
import { readParquetFile } from './read-parquet';
import { peopleTable } from './tables';
import { violations } from './violations';

/** Everything that the origin has on disk. */
async function stored(page: Page): Promise<{ files: number; databases: string[]; local: number }> {
  return page.evaluate(async () => {
    let files = 0;
    const folders = [await navigator.storage.getDirectory()];
    for (let folder = folders.pop(); folder; folder = folders.pop()) {
      for await (const handle of folder.values()) {
        if (handle.kind === 'directory') folders.push(handle as FileSystemDirectoryHandle);
        else files++;
      }
    }
    const databases = (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
    return { files, databases, local: localStorage.length };
  });
}

/** The rows of the only dataset, as another library reads its download. */
async function rowsOf(page: Page): Promise<number> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download Parquet' }).click(),
  ]);
  return readParquetFile(await readFile(await download.path())).rowCount;
}

async function reopened(context: BrowserContext, page: Page, hash: string): Promise<Page> {
  await page.close();
  const next = await context.newPage();
  await next.goto(`./${hash}`);
  return next;
}

test('work outlives the page: report, rows, model and source are there again', async ({
  page,
  context,
  bringIn,
  source,
}) => {
  await bringIn(peopleTable(200));
  await source.synthesize();
  await expect(page).toHaveURL(/#\/synthetic-datasets\//, { timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Download Parquet' })).toBeEnabled({ timeout: 30_000 });
  await page.evaluate(async () => {
    const { syntheticDatasets, workspace } = window.doppelgrid;
    await syntheticDatasets.wait(syntheticDatasets.list()[0]!.id);
    await workspace.flush();
  });
  const before = await page.evaluate(() => {
    const { sources, generators, syntheticDatasets, reports } = window.doppelgrid;
    return JSON.stringify([sources.list(), generators.list(), syntheticDatasets.list(), reports.list()]);
  });
  const { hash } = new URL(page.url());

  const next = await reopened(context, page, hash);
  await expect(next.getByRole('heading', { level: 1, name: 'people' })).toBeVisible();
  const after = await next.evaluate(() => {
    const { sources, generators, syntheticDatasets, reports } = window.doppelgrid;
    return JSON.stringify([sources.list(), generators.list(), syntheticDatasets.list(), reports.list()]);
  });
  expect(JSON.parse(after)).toEqual(JSON.parse(before));
  expect(await rowsOf(next)).toBe(200);
  const probed = await next.evaluate(async () => {
    const { generators, probes } = window.doppelgrid;
    return (await probes.create(generators.list()[0]!.id, { rows: 5 })).rows.length;
  });
  expect(probed).toBe(5);
  const again = await next.evaluate(async () => {
    const { reports, syntheticDatasets } = window.doppelgrid;
    const { metrics } = await reports.create(syntheticDatasets.list()[0]!.id);
    return [metrics.accuracy.overall, reports.list()[0]!.metrics.accuracy.overall];
  });
  expect(again[0]).toBe(again[1]);
});

test('the storage page tells sizes, deletes one and all, and is accessible', async ({ page, bringIn }) => {
  await bringIn(peopleTable(60));
  await page.goto('./#/storage');
  const items = page.getByRole('region', { name: 'What is kept' });
  const row = items.getByRole('row', { name: /people\.csv/ });
  await expect(row).toContainText('Source');
  await expect(row).toContainText(/\d (B|kB)/);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Turn a table/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Your work' })).toBeHidden();
  // The page that opens tries its storage with a file of its own.
  await expect.poll(async () => (await stored(page)).files).toBe(0);
});

test('a private session writes nothing to disk and says so', async ({ page, source, bringIn }) => {
  await page.goto('./?private#/');
  await expect(page.getByText('Private session: nothing is written to disk')).toBeVisible();
  await bringIn(peopleTable(60));
  await source.synthesize();
  await expect(page.getByRole('button', { name: 'Download Parquet' })).toBeEnabled({ timeout: 60_000 });
  await expect(page.getByText('Private session: nothing is written to disk')).toBeVisible();
  expect(await stored(page)).toEqual({ files: 0, databases: [], local: 0 });
  await page.goto('./?private#/storage');
  await expect(page.getByText('Nothing is kept in this session.')).toBeVisible();
});

test('two pages see each other’s work', async ({ page, context, bringIn }) => {
  const other = await context.newPage();
  await other.goto('./#/');
  await bringIn(peopleTable(60));
  await expect(other.getByRole('region', { name: 'Your work' })).toContainText('people.csv');
  await other.getByRole('button', { name: 'Delete the source people.csv' }).click();
  await other.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'This source is gone' })).toBeVisible();
});

test('records that were changed by hand are set aside with a sentence', async ({
  page,
  bringIn,
  context,
}) => {
  await bringIn(peopleTable(60));
  await page.evaluate(async () => {
    await window.doppelgrid.workspace.flush();
    const open = indexedDB.open('doppelgrid');
    const db = await new Promise<IDBDatabase>((resolve) => {
      open.onsuccess = () => resolve(open.result);
    });
    const store = db.transaction('records', 'readwrite').objectStore('records');
    const all = store.getAll();
    await new Promise((resolve) => {
      all.onsuccess = resolve;
    });
    for (const record of all.result) store.put({ ...record, version: 99 });
    db.close();
  });
  const next = await reopened(context, page, '#/storage');
  await expect(next.getByRole('region', { name: 'Set aside' })).toContainText('people.csv');
  await expect(next.getByText('written by a later version of Doppelgrid').first()).toBeVisible();
});

test('a second page queues behind the first one, sees its progress, and takes its training over when it is closed', async ({
  page,
  context,
  bringIn,
  generator,
}) => {
  await bringIn(peopleTable(20_000));
  await generator.openLarge();
  const other = await context.newPage();
  await other.goto('./#/');
  const small = await other.evaluate(async () => {
    const { generators, sources } = window.doppelgrid;
    const { id } = await sources.create({ name: 'small.csv', text: `a,b\n${'1,x\n2,y\n'.repeat(30)}` });
    return generators.create(generators.propose(id).config).id;
  });
  await generator.button('Train').click();
  const large = await page.evaluate(
    (id) => window.doppelgrid.generators.list().find((generator) => generator.id !== id)!.id,
    small,
  );
  const seen = (id: string) =>
    other.evaluate((of) => {
      const { trainingStatus, messages, progress } = window.doppelgrid.generators.get(of);
      return { trainingStatus, messages: messages.length, waitsFor: progress?.waitsFor ?? null };
    }, id);
  const status = async (id: string) => (await seen(id)).trainingStatus;
  await expect.poll(() => status(large)).toBe('IN_PROGRESS');
  await other.evaluate((id) => {
    window.doppelgrid.generators.train(id).catch(() => undefined);
  }, small);
  await expect.poll(() => status(small)).toBe('QUEUED');
  expect((await seen(small)).waitsFor).toBe('a job of another tab');
  const before = (await seen(large)).messages;
  await expect.poll(async () => (await seen(large)).messages, { timeout: 40_000 }).toBeGreaterThan(before);
  await page.close();
  await expect.poll(() => status(small), { timeout: 40_000 }).toBe('DONE');
  await expect.poll(() => status(large)).toBe('IN_PROGRESS');
  await expect.poll(async () => (await seen(large)).messages, { timeout: 40_000 }).toBeGreaterThan(0);
  await other.evaluate((id) => window.doppelgrid.generators.stop(id), large);
  await expect.poll(() => status(large)).toBe('DONE');
});

test('a training that was paused, then cut short with its page, is offered and goes on from its checkpoint', async ({
  page,
  context,
  bringIn,
  generator,
}) => {
  await bringIn(peopleTable(20_000));
  await generator.openLarge();
  await generator.button('Train').click();
  await expect(generator.button('Stop and keep best')).toBeEnabled({ timeout: 40_000 });
  await generator.button('Pause').click();
  await expect(page.getByText(/is paused at \d+ %\. It goes on after epoch \d+\./)).toBeVisible();
  const { hash } = new URL(page.url());
  const epochs = () =>
    page.evaluate(() => window.doppelgrid.generators.list()[0]!.messages.map(({ epoch }) => epoch));
  const before = await epochs();
  await page.getByRole('button', { name: 'Resume the training of people' }).click();
  await expect.poll(async () => (await epochs()).length).toBeGreaterThan(before.length);
  await page.evaluate(() => window.doppelgrid.workspace.flush());

  const next = await reopened(context, page, '#/');
  const offered = next.getByRole('region', { name: 'Interrupted work' });
  await expect(offered).toContainText(
    /was interrupted when its page was closed, at \d+ %\. It goes on after/,
  );
  await next.goto(`./${hash}`);
  await next.getByRole('button', { name: 'Resume the training of people' }).click();
  const stop = next.getByRole('button', { name: 'Stop and keep best' });
  await expect(stop).toBeEnabled({ timeout: 40_000 });
  await stop.click();
  await next.waitForFunction(() => window.doppelgrid.generators.list()[0]!.trainingStatus === 'DONE');
  const after = await next.evaluate(() =>
    window.doppelgrid.generators.list()[0]!.messages.map(({ epoch }) => epoch),
  );
  expect(after).toEqual([...new Set(after)].toSorted((a, b) => a - b));
  expect(await next.evaluate(() => window.doppelgrid.jobs.list({ kind: 'training' }).length)).toBe(1);
});
