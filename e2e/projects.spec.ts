import { readFile } from 'node:fs/promises';
import { expect, test } from './app';
import { peopleTable } from './tables';

test('work is kept in projects, found in lists, and goes to another browser as one file', async ({
  page,
  home,
  source,
  bringIn,
  browser,
  baseURL,
}) => {
  await bringIn({ ...peopleTable(40), name: 'first.csv' });
  // By keyboard, once the page that has opened has taken the focus: the menu of projects.
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.getByRole('button', { name: 'Project: My project' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'New project…' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'New project' }).getByLabel('Name').fill('Census');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Project: Census' })).toBeVisible();
  await home.drop({ ...peopleTable(50), name: 'second.csv' });
  await source.shows('second.csv');

  // What is made here goes along, and is named by what it came with.
  await page.evaluate(() => {
    const { datasets, sources } = window.doppelgrid;
    datasets.create({ name: 'Rounds', sourceIds: sources.list({ project: 'current' }).map(({ id }) => id) });
  });
  await page.getByRole('button', { name: 'Library' }).click();
  await page.getByRole('menuitem', { name: 'Sources', exact: true }).click();
  await expect(page.getByRole('rowheader')).toHaveText([/second\.csv/]);
  await page.getByLabel('Project', { exact: true }).selectOption({ label: 'All projects' });
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await expect(page.getByRole('rowheader')).toHaveText([/first\.csv/, /second\.csv/]);
  await expect(page).toHaveURL(/#\/sources\?project=all&sort=name$/);
  // The address is the view: after a reload, and a step back.
  await page.reload();
  await expect(page.getByRole('rowheader')).toHaveText([/first\.csv/, /second\.csv/]);
  await page.goBack();
  await page.goBack();
  await expect(page.getByRole('rowheader')).toHaveText([/second\.csv/]);

  await page.goto('./#/projects');
  await page.getByRole('button', { name: 'Actions for Census' }).click();
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export “Census”' });
  await expect(dialog).toContainText('the original rows of its sources');
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('Census-project.zip');
  const buffer = await readFile(await download.path());

  await page.getByRole('button', { name: 'Actions for Census' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const question = page.getByRole('dialog', { name: 'Delete the project “Census”?' });
  await expect(question).toContainText('1 source: second.csv');
  await expect(question).toContainText('1 dataset: Rounds');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('button', { name: 'Project: My project' })).toBeVisible();

  const elsewhere = await browser.newContext({ baseURL: baseURL! });
  const other = await elsewhere.newPage();
  await other.goto('./#/projects');
  const chooser = other.waitForEvent('filechooser');
  await other.getByRole('button', { name: 'Import a project', exact: true }).click();
  await (await chooser).setFiles({ name: 'Census-project.zip', mimeType: 'application/zip', buffer });
  await expect(other.getByRole('button', { name: 'Project: Census' })).toBeVisible();
  await other.goto('./#/datasets');
  await other.getByRole('link', { name: 'Rounds' }).click();
  await other.getByRole('link', { name: 'second.csv' }).click();
  await expect(other.getByRole('heading', { level: 1, name: 'second.csv' })).toBeVisible();
  // Its rows are read from the file that came with it.
  const rows = await other.evaluate(async () => {
    const { sources } = window.doppelgrid;
    return (await sources.preview(sources.list()[0]!.id, 0, 3)).rows.length;
  });
  expect(rows).toBe(3);
  await elsewhere.close();
});
