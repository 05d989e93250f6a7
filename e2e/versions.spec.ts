import { expect, test } from './app';
import { peopleTable } from './tables';
import { violations, violationsInBoth } from './violations';

test('a newer file becomes a version of its source, and a model is trained further on it', async ({
  page,
  bringIn,
}) => {
  await bringIn(peopleTable(200));
  const id = await page.evaluate(async () => {
    const { sources, generators } = window.doppelgrid;
    const { config } = generators.propose(sources.list()[0]!.id);
    Object.assign(config.tables[0]!.tabularModelConfiguration, { maxEpochs: 3, privacyGuard: false });
    return (await generators.train(generators.create(config).id)).id;
  });
  const newer = String(peopleTable(260).content);
  await page.getByLabel('Import a newer file: file').setInputFiles({
    name: 'people-june.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(newer),
  });
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('260 rows, 60 more than before.')).toBeVisible();
  expect(await violations(page), 'differences').toEqual([]);
  // It waits, also after a restart, to be taken.
  await page.keyboard.press('Escape');
  await page.evaluate(() => window.doppelgrid.workspace.flush());
  await page.reload();
  await expect(page.getByText('people-june.csv has been read, and waits')).toBeVisible();
  await page.getByRole('button', { name: 'See what is different' }).click();
  await dialog.getByRole('button', { name: 'Make it version 2' }).click();
  await expect(page.getByText('Version 2 of 2: people-june.csv')).toBeVisible();
  await page.getByRole('link', { name: 'Version 1', exact: true }).click();
  await expect(page.getByText('Version 1 of 2: people.csv')).toBeVisible();
  expect(await violations(page), 'earlier version').toEqual([]);

  await page.goto(`./#/generators/${id}`);
  await expect(page.getByText('Trained on version 1 of 2.')).toBeVisible();
  await page.getByRole('button', { name: 'Train further' }).click();
  await expect(dialog.getByText('60 more than before')).toBeVisible();
  await dialog.getByRole('button', { name: 'Make the generator' }).click();
  await expect(page.getByText('Set up on version 2 of 2.')).toBeVisible();
  await page.getByLabel('Then generate rows and their report').uncheck();
  await page.getByRole('button', { name: 'Train further' }).click();
  await expect(page.getByText('Trained on version 2 of 2.')).toBeVisible();
  await expect(page.getByText('Went on from')).toBeVisible();
  expect(await violations(page), 'generator that went on').toEqual([]);

  await page.goto('./#/datasets');
  await page.getByRole('button', { name: 'New dataset' }).click();
  await page.getByLabel('Add a source').selectOption({ label: 'people.csv' });
  await expect(page.getByRole('link', { name: 'people.csv' })).toBeVisible();
  expect(await violationsInBoth(page), 'dataset').toEqual([]);
  await page.getByRole('link', { name: 'people.csv' }).click();
  await expect(page.getByRole('link', { name: 'New dataset' })).toBeVisible();
  expect(await violations(page, ['dark']), 'source with versions in the dark').toEqual([]);
});
