import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, testOnOnePage as test } from './app';
import { violationsInBoth } from './violations';

/**
 * No test can press the system's choosers of folders and files, so the browser's two functions that open them hand out what
 * lies in its own file system. These are handles of the same kind: all that is done with them is real.
 */
async function choosesFrom(page: Page, database: Buffer): Promise<void> {
  await page.evaluate(
    async ({ bytes }) => {
      const root = await navigator.storage.getDirectory();
      const person = await root.getDirectoryHandle('a person', { create: true });
      const write = async (folder: FileSystemDirectoryHandle, name: string, content: string | Uint8Array) => {
        const handle = await folder.getFileHandle(name, { create: true });
        const writable = await handle.createWritable();
        await writable.write(content as string);
        await writable.close();
        return handle;
      };
      const data = await person.getDirectoryHandle('Data', { create: true });
      const old = await data.getDirectoryHandle('2024', { create: true });
      const rows = Array.from({ length: 300 }, (_, i) => `${i % 7},${['pear', 'plum', 'fig'][i % 3]}`);
      await write(data, 'orchard.csv', `weight,fruit\n${rows.join('\n')}\n`);
      await write(data, 'notes.pdf', 'no table');
      await write(old, 'orchard.csv', `weight,fruit\n${rows.slice(0, 100).join('\n')}\n`);
      const shop = await write(
        person,
        'shop.sqlite',
        Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)),
      );
      Object.assign(window, {
        showDirectoryPicker: async () => data,
        showOpenFilePicker: async () => [shop],
      });
    },
    { bytes: database.toString('base64') },
  );
}

/** The text of a file in the folder. */
const textOf = (page: Page, name: string) =>
  page.evaluate(async (file) => {
    const root = await navigator.storage.getDirectory();
    const data = await (await root.getDirectoryHandle('a person')).getDirectoryHandle('Data');
    return (await (await data.getFileHandle(file)).getFile()).text();
  }, name);

test('a folder and a database are connected, read, queried and written to', async ({ page, home: _home }) => {
  test.slow();
  const shop = readFileSync('workers/database/formats/testing/files/shop.sqlite');
  await choosesFrom(page, shop);

  await test.step('a folder is chosen by keyboard alone', async () => {
    await page.goto('./#/connectors');
    await page.getByRole('button', { name: 'New connector' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'New connector' });
    await expect(dialog.getByRole('radio', { name: 'Folder' })).toBeChecked();
    await dialog.getByRole('button', { name: 'Choose the folder' }).press('Enter');
    await expect(dialog.getByLabel('Name')).toHaveValue('Data');
    expect(await violationsInBoth(page), 'new connector').toEqual([]);
    await dialog.getByLabel('Name').press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Data' })).toBeFocused();
    await page.getByRole('button', { name: 'Test the connection' }).press('Enter');
    await expect(page.getByText('The folder “Data” is open: 1 table file and 1 folder in it.')).toBeVisible();
  });

  await test.step('its files are looked into and become a source', async () => {
    await page.getByRole('button', { name: '2024' }).click();
    await expect(page.getByRole('navigation', { name: 'Folders above' })).toContainText('2024');
    await page
      .getByRole('navigation', { name: 'Folders above' })
      .getByRole('button', { name: 'Data' })
      .click();
    await page.getByRole('button', { name: 'orchard.csv' }).click();
    await expect(page.getByRole('list', { name: 'Columns of orchard.csv' })).toContainText('weightinteger');
    await page.getByRole('button', { name: 'Show rows' }).click();
    await expect(
      page.getByRole('region', { name: 'First rows of orchard.csv' }).getByRole('row'),
    ).toHaveCount(11);
    await page.getByRole('button', { name: 'Write a query' }).press('Enter');
    await expect(page.getByLabel('Query')).toBeFocused();
    await page.getByLabel('Query').fill('SELECT sum(a.weight) AS w FROM "orchard.csv" a');
    await page.getByLabel('Query').press('Control+Enter');
    await expect(page.getByRole('cell', { name: '897' })).toBeVisible();
    expect(await violationsInBoth(page), 'connector').toEqual([]);
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole('button', { name: 'Import as a source' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'orchard.csv' })).toBeVisible();
    await expect(page.getByText('Read through a connector')).toBeVisible();
  });

  await test.step('synthetic rows are written to it, and what is there is not lost', async () => {
    await page.evaluate(async () => {
      const { sources, generators, syntheticDatasets } = window.doppelgrid;
      const source = sources.list().find(({ name }) => name === 'orchard.csv');
      const { config } = generators.propose(source?.id ?? '');
      for (const table of config.tables)
        Object.assign(table.tabularModelConfiguration ?? {}, { maxEpochs: 1 });
      const { id } = await generators.train(generators.create(config).id);
      const rows = syntheticDatasets.propose(id);
      for (const table of rows.tables)
        Object.assign(table.configuration ?? {}, { sampleSize: 50, enableDataReport: false });
      await syntheticDatasets.generate(syntheticDatasets.create(rows).id);
    });
    await page.goto('./#/connectors');
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    const write = page.getByRole('region', { name: 'Write a synthetic dataset' });
    const lines = async (name: string) => (await textOf(page, name)).trim().split('\n').length;
    await write.getByLabel('File').fill('orchard.csv');
    await write.getByRole('button', { name: 'Write the rows' }).click();
    await expect(write.getByRole('alert')).toContainText('is there already, and nothing was changed');
    await write.getByLabel('If it is there already').selectOption({ label: 'Append to it' });
    await write.getByRole('button', { name: 'Write the rows' }).click();
    await expect(write.getByText('50 rows were written to orchard.csv')).toBeVisible();
    expect(await lines('orchard.csv')).toBe(351);
    await write.getByLabel('File').fill('made.csv');
    await write.getByRole('button', { name: 'Write the rows' }).click();
    await expect(page.getByRole('button', { name: /made.csv/ })).toBeVisible();
    expect(await lines('made.csv')).toBe(51);
  });

  await test.step('after a restart it is still there; its source takes the newer file from it', async () => {
    await page.evaluate(() => window.doppelgrid.workspace.flush());
    await page.reload();
    await page.getByRole('button', { name: /orchard.csv/ }).click();
    await page.getByRole('button', { name: /As a newer version of/ }).click();
    await expect(page.getByText('has been read, and waits')).toBeVisible();
    await page.getByRole('button', { name: 'Read again from Data' }).click();
    await expect(page.getByRole('dialog', { name: 'Version 2: what is different' })).toContainText('50');
    await page.getByRole('button', { name: 'Discard the file' }).click();
  });

  await test.step('a database: its tables, and rows as one more', async () => {
    await choosesFrom(page, shop);
    await page.goto('./#/connectors');
    await page.getByRole('button', { name: 'New connector' }).click();
    const dialog = page.getByRole('dialog', { name: 'New connector' });
    await dialog.getByText('SQLite database').click();
    await dialog.getByRole('button', { name: 'Choose the file' }).click();
    await dialog.getByRole('button', { name: 'Create the connector' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'shop.sqlite' })).toBeVisible();
    const write = page.getByRole('region', { name: 'Write a synthetic dataset' });
    await write.getByLabel('Table').fill('fruit');
    await write.getByRole('button', { name: 'Write the rows' }).click();
    await expect(page.getByRole('button', { name: /fruit.*50 rows/ })).toBeVisible();
    await page.getByLabel('Access').selectOption({ label: 'Only write (read-protected)' });
    await expect(page.locator('dl').getByText('Only write')).toBeVisible();
    await page.getByRole('button', { name: /fruit/ }).click();
    await expect(page.getByText('no row of it is shown or imported')).toBeVisible();
  });

  await test.step('deleting says what loses it', async () => {
    await page.goto('./#/connectors');
    expect(await violationsInBoth(page), 'connectors').toEqual([]);
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await page.getByRole('button', { name: 'Delete this connector' }).click();
    await expect(page.getByRole('dialog')).toContainText('It can no longer be read again from where it came');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Connectors' })).toBeVisible();
    expect(await textOf(page, 'made.csv')).toContain('fruit');
  });
});
