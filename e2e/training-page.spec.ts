import { expect, test, testOnOnePage } from './app';
import { peopleTable } from './tables';
import { violationsInBoth } from './violations';

testOnOnePage(
  'the training page counts epochs once, marks the best, and says that it is stopping',
  async ({ page, bringIn, generator }) => {
    await bringIn(peopleTable(20_000));
    await generator.openLarge();
    await generator.trainAlone();
    const stop = generator.button('Stop and keep best');
    await expect(stop).toBeEnabled();
    await expect(page.getByText(/^Best: epoch [\d.]+$/)).toBeVisible();
    await page.getByRole('button', { name: /under way/ }).click();
    await expect(page.getByRole('dialog', { name: 'Jobs under way' })).toBeVisible();
    expect(await violationsInBoth(page), 'training, jobs under way').toEqual([]);
    await page.keyboard.press('Escape');
    const words = await page.locator('main').textContent();
    expect(words!.match(/[\d.]+ (of [\d.]+ )?epochs/g)).toBeNull();
    await stop.click();
    await expect(
      page.getByRole('button', { name: 'Stopping…' }).or(generator.button('Generate')),
    ).toBeVisible();
    await expect(generator.button('Generate')).toBeVisible();
    await expect(page.getByText(/^Best: epoch [\d.]+$/)).toBeVisible();
    const summary = await page.evaluate(() => window.doppelgrid.generators.list().at(-1)!.summary);
    expect(summary?.stoppedBy).toBe('person');
  },
);

test('a configured training goes on to rows and report, unless that was switched off', async ({
  page,
  configure,
  generator,
  source,
  dataset,
}) => {
  await configure(peopleTable(60));
  await expect(generator.goesOn).toBeChecked();
  await generator.button('Train').click();
  await dataset.isDone();
  await expect(page.getByRole('link', { name: 'Open the report' })).toBeVisible();

  await page.getByRole('link', { name: 'Source', exact: true }).click();
  await source.configure();
  await generator.trainAlone();
  await expect(generator.button('Generate')).toBeVisible({ timeout: 30_000 });
  await page.reload();
  await page.goto('./#/settings');
  await expect(page.getByRole('switch', { name: /After a training/ })).not.toBeChecked();
});

testOnOnePage(
  'what few people set is folded away, and opens for what cannot be read',
  async ({ page, configure, generator }) => {
    await configure(peopleTable(60));
    const batch = page.getByLabel('Batch size');
    await expect(batch).toBeHidden();
    await page.getByText('Advanced', { exact: false }).click();
    await batch.fill('2');
    await expect(generator.button('Train')).toBeDisabled();
    await page.getByText('Advanced', { exact: false }).click();
    await expect(batch).toBeVisible();
    await batch.fill('64');
    await expect(generator.button('Train')).toBeEnabled();
  },
);
