import type { Page } from '@playwright/test';

/** Opens an untrained generator of the newest source whose training takes long enough to be looked at. */
export async function openLargeGenerator(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { sources, generators } = window.doppelgrid;
    const { config } = generators.propose(sources.list().at(-1)!.id);
    Object.assign(config.tables[0]!.tabularModelConfiguration, { modelSize: 'L' });
    location.hash = `#/generators/${generators.create(config).id}`;
  });
}
