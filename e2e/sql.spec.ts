import { readFileSync } from 'node:fs';
import { expect, testOnOnePage as test } from './app';
import { violationsInBoth } from './violations';

test('a query is written, refused, run, saved and made a source', async ({ page, bringIn }) => {
  await bringIn({ name: 'fruit.csv', content: 'Fruit "x",n\npear,1\nplum,2\nfig,3\npear,4\n' });
  await page.goto('./#/sql');
  const query = page.getByLabel('Query');
  const run = async (text: string) => {
    await query.fill(text);
    await query.press('Control+Enter');
  };
  await run('DROP TABLE fruit');
  await expect(page.getByRole('alert')).toContainText('only reads');
  await run('SELECT "Fruit ""x""" AS fruit, sum(n) AS total FROM fruit GROUP BY 1 ORDER BY 2 DESC LIMIT 2');
  await expect(page.getByRole('region', { name: 'Result', exact: true }).getByRole('status')).toContainText(
    '2 rows',
  );
  await expect(page.getByRole('cell', { name: 'pear' })).toBeVisible();
  expect(await violationsInBoth(page), 'SQL').toEqual([]);
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole('main').getByRole('button', { name: 'Download', exact: true }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  expect(readFileSync(await (await saved).path(), 'utf8')).toBe('fruit,total\r\npear,5\r\nfig,3\r\n');
  await run('SELECT count(*), sum(range) FROM range(100000000000)');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Run' })).toBeVisible();
  // One piece of this join takes hours: cancelling throws its engine away, and the tables are read into another.
  await run('SELECT count(*) FROM range(3000000) a, range(3000000) b WHERE sin(a.range + b.range) > 2');
  await page.waitForTimeout(1_000);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await run('SELECT * FROM fruit');
  await expect(page.getByRole('region', { name: 'Result', exact: true }).getByRole('status')).toContainText(
    '4 rows',
  );
  await page.getByRole('button', { name: 'Make a source of it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /query result/ })).toBeVisible();
});
