import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ROOT } from '../scripts/lib/paths';
import { expect, testOnOnePage as test } from './app';
import { peopleTable } from './tables';
import { violations } from './violations';

test('a demo table is one click away', async ({ home, source }) => {
  await home.openDemo('Palmer penguins');
  await source.shows('penguins.csv');
  await expect(source.fact('Rows')).toHaveText('344');
  await expect(source.profile('Species')).toContainText('Adelie');
});

test('rows are pasted from a spreadsheet', async ({ home, source }) => {
  await home.paste('name\tage\nAda\t36\nGrace\t45\n');
  await source.shows('pasted.csv');
  await expect(source.fact('Rows')).toHaveText('2');
  await expect(source.profile('age')).toContainText('integer');
  await expect(source.rows).toContainText('Grace');
});

test('a file is chosen, a compressed one dropped', async ({ home, source }) => {
  const { name, content } = peopleTable(40);
  await home.choose({ name, content });
  await source.shows('people.csv');
  await expect(source.fact('Rows')).toHaveText('40');
  await home.drop({ name: 'people.csv.gz', content: gzipSync(content) });
  await source.shows('people.csv.gz');
  await expect(source.fact('Rows')).toHaveText('40');
});

test('a workbook is dropped, and another of its sheets chosen', async ({ page, home, source }) => {
  const book = `${ROOT}workers/database/formats/testing/files/book.xlsx`;
  await home.drop({ name: 'book.xlsx', content: readFileSync(book) });
  await source.shows('book.xlsx');
  await expect(source.fact('Rows')).toHaveText('12');
  await expect(source.rows).toContainText('Łukasz');
  await page.getByRole('combobox', { name: 'Sheet' }).selectOption('Groups');
  await expect(source.rows).toContainText('city 9');
});

test('a database is read by SQLite from our own origin', async ({ home, source }) => {
  const shop = `${ROOT}workers/database/formats/testing/files/shop.sqlite`;
  await home.drop({ name: 'shop.db', content: readFileSync(shop) });
  await source.shows('shop.db');
  await expect(source.profile('made')).toContainText('datetime');
});

test('a DuckDB database is read in an engine of its own, and what its views name is not fetched', async ({
  page,
  home,
  source,
}) => {
  const open = (name: string) =>
    gunzipSync(readFileSync(`${ROOT}workers/database/formats/testing/files/${name}.duckdb.gz`));
  const asked: string[] = [];
  page.context().on('request', (request) => asked.push(request.url()));
  await home.drop({ name: 'duck-shop.db', content: open('shop') });
  await source.shows('duck-shop.db');
  await page.getByRole('combobox', { name: 'Table' }).selectOption('orders');
  await expect(source.fact('Rows')).toHaveText('10');
  await expect(source.profile('made')).toContainText('datetime');
  await page.goto('./#/');
  await home.drop({ name: 'duck-spies.duckdb', content: open('spies') });
  await source.shows('duck-spies.duckdb');
  await page.getByRole('combobox', { name: 'Table' }).selectOption('spy_http');
  await expect(page.getByText(/reads what lies outside the database/)).toBeVisible();
  expect(asked.filter((url) => /people|example|wal|extensions\./.test(url))).toEqual([]);
});

test('files dropped together give a source each, named, with the way to it', async ({
  page,
  home,
  source,
}) => {
  await home.drop(
    { ...peopleTable(40), name: 'first.csv' },
    { name: 'empty.csv', content: 'a' },
    { ...peopleTable(50), name: 'second.csv' },
  );
  await page.getByRole('button', { name: 'Read as 3 sources' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '2 of 3 files were read' })).toBeVisible();
  const files = page.getByRole('list', { name: 'Files' }).getByRole('listitem');
  await expect(files).toContainText([/first\.csv.*40 rows/, /empty\.csv.*no rows/, /second\.csv.*50 rows/]);
  await files.getByRole('link', { name: 'first.csv' }).click();
  await source.shows('first.csv');
  await page.goBack();
  await files.getByRole('link', { name: 'second.csv' }).click();
  await source.shows('second.csv');
  await page.goto('./#/');
  await expect(home.listed('Sources').getByRole('link', { name: 'second.csv' })).toBeVisible();
});

test('files dropped together are one table, with what differs by file', async ({ page, home, source }) => {
  const rows = (from: number, row: (i: number) => string) =>
    Array.from({ length: 30 }, (_, i) => `${row(from + i)}\n`).join('');
  await home.drop(
    { name: 'trips-10.csv', content: `city,trip,km\n${rows(60, (i) => `Oslo,${i},${i / 4}`)}` },
    { name: 'trips-2.csv', content: `trip,city\n${rows(0, (i) => `${i},Graz`)}` },
    { name: 'trips-3.csv', content: `trip,city\n${rows(30, (i) => `${i},Bonn`)}7,8,9,9\n` },
  );
  const files = page.getByRole('region', { name: 'The files' });
  await expect(files.getByRole('row').nth(2)).toContainText('without km');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Read as one table' }).click();
  await source.shows('trips.zip');
  await expect(source.fact('Rows')).toHaveText('90');
  await expect(source.fact('Rejected rows')).toHaveText('1');
  await expect(page.getByText('“km” is in trips-10.csv alone, and empty in the others.')).toBeVisible();
  await page.getByText('Rows of each of 3 files').click();
  const parts = page.getByRole('region', { name: 'Files of the table' }).getByRole('row');
  await expect(parts).toContainText([
    /File/,
    /trips-2\.csv\s*30/,
    /trips-3\.csv\s*30\s*1/,
    /trips-10\.csv\s*30/,
  ]);
  await source.openRejected();
  await expect(source.rejected.getByRole('row').nth(1)).toContainText('trips-3.csv: Line 32');
  await page.getByRole('combobox', { name: 'File in the archive' }).selectOption('trips-2.csv');
  await expect(source.fact('Rows')).toHaveText('30');
  await page.getByRole('combobox', { name: 'File in the archive' }).selectOption({ index: 0 });
  await expect(source.fact('Rows')).toHaveText('90');
});

test('a new visitor sees the demo tables without scrolling', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('./#/');
  for (const title of ['Bird strikes', 'Palmer penguins', 'Seattle weather']) {
    await expect(page.getByRole('button', { name: title })).toBeInViewport({ ratio: 1 });
  }
});

test('rejected rows are counted and listed, the rest is there', async ({ home, source }) => {
  await home.drop({ name: 'ragged.csv', content: 'a,b\n1,2\n3,4,5,6\n7,8\n' });
  await source.shows('ragged.csv');
  await expect(source.fact('Rows')).toHaveText('2');
  await expect(source.fact('Rejected rows')).toHaveText('1');
  await source.openRejected();
  const row = source.rejected.getByRole('row').nth(1);
  await expect(row.getByRole('rowheader')).toHaveText('Line 3');
  await expect(row).toContainText('3,4,5,6');
});

test('of two tables in a file one is read, and the other a click away', async ({ page, home, source }) => {
  const gifts = `Gifts,,\nname,gift,\n${'Ann,pen,\n'.repeat(4)}`;
  await home.drop({
    name: 'two.csv',
    content: `${gifts}Travel,,\nname,to,days\n${'Bob,Oslo,3\n'.repeat(9)}`,
  });
  await source.shows('two.csv');
  await expect(source.fact('Rows')).toHaveText('9');
  await expect(page.getByRole('region', { name: 'How it was read' })).toContainText('names in line 8');
  await page.getByRole('button', { name: 'comma', exact: true }).click();
  await expect(page.getByLabel('Separator', { exact: true })).toBeFocused();
  await page.getByRole('button', { name: 'Read lines 2–6' }).click();
  await expect(source.fact('Rows')).toHaveText('4');
});

test('an unreadable file says what was expected and keeps the table before it', async ({
  page,
  home,
  source,
}) => {
  await home.drop({ ...peopleTable(40), name: 'kept.csv' });
  await source.shows('kept.csv');
  await home.drop({
    name: 'picture.png',
    content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]),
  });
  await expect(page.getByRole('heading', { level: 1, name: 'picture.png could not be read' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('picture.png');
  await page.getByRole('link', { name: 'Back to the start' }).click();
  await expect(home.listed('Sources').filter({ hasText: 'picture' })).toHaveCount(0);
  await home.listed('Sources').getByRole('link', { name: 'kept.csv' }).click();
  await source.shows('kept.csv');
  await expect(source.fact('Rows')).toHaveText('40');
});

test('another separator reads the same file again', async ({ page, home, source }) => {
  await home.drop({ name: 'prices.csv', content: 'item;price\nbread;1,50\nmilk;0,99\n' });
  await source.shows('prices.csv');
  await expect(source.profile('price')).toContainText('float');
  await page.getByLabel('Decimal sign').selectOption('.');
  await expect(page.getByRole('region', { name: 'Preview with these settings' })).toContainText('1,50');
  await page.getByRole('button', { name: 'Read again' }).click();
  await expect(source.profile('price')).toContainText('text');
  await expect(source.fact('Rows')).toHaveText('2');
});
