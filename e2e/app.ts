import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { DatasetPage } from './pages/dataset-page';
import { GeneratorPage } from './pages/generator-page';
import { type GivenFile, HomePage } from './pages/home-page';
import { ReportPage } from './pages/report-page';
import { SourcePage } from './pages/source-page';

export { expect };

const VIEWPORT = { width: 1280, height: 900 };

interface Fixtures {
  readonly home: HomePage;
  readonly source: SourcePage;
  readonly generator: GeneratorPage;
  readonly dataset: DatasetPage;
  readonly report: ReportPage;
  /** Drops a table and waits for its page. */
  readonly bringIn: (table: GivenFile) => Promise<void>;
  /** The same, and on to the settings of its generator. */
  readonly configure: (table: GivenFile) => Promise<void>;
  /** Every journey fails on a request off our origin and on an error in the page. */
  readonly guard: undefined;
}

/** A journey on a page of its own. */
export const test = base.extend<Fixtures, { sharedPage: Page }>({
  sharedPage: [
    async ({ browser }, use) => {
      const page = await browser.newPage({ baseURL: process.env['DOPPELGRID_URL'], viewport: VIEWPORT });
      await use(page);
      await page.context().close();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures
  baseURL: async ({}, use) => use(process.env['DOPPELGRID_URL']),
  guard: [
    async ({ context, baseURL }, use) => {
      const offences = watch(context, baseURL!);
      await use(undefined);
      expect(offences, 'requests off our origin and errors').toEqual([]);
    },
    { auto: true },
  ],
  home: async ({ page }, use) => {
    // With a fragment: a page that is open already stays loaded.
    await page.goto('./#/');
    await use(new HomePage(page));
  },
  source: async ({ page }, use) => use(new SourcePage(page)),
  generator: async ({ page }, use) => use(new GeneratorPage(page)),
  dataset: async ({ page }, use) => use(new DatasetPage(page)),
  report: async ({ page }, use) => use(new ReportPage(page)),
  bringIn: async ({ home, source }, use) =>
    use(async (table) => {
      await home.drop(table);
      await source.shows(table.name);
    }),
  configure: async ({ bringIn, source, generator }, use) =>
    use(async (table) => {
      await bringIn(table);
      await source.configure();
      await generator.isOpen();
    }),
});

/**
 * Journeys that need no fresh page share one per process: starting DuckDB takes longer than most of them. Earlier work
 * is still there; what ran is ended.
 */
export const testOnOnePage = test.extend({
  context: async ({ sharedPage }, use) => use(sharedPage.context()),
  page: async ({ sharedPage }, use) => {
    await use(sharedPage);
    await sharedPage.setViewportSize(VIEWPORT);
    await sharedPage.evaluate(endJobs);
  },
});

/** Runs in the page: a training that went on would hold up those of the next journey. */
async function endJobs(): Promise<void> {
  if (!('doppelgrid' in window)) return;
  const { jobs } = window.doppelgrid;
  const under = jobs.list().filter(({ status }) => status === 'QUEUED' || status === 'IN_PROGRESS');
  await Promise.all(under.map(({ id }) => jobs.cancel(id).catch(() => undefined)));
}

function watch(context: BrowserContext, origin: string): string[] {
  const offences: string[] = [];
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(blob|data):/.test(url)) offences.push(`request to ${url}`);
  });
  context.on('weberror', (error) => offences.push(`error: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error') offences.push(`console: ${message.text()}`);
  });
  context.on('dialog', (dialog) => {
    // Leaving during a job asks first, which is meant; anything else was injected.
    if (dialog.type() !== 'beforeunload') offences.push(`${dialog.type()}: ${dialog.message()}`);
    dialog.accept().catch(() => undefined);
  });
  return offences;
}
