import { expect, test, testOnOnePage } from './app';
import { peopleTable } from './tables';
import { violations } from './violations';

test('a source is renamed and described by keyboard, taken back, duplicated, and stays so', async ({
  page,
  bringIn,
}) => {
  await bringIn(peopleTable(60));
  await page.getByRole('button', { name: 'Edit the name' }).press('Enter');
  const name = page.getByLabel('Name', { exact: true });
  await expect(name).toBeFocused();
  await page.keyboard.type('Customers');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'people.csv' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit the name' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Customers');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
  await expect(page).toHaveTitle('Customers – Doppelgrid');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'people.csv' })).toBeVisible();

  await page.getByRole('button', { name: 'Add a description' }).click();
  await page.keyboard.type('Everybody who bought');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('in spring.');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Everybody who bought')).toBeVisible();
  await expect(page.getByText(/^Created /)).toBeVisible();
  await page.getByRole('button', { name: 'Duplicate this source' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Copy of people.csv' })).toBeVisible();
  await expect(page.getByRole('grid').or(page.getByRole('table')).first()).toBeVisible();
  await page.evaluate(() => window.doppelgrid.workspace.flush());
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Copy of people.csv' })).toBeVisible();
  await expect(page.getByText('Everybody who bought')).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

testOnOnePage(
  'a trained generator and its rows are renamed and duplicated with model and rows',
  async ({ page, configure, generator }) => {
    await configure(peopleTable(120));
    await generator.openQuick();
    // By script: the button goes on to rows.
    await page.evaluate(() => {
      const { generators } = window.doppelgrid;
      return generators.train(generators.list().at(-1)!.id).then(() => undefined);
    });
    await expect(page.getByRole('button', { name: 'Export generator' })).toBeVisible();
    await page.getByRole('button', { name: 'Edit the name' }).click();
    await page.keyboard.type('Kept');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Duplicate this generator' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Copy of Kept' })).toBeVisible();
    await generator.button('Generate').click();
    await expect(
      page
        .getByRole('button', { name: 'Open the report' })
        .or(page.getByRole('link', { name: 'Open the report' })),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Duplicate this synthetic dataset' }).click();
    await expect(page.getByRole('heading', { level: 1, name: /^Copy of / })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Download Parquet' })).toBeEnabled();
    await page.getByRole('link', { name: 'Open the report' }).click();
    await expect(page).toHaveURL(/#\/reports\//);
  },
);
