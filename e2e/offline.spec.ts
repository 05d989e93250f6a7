import { DIST } from '../scripts/lib/paths';
import { type RunningServer, serve } from '../scripts/serve/server';
import { expect, test as journey } from './app';
import { readParquetFile } from './read-parquet';
import { peopleTable } from './tables';

/** A server of this test alone, which goes away as a network does. */
const test = journey.extend<{ server: RunningServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures
  server: async ({}, use) => {
    const server = await serve({ root: DIST, port: 0 });
    await use(server);
    await server.close();
  },
  baseURL: async ({ server }, use) => use(server.url),
});

test.use({ serviceWorkers: 'allow' });

test('after one visit the whole job is done without a network', async ({
  page,
  context,
  server,
  home,
  source,
  dataset,
  report,
}) => {
  await expect(page.getByRole('link', { name: 'Works offline' })).toBeVisible({ timeout: 60_000 });
  await server.close();
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
});
