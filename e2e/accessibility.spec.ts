import { expect, testOnOnePage as test } from './app';
import { messyTable, peopleTable, wideTable } from './tables';
import { violationsInBoth } from './violations';

test('no page has an axe violation, in light and dark', async ({
  page,
  home,
  bringIn,
  source,
  generator,
  dataset,
  report,
}) => {
  test.slow();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await violationsInBoth(page), 'home').toEqual([]);
  await page.goto('./#/privacy');
  await expect(page.getByText('This page was served with')).toBeVisible();
  expect(await violationsInBoth(page), 'privacy').toEqual([]);
  await page.goto('./#/about');
  await page.getByText('comlink').click();
  expect(await violationsInBoth(page), 'about').toEqual([]);
  await page.goto('./#/');

  await bringIn({ name: 'ragged.csv', content: 'a,b\n1,2\n3,4,5,6\n7,8\n' });
  await source.openRejected();
  expect(await violationsInBoth(page), 'source with rejected rows').toEqual([]);

  await home.drop({ name: 'nothing.csv', content: '' });
  await expect(page.getByRole('heading', { level: 1, name: /could not be read/ })).toBeVisible();
  expect(await violationsInBoth(page), 'unreadable file').toEqual([]);

  await bringIn(peopleTable());
  expect(await violationsInBoth(page), 'source').toEqual([]);
  await source.configure();
  await generator.isOpen();
  await expect(generator.button('Train')).toBeVisible();
  await page.getByText('Advanced').click();
  expect(await violationsInBoth(page), 'generator, configured').toEqual([]);
  await generator.trainAlone();
  await expect(generator.button('Generate')).toBeVisible({ timeout: 60_000 });
  expect(await violationsInBoth(page), 'generator, trained').toEqual([]);
  await generator.button('Generate').click();
  await dataset.isDone();
  expect(await violationsInBoth(page), 'synthetic dataset').toEqual([]);
  await page.getByRole('button', { name: 'Save as recipe' }).click();
  await expect(page.getByRole('button', { name: 'Run the recipe' })).toBeEnabled();
  expect(await violationsInBoth(page), 'recipe').toEqual([]);
  await page.goto('./#/recipes');
  await expect(page.getByRole('region', { name: 'Recipes' })).toBeVisible();
  expect(await violationsInBoth(page), 'recipes').toEqual([]);
  await page.goBack();
  await page.goBack();
  await dataset.isDone();
  await dataset.openReport();
  await report.isOpen();
  expect(await violationsInBoth(page), 'report').toEqual([]);

  // All lists are one page over other resources; this one has most columns.
  await page.goto('./#/generators?project=all');
  await expect(page.getByText(/^\d generators?$/)).toBeVisible();
  expect(await violationsInBoth(page), 'list').toEqual([]);
  await page.goto('./#/sources');
  await page.getByRole('button', { name: 'Actions for people.csv' }).click();
  expect(await violationsInBoth(page), 'menu of a resource').toEqual([]);
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await expect(page.getByRole('dialog', { name: 'Delete this source?' })).toBeVisible();
  expect(await violationsInBoth(page), 'what a deletion takes').toEqual([]);
  await page.keyboard.press('Escape');
  await page.goto('./#/projects');
  await expect(page.getByText('You work here')).toBeVisible();
  expect(await violationsInBoth(page), 'projects').toEqual([]);
});

test('what was read of a messy file, and many columns, have no axe violation', async ({
  page,
  bringIn,
  source,
  generator,
}) => {
  test.slow();
  // Messy text, on a phone: what was decided, unfolded, and columns as cards.
  await bringIn(messyTable());
  await page.setViewportSize({ width: 390, height: 844 });
  for (const line of [/columns? (was|were) converted/, /are no rows/, /are not learned|is not learned/]) {
    await page.getByText(line).first().click();
  }
  await expect(page.getByRole('button', { name: 'Undo: paid' })).toBeVisible();
  expect(await violationsInBoth(page), 'source of a messy file').toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });

  await bringIn({ name: 'wide.csv', content: wideTable(60, 200) });
  await source.configure();
  await generator.isOpen();
  await page.getByLabel('Search columns').fill('c2');
  await page.getByRole('button', { name: /^Select all/ }).click();
  expect(await violationsInBoth(page), 'many columns').toEqual([]);
});

test('settings and what opens above a page have no axe violation either', async ({ page, home }) => {
  test.slow();
  await page.goto('./#/settings');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  expect(await violationsInBoth(page), 'settings').toEqual([]);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await violationsInBoth(page), 'shortcuts').toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: 'Commands' })).toBeFocused();
  expect(await violationsInBoth(page), 'commands').toEqual([]);
  await page.keyboard.press('Escape');

  await home.drop(peopleTable(60), { name: 'nothing.csv', content: 'a' });
  await page.getByRole('button', { name: 'Read as 2 sources' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '1 of 2 files were read' })).toBeVisible();
  expect(await violationsInBoth(page), 'several files').toEqual([]);
});

test('the whole job goes by keyboard', async ({ page, home, source, dataset }) => {
  await home.drop(peopleTable(60));
  await source.shows('people.csv');
  const button = page.getByRole('button', { name: 'Synthesize', exact: true });
  for (
    let press = 0;
    press < 30 && !(await button.evaluate((node) => node === document.activeElement));
    press++
  ) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await dataset.isDone();
});
