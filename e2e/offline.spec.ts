import type { Page } from '@playwright/test';
import { expect, test as journey } from './app';
import { OwnSite } from './own-site';
import { LONG_TRAINING } from './pages/generator-page';
import { readParquetFile } from './read-parquet';
import { peopleTable } from './tables';

const test = journey.extend<{ site: OwnSite }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures
  site: async ({}, use) => {
    const site = await OwnSite.open();
    await use(site);
    await site.close();
  },
  baseURL: async ({ site }, use) => use(site.url),
});

test.use({ serviceWorkers: 'allow' });

/** Waits until every file of the app is on the device. */
async function isKept(page: Page): Promise<void> {
  await expect(page.getByRole('link', { name: 'Works offline' })).toBeVisible({ timeout: 60_000 });
}

/** Starts a training that goes on until it is cancelled. */
function trainLong(page: Page) {
  return page.evaluate(
    async ({ text, settings }) => {
      const { sources, generators } = window.doppelgrid;
      const source = await sources.create({ name: 'people.csv', text });
      const { config } = generators.propose(source.id);
      Object.assign(config.tables[0]!.tabularModelConfiguration, settings);
      const { id } = generators.create(config);
      generators.train(id).catch(() => undefined);
      return id;
    },
    { text: String(peopleTable(20_000).content), settings: LONG_TRAINING },
  );
}

test('after one visit of the first screen the whole job is done without a network', async ({
  page,
  context,
  site,
  home,
  source,
  dataset,
  report,
}) => {
  test.slow();
  await isKept(page);
  await site.goOffline();
  await context.setOffline(true);

  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await home.drop(peopleTable(60));
  await source.shows('people.csv');
  await source.synthesize();
  await dataset.isDone();
  const parquet = readParquetFile((await dataset.download('Parquet')).bytes);
  expect(parquet.names).toEqual(['age', 'city', 'income', 'senior', 'since']);
  expect(parquet.rowCount).toBe(60);
  const csv = new TextDecoder().decode((await dataset.download('CSV')).bytes);
  expect(csv.trimEnd().split(/\r?\n/)).toHaveLength(61);
  await dataset.openReport();
  await report.isOpen();

  await page.goto('./#/');
  await home.openDemo('Palmer penguins');
  await source.shows('penguins.csv');
  await page.getByRole('link', { name: 'About', exact: true }).click();
  await page.getByText('@duckdb/duckdb-wasm').click();
  await expect(page.getByRole('region', { name: 'Licence of @duckdb/duckdb-wasm' })).toContainText('MIT');
});

test('a newer version waits for what runs in any tab, and for a person', async ({
  page,
  context,
  site,
  home: _,
}) => {
  test.slow();
  // While the server changes its version nobody answers.
  await isKept(page);
  const other = await context.newPage();
  await other.goto(site.url);
  const training = await trainLong(other);
  await page.evaluate(() => document.body.setAttribute('data-first', ''));

  await site.deploy('second');
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.update());
  const notice = page.getByRole('status').filter({ hasText: 'A newer version of Doppelgrid is ready.' });
  await expect(notice).toContainText('It waits until the work in another tab has ended.');
  await expect(notice.getByRole('button', { name: 'Reload now' })).toHaveCount(0);
  await expect(other.getByText('It waits until the work in this tab has ended.')).toBeVisible();

  await other.evaluate((id) => window.doppelgrid.generators.cancel(id), training);
  await expect(other.getByText('It waits until the work in this tab has ended.')).toBeHidden();
  const reload = notice.getByRole('button', { name: 'Reload now' });
  await expect(reload).toBeVisible();
  await expect(page.locator('body')).toHaveAttribute('data-first');
  await expect(page.locator('meta[name=version]')).toHaveCount(0);

  await reload.click();
  await expect(page.locator('meta[name=version]')).toHaveAttribute('content', 'second');
  await expect(notice).toHaveCount(0);
  // The other tab stays as it is until somebody reloads it.
  await expect(other.getByText('Another tab has changed to a newer version')).toBeVisible();
  await expect(other.locator('meta[name=version]')).toHaveCount(0);
});

test('in a private session and switched off, nothing of the app stays on the device', async ({ page }) => {
  const left = () =>
    page.evaluate(async () => [
      ...(await caches.keys()),
      ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
    ]);
  await page.goto('./?private#/about');
  await expect(page.getByText('In a private session nothing is kept')).toBeVisible();
  expect(await left()).toEqual([]);

  await page.goto('./#/about');
  const keep = page.getByRole('switch', { name: 'Keep the app on this device' });
  await isKept(page);
  await expect(page.getByText('Everything works without a network')).toBeVisible();
  expect((await left()).length).toBeGreaterThanOrEqual(3);
  await keep.click();
  await expect(page.getByText('The app is not kept on this device.')).toBeVisible();
  await expect.poll(left).toEqual([]);
  await page.reload();
  await expect(page.getByText('The app is not kept on this device.')).toBeVisible();
  expect(await left()).toEqual([]);
});
