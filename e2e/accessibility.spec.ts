import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './app';
import { peopleTable } from './tables';

/** In the dark only colours are other than in the light. */
async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const axe = new AxeBuilder({ page });
    if (colorScheme === 'dark') axe.withRules(['color-contrast']);
    const { violations: list } = await axe.analyze();
    found.push(
      ...list.flatMap(({ id, nodes }) =>
        nodes.map(
          ({ html, failureSummary }) => `${colorScheme} ${id}: ${html.slice(0, 200)} ${failureSummary}`,
        ),
      ),
    );
  }
  return found;
}

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
  expect(await violations(page), 'home').toEqual([]);
  await page.goto('./#/privacy');
  await expect(page.getByText('This page was served with')).toBeVisible();
  expect(await violations(page), 'privacy').toEqual([]);
  await page.goto('./#/about');
  await page.getByText('comlink').click();
  expect(await violations(page), 'about').toEqual([]);
  await page.goto('./#/');

  await bringIn({ name: 'ragged.csv', content: 'a,b\n1,2\n3,4,5\n' });
  await source.openRejected();
  expect(await violations(page), 'source with rejected rows').toEqual([]);

  await home.drop({ name: 'nothing.csv', content: '' });
  await expect(page.getByRole('heading', { level: 1, name: /could not be read/ })).toBeVisible();
  expect(await violations(page), 'unreadable file').toEqual([]);

  await bringIn(peopleTable());
  expect(await violations(page), 'source').toEqual([]);
  await source.configure();
  await generator.isOpen();
  await expect(generator.button('Train')).toBeVisible();
  await page.getByText('Advanced').click();
  expect(await violations(page), 'generator, configured').toEqual([]);
  await generator.trainAlone();
  await expect(generator.button('Generate')).toBeVisible({ timeout: 60_000 });
  expect(await violations(page), 'generator, trained').toEqual([]);
  await generator.button('Generate').click();
  await dataset.isDone();
  expect(await violations(page), 'synthetic dataset').toEqual([]);
  await page.getByRole('button', { name: 'Save as recipe' }).click();
  await expect(page.getByRole('button', { name: 'Run the recipe' })).toBeEnabled();
  expect(await violations(page), 'recipe').toEqual([]);
  await page.goto('./#/recipes');
  await expect(page.getByRole('list', { name: 'Recipes' })).toBeVisible();
  expect(await violations(page), 'recipes').toEqual([]);
  await page.goBack();
  await page.goBack();
  await dataset.isDone();
  await dataset.openReport();
  await report.isOpen();
  expect(await violations(page), 'report').toEqual([]);

  // The four lists are one page over other resources; this one has every column.
  await page.goto('./#/generators?project=all');
  await expect(page.getByText(/^\d generators?$/)).toBeVisible();
  expect(await violations(page), 'list').toEqual([]);
  await page.goto('./#/sources');
  await page.getByRole('button', { name: 'Actions for people.csv' }).click();
  expect(await violations(page), 'menu of a resource').toEqual([]);
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await expect(page.getByRole('dialog', { name: 'Delete this source?' })).toBeVisible();
  expect(await violations(page), 'what a deletion takes').toEqual([]);
  await page.keyboard.press('Escape');
  await page.goto('./#/projects');
  await expect(page.getByText('You work here')).toBeVisible();
  expect(await violations(page), 'projects').toEqual([]);
});

test('jobs, settings and what opens above a page have no axe violation either', async ({
  page,
  home,
  source,
  generator,
}) => {
  test.slow();
  await page.goto('./#/jobs');
  await expect(page.getByText('Nothing has run yet')).toBeVisible();
  expect(await violations(page), 'no jobs').toEqual([]);
  await page.goto('./#/settings');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  expect(await violations(page), 'settings').toEqual([]);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await violations(page), 'shortcuts').toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: 'Commands' })).toBeFocused();
  expect(await violations(page), 'commands').toEqual([]);
  await page.keyboard.press('Escape');

  await home.drop(peopleTable(60), { name: 'nothing.csv', content: 'a' });
  await expect(page.getByRole('heading', { level: 1, name: '1 of 2 files were read' })).toBeVisible();
  expect(await violations(page), 'several files').toEqual([]);
  await home.drop(peopleTable(20_000));
  await source.shows('people.csv');
  await generator.openLarge();
  await generator.button('Train').click();
  await expect(page.getByText(/^Best: epoch/)).toBeVisible();
  await page.getByRole('button', { name: /under way/ }).click();
  await expect(page.getByRole('dialog', { name: 'Jobs under way' })).toBeVisible();
  expect(await violations(page), 'activity, training').toEqual([]);
  await page.keyboard.press('Escape');
  await page.goto('./#/jobs');
  await page.getByText(/^Log/).first().click();
  expect(await violations(page), 'jobs').toEqual([]);
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
