import type { Page } from '@playwright/test';
import { expect, test, testOnOnePage } from './app';
import { peopleTable } from './tables';

/** Enough rows that a training goes on until it is ended. */
const LONG = peopleTable(20_000);

/** Names of the files that the page keeps in its private file system. */
async function privateFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names: string[] = [];
    const folders = [await navigator.storage.getDirectory()];
    for (let folder = folders.pop(); folder; folder = folders.pop()) {
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind === 'directory') folders.push(handle as FileSystemDirectoryHandle);
        else names.push(name);
      }
    }
    return names.sort();
  });
}

testOnOnePage(
  'cancelling a training leaves no mess and the page answers',
  async ({ page, bringIn, source, generator }) => {
    await bringIn(LONG);
    const before = await privateFiles(page);
    const datasets = () => page.evaluate(() => window.doppelgrid.syntheticDatasets.list().length);
    const had = await datasets();
    await source.synthesize();
    await generator.isOpen();
    await generator.button('Cancel').click();
    await expect(page.getByText('The training was cancelled.').first()).toBeVisible({ timeout: 2_000 });
    await expect(generator.button('Cancel')).toBeHidden();
    expect(await page.evaluate(() => window.doppelgrid.generators.list().at(-1)!.trainingStatus)).toBe(
      'CANCELED',
    );
    expect(await datasets()).toBe(had);
    expect(await privateFiles(page)).toEqual(before);

    // The same page can do the job now.
    await bringIn(peopleTable(60));
    await source.synthesize();
    await expect(page).toHaveURL(/#\/synthetic-datasets\//, { timeout: 30_000 });
  },
);

test('reloading during a training keeps the source and offers to go on with the training', async ({
  page,
  bringIn,
  source,
  generator,
}) => {
  await bringIn(LONG);
  await source.synthesize();
  await generator.isOpen();
  // Long enough for the page to have written that it is there.
  await page.evaluate(() => window.doppelgrid.workspace.flush());
  await page.reload();
  await expect(page.getByText(/^The training of “people” was interrupted/)).toBeVisible();
  // The source, and the checkpoint of a training that has gone on for long enough.
  const kept = await privateFiles(page);
  expect(kept.length).toBeGreaterThan(0);
  await bringIn(peopleTable(60));
  expect(await privateFiles(page)).toHaveLength(kept.length + 1);
  await expect(source.fact('Rows')).toHaveText('60');
});
