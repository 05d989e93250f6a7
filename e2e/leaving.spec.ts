import { expect, test } from './app';
import { peopleTable } from './tables';

test('leaving asks while finished work was never downloaded', async ({
  page,
  bringIn,
  generator,
  dataset,
}) => {
  let asked = 0;
  page.on('dialog', (dialog) => {
    if (dialog.type() === 'beforeunload') asked++;
  });
  /** Would the browser ask now? The page itself stays. */
  const asks = () =>
    page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
  expect(await asks()).toBe(false);
  await bringIn(peopleTable(60));
  expect(await asks()).toBe(false);
  await generator.openQuick();
  await generator.button('Train').click();
  await dataset.isDone();
  await expect.poll(asks).toBe(true);
  await dataset.download('Parquet');
  await expect.poll(asks).toBe(false);

  await page.getByRole('link', { name: 'Generator' }).click();
  await generator.button('Generate').click();
  await dataset.isDone();
  await expect.poll(asks).toBe(true);
  await page.reload();
  expect(asked).toBe(1);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
