import type { Page } from '@playwright/test';
import { expect, test } from './app';
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

test('cancelling a training leaves no mess and the page answers', async ({
  page,
  home,
  source,
  generator,
}) => {
  await home.drop(LONG);
  await source.shows('people.csv');
  const before = await privateFiles(page);
  await source.synthesize();
  await generator.isOpen();
  await generator.button('Cancel').click();
  await expect(page.getByText('The training was cancelled.').first()).toBeVisible({ timeout: 2_000 });
  await expect(generator.button('Cancel')).toBeHidden();
  const state = await page.evaluate(() => ({
    statuses: window.doppelgrid.generators.list().map(({ trainingStatus }) => trainingStatus),
    datasets: window.doppelgrid.syntheticDatasets.list().length,
  }));
  expect(state).toEqual({ statuses: ['CANCELED'], datasets: 0 });
  expect(await privateFiles(page)).toEqual(before);

  // The same page can do the job now.
  await home.drop(peopleTable(60));
  await source.shows('people.csv');
  await source.synthesize();
  await expect(page).toHaveURL(/#\/synthetic-datasets\//, { timeout: 30_000 });
});

test('stopping a training keeps the best model', async ({ page, home, source, generator }) => {
  await home.drop(LONG);
  await source.shows('people.csv');
  await generator.openLarge();
  await generator.trainAlone();
  await expect
    .poll(() => page.evaluate(() => window.doppelgrid.generators.list()[0]!.messages.length), {
      timeout: 30_000,
    })
    .toBeGreaterThan(1);
  await generator.button('Stop and keep best').click();
  await expect(generator.button('Generate')).toBeEnabled();
  const summary = await page.evaluate(() => window.doppelgrid.generators.list()[0]!.summary);
  expect(summary?.stoppedBy).toBe('person');
});

test('reloading during a training keeps the source and offers to go on with the training', async ({
  page,
  home,
  source,
  generator,
}) => {
  await home.drop(LONG);
  await source.shows('people.csv');
  await source.synthesize();
  await generator.isOpen();
  // Long enough for the page to have written that it is there.
  await page.evaluate(() => window.doppelgrid.workspace.flush());
  await page.reload();
  await expect(page.getByText(/^The training of “people” was interrupted/)).toBeVisible();
  // The source, and the checkpoint of a training that has gone on for long enough.
  const kept = await privateFiles(page);
  expect(kept.length).toBeGreaterThan(0);
  await home.drop(peopleTable(60));
  await source.shows('people.csv');
  expect(await privateFiles(page)).toHaveLength(kept.length + 1);
  await expect(source.fact('Rows')).toHaveText('60');
});
