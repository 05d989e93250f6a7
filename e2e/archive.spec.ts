import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { unzipSync, zipSync } from 'fflate';
import { expect, testOnOnePage as test } from './app';
import { HomePage } from './pages/home-page';
import { peopleTable } from './tables';
import { violations } from './violations';

/** Values of one or two rows, of a text among numbers, and extremes. */
const nameOf = (row: number) => `Quixmarker ${1000 + 7 * row}x`;
const NAMES = Array.from({ length: 300 }, (_, row) => nameOf(row).toLowerCase());
const MARKERS = [...NAMES, 'marker.example', 'markerville', '987654321', 'markertext'];

function markedTable() {
  const cities = ['Bath', 'Leeds', 'York', 'Ely'];
  const rows = Array.from({ length: 300 }, (_, row) => {
    const city = row < 2 ? 'Markerville' : cities[(row * 7) % 4];
    const salary = row === 4 ? '987654321' : row === 8 ? 'markertext' : String(20_000 + ((row * 37) % 900));
    return `${nameOf(row)},q${row}@marker.example,${city},${salary}`;
  });
  return { name: 'people.csv', content: `name,email,city,salary\n${rows.join('\n')}\n` };
}

async function exportGenerator(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export generator' }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('a generator is exported without a value that protection hides, and works in a browser without its source', async ({
  configure,
  generator,
  page,
  browser,
  baseURL,
}) => {
  await configure(markedTable());
  await generator.openQuick();
  // By script: the button goes on to rows.
  await page.evaluate(() => {
    const { generators } = window.doppelgrid;
    return generators.train(generators.list().at(-1)!.id).then(() => undefined);
  });
  const { name, bytes } = await exportGenerator(page);
  expect(name).toBe('people-generator.zip');
  const parts = unzipSync(bytes);
  const texts = Object.entries(parts).map(([path, part]) => path + new TextDecoder('latin1').decode(part));
  const all = [...texts, bytes.toString('latin1')].join('\n').toLowerCase();
  expect(all).toContain('leeds');
  expect(MARKERS.filter((marker) => all.includes(marker))).toEqual([]);
  const key = await page.evaluate(() => {
    const { generators } = window.doppelgrid;
    return generators.protectionKey(generators.list().at(-1)!.id);
  });
  expect(all).not.toContain(key);
  expect(await violations(page)).toEqual([]);

  const elsewhere = await browser.newContext({ baseURL: baseURL! });
  const other = await elsewhere.newPage();
  await other.goto('./#/');
  await new HomePage(other).drop({ name, content: bytes });
  await expect(other).toHaveURL(/#\/generators\//);
  await expect(other.getByText('Imported from people-generator.zip')).toBeVisible();
  await expect(other.getByText('Its source people.csv is not here')).toBeVisible();
  expect(await violations(other)).toEqual([]);
  await other.getByRole('button', { name: 'Generate', exact: true }).click();
  await expect(other.getByText('These rows are compared with nothing')).toBeVisible();
  await expect(other.getByRole('button', { name: 'Download Parquet' })).toBeEnabled();
  const rows = await other.evaluate(async () => {
    const { generators, probes } = window.doppelgrid;
    return (await probes.create(generators.list()[0]!.id, { rows: 4 })).rows.length;
  });
  expect(rows).toBe(4);
  // Kept like any other; chosen by a button, too.
  await other.reload();
  await other.goto('./#/');
  const chooser = other.waitForEvent('filechooser');
  await other.getByRole('button', { name: 'Import a generator or project', exact: true }).click();
  await (await chooser).setFiles({ name, mimeType: 'application/zip', buffer: bytes });
  await expect(other.getByText('Imported from people-generator.zip')).toBeVisible();
  expect(await other.evaluate(() => window.doppelgrid.generators.list().length)).toBe(2);
  await elsewhere.close();
});

test('an archive that was changed is refused with a sentence, and so is a ZIP of neither generator nor table', async ({
  page,
  home,
  source,
}) => {
  const count = () => page.evaluate(() => window.doppelgrid.generators.list().length);
  const before = await count();
  const changed = zipSync({ 'manifest.json': new TextEncoder().encode('{"format":"other"}') });
  await home.drop({ name: 'x.zip', content: Buffer.from(changed) });
  await expect(page.getByText('“x.zip” holds no generator, but “other”')).toBeVisible();
  const table = zipSync({ 'people.csv': new TextEncoder().encode('a,b\n1,2\n') });
  await home.drop({ name: 'tables.zip', content: Buffer.from(table) });
  await source.shows('tables.zip');
  await page.goto('./#/');
  const nothing = zipSync({ 'photo.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0) });
  await home.drop({ name: 'beside.zip', content: Buffer.from(nothing) }, peopleTable(40));
  await page.getByRole('button', { name: 'Read as 2 sources' }).click();
  await expect(page.getByText(/^“beside.zip” .*PNG/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'people.csv' })).toBeVisible();
  expect(await count()).toBe(before);
});

test('a configuration is copied, dropped, and used on another source', async ({
  configure,
  page,
  context,
  home,
  source,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await configure(peopleTable(60));
  await page.getByLabel('Name of the generator').fill('Settings to keep');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Copy configuration' }).click();
  await expect(page.getByText('The configuration was copied')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(copied).generator.name).toBe('Settings to keep');
  await home.drop({ ...peopleTable(80), name: 'later.csv' });
  await source.shows('later.csv');
  await home.drop({ name: 'config.json', content: copied });
  const dialog = page.getByRole('dialog', { name: 'Use this configuration' });
  await expect(dialog.getByLabel('Source')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await dialog.getByLabel('Source').selectOption({ label: 'later.csv' });
  await dialog.getByRole('button', { name: 'Create the generator' }).click();
  await expect(page.getByLabel('Name of the generator')).toHaveValue('Settings to keep');
  await home.drop({ name: 'broken.json', content: '{"generator": {"name": ""}}' });
  await expect(page.getByText('The configuration file is not valid at generator.name')).toBeVisible();
});
