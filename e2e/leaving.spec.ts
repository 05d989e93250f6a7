import type { Page } from '@playwright/test';
import { expect, test, testOnOnePage } from './app';
import { peopleTable } from './tables';

/** Would the browser ask now? The page itself stays. */
function asks(page: Page): Promise<boolean> {
  return page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
}

test('leaving a private session asks while finished work was never downloaded', async ({
  page,
  bringIn,
  generator,
  dataset,
}) => {
  await page.goto('./?private#/');
  await expect(page.getByText(/^Private session: nothing is written/)).toBeVisible();
  expect(await asks(page)).toBe(false);
  await bringIn(peopleTable(60));
  expect(await asks(page)).toBe(false);
  await generator.openQuick();
  await generator.button('Train').click();
  await dataset.isDone();
  await expect.poll(() => asks(page)).toBe(true);
  await dataset.download('Parquet');
  await expect.poll(() => asks(page)).toBe(false);

  await page.getByRole('link', { name: 'Generator', exact: true }).click();
  await generator.button('Generate').click();
  await dataset.isDone();
  await expect.poll(() => asks(page)).toBe(true);
});

testOnOnePage(
  'leaving work that is kept asks only while something runs',
  async ({ page, bringIn, generator, dataset }) => {
    await bringIn(peopleTable(20_000));
    await generator.openLarge();
    await generator.trainOn();
    await expect.poll(() => asks(page)).toBe(true);
    await expect(generator.button('Stop and keep best')).toBeEnabled();
    await generator.button('Stop and keep best').click();
    await dataset.isDone();
    await expect.poll(() => asks(page)).toBe(false);
  },
);
