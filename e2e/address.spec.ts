import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { DIST } from '../scripts/lib/paths';
import { type RunningServer, serve } from '../scripts/serve/server';
import { SourcePage } from './pages/source-page';
import { peopleTable } from './tables';
import { violations } from './violations';

/** Another origin: files that other sites may read, and some that they may not. What it was asked for is kept. */
let other: Server;
let asked: {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, unknown>>;
}[] = [];
/** The app without the report of violations: this journey means some. */
let app: RunningServer;

test.beforeAll(async () => {
  other = createServer(({ url = '', method = '', headers }, response) => {
    asked.push({ path: url, method, headers });
    if (url.startsWith('/shut')) response.end('id\n1\n');
    else {
      response.setHeader('Access-Control-Allow-Origin', '*');
      if (url.startsWith('/gone')) response.writeHead(404).end();
      else if (url.startsWith('/page'))
        response.setHeader('Content-Type', 'text/html').end('<!doctype html><p>Sign in');
      // Never ends.
      else if (url.startsWith('/slow')) response.setHeader('Content-Type', 'text/csv').write('id\n1\n');
      else response.setHeader('Content-Type', 'text/csv').end(peopleTable(40).content);
    }
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  app = await serve({ root: DIST, port: 0 });
});
test.afterAll(async () => {
  other.closeAllConnections();
  other.close();
  await app.close();
});
test.beforeEach(() => {
  asked = [];
});

const at = (path: string) => `http://127.0.0.1:${(other.address() as AddressInfo).port}${path}`;

async function fetchFrom(page: Page, address: string): Promise<void> {
  await page.goto(`${app.url}#/`);
  await page.getByRole('button', { name: 'From an address' }).click();
  await page.getByRole('textbox', { name: 'Address' }).fill(address);
  await page.keyboard.press('Enter');
}

test('a signed address is read, and its signature kept nowhere', async ({ page }) => {
  await fetchFrom(page, at('/data/people.csv?sig=SECRET'));
  const source = new SourcePage(page);
  await source.shows('people.csv');
  await expect(source.fact('Rows')).toHaveText('40');
  await expect(page.getByText(at('/data/people.csv'), { exact: true })).toBeVisible();
  expect(asked.map(({ path, method }) => [method, path])).toEqual([['GET', '/data/people.csv?sig=SECRET']]);
  expect(asked[0]?.headers).not.toHaveProperty('cookie');
  expect(asked[0]?.headers).not.toHaveProperty('referer');
  const kept = await page.evaluate(async () => {
    const { sources, jobs } = window.doppelgrid;
    return JSON.stringify([sources.list(), jobs.list(), sources.fetched()]);
  });
  expect(kept).not.toContain('SECRET');
  await page.goto(`${app.url}#/privacy`);
  await expect(page.getByRole('region', { name: 'Fetched files' })).toContainText(at('/data/people.csv'));
});

test('what cannot be read is told with what to do', async ({ page }) => {
  for (const [path, words] of [
    ['/shut.csv', /cannot be reached.*does not let other sites read the file \(CORS\)/],
    ['/gone.csv', /leads to no file \(status 404\)/],
    ['/page', /leads to a web page, not to a file/],
  ] as const) {
    await fetchFrom(page, at(path));
    await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
  }
  await page.goto(`${app.url}#/`);
  await page.getByRole('button', { name: 'From an address' }).click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('textbox', { name: 'Address' }).fill('people.csv');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('“people.csv” is no address');
});

test('a fetch is cancelled', async ({ page }) => {
  await fetchFrom(page, at('/slow.csv'));
  await expect(page.getByText('Fetching the file').first()).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText(/was cancelled/).first()).toBeVisible();
  await expect(page).toHaveURL(/#\/$/);
});

test('neither the page nor a worker that holds data can ask another address', async ({ page }) => {
  await fetchFrom(page, at('/data/people.csv'));
  await new SourcePage(page).shows('people.csv');
  // The engine and the report are started, too.
  await page.evaluate(async () => {
    const { sources, generators, syntheticDatasets } = window.doppelgrid;
    const { config } = generators.propose(sources.list().at(-1)!.id);
    Object.assign(config.tables[0]!.tabularModelConfiguration, { maxEpochs: 1 });
    const { id } = await generators.train(generators.create(config).id);
    await syntheticDatasets.generate(syntheticDatasets.create(syntheticDatasets.propose(id)).id);
  });
  const leak = (address: string) =>
    fetch(address, { mode: 'no-cors' }).then(
      () => 'sent',
      () => 'refused',
    );
  expect(page.workers().length).toBeGreaterThanOrEqual(4);
  const answers = await Promise.all([
    page.evaluate(leak, at('/leak?of=page')),
    ...page.workers().map((worker, i) => worker.evaluate(leak, at(`/leak?of=${i}`))),
  ]);
  expect(new Set(answers)).toEqual(new Set(['refused']));
  expect(asked.map(({ path }) => path)).toEqual(['/data/people.csv']);
});
