import { unzipSync } from 'fflate';
import { expect, test } from './app';
import { membersTable } from './tables';
import { violations } from './violations';

test('a table comes back as CSV like its own file, sorted like it, and as Excel', async ({
  page,
  home,
  source,
  dataset,
}) => {
  await home.drop(membersTable());
  await source.shows('members.csv');
  await source.synthesize();
  await dataset.isDone();

  await expect(page.getByText(/^Semicolons, decimal comma, Windows-1252, CRLF;/)).toBeVisible();
  const original = new TextDecoder('windows-1252').decode((await dataset.download('CSV')).bytes);
  const lines = original.split('\r\n');
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([242, 'Beginn;Stadt;Gebühr', '']);
  for (const line of lines.slice(1, -1)) {
    expect(line).toMatch(/^[1-3]?\d\.1?\d\.20\d\d;(Köln|Würzburg|Berlin);(\?|\d\d,\d\d)$/);
  }
  await page.getByLabel('CSV is written').selectOption({ label: 'Standard CSV' });
  await page.getByRole('switch', { name: 'Sort by Beginn as the original' }).click();
  const standard = new TextDecoder().decode((await dataset.download('CSV')).bytes);
  const days = standard
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(',')[0]!);
  expect(days).toEqual([...days].sort());
  expect(standard).toMatch(/^Beginn,Stadt,Gebühr\r\n20\d\d-\d\d-\d\d,/);
  expect(standard).not.toContain('?');

  expect(await violations(page)).toEqual([]);
  const menu = page.getByRole('button', { name: 'More formats' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: /Excel/ })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const waiting = page.waitForEvent('download');
  await page.keyboard.press('e');
  await expect(page.getByRole('menuitem', { name: /Excel/ })).toBeFocused();
  await page.keyboard.press('Enter');
  const download = await waiting;
  expect(download.suggestedFilename()).toBe('members-synthetic.xlsx');
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const sheet = unzipSync(new Uint8Array(Buffer.concat(chunks)))['xl/worksheets/sheet1.xml'];
  expect(new TextDecoder().decode(sheet).match(/<row /g)).toHaveLength(241);
});
