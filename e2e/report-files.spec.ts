import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, testOnOnePage as test } from './app';
import { peopleTable } from './tables';
import { violationsInBoth } from './violations';

test('a report is a file that opens from the disk, and its matrix leads to the maps of a pair', async ({
  page,
  home,
  source,
  dataset,
  report,
}) => {
  const table = peopleTable();
  await home.drop({ ...table, name: 'reported-people.csv' });
  await source.shows('reported-people.csv');
  await source.synthesize();
  await dataset.isDone();
  await dataset.openReport();
  await report.isOpen();

  const matrix = page.getByRole('region', { name: /^Matrix of pairs/ });
  await matrix.focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  const chosen = page.locator('#report-chosen-pair');
  await expect(chosen).toBeFocused();
  await expect(chosen.getByRole('img', { name: /^Shares of .* by .*: original, synthetic/ })).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'HTML', exact: true }).click();
  const saved = join(tmpdir(), `report-${process.pid}.html`);
  writeFileSync(saved, readFileSync(await (await download).path()));

  const verdict = await page.evaluate(async () => {
    const { reports } = window.doppelgrid;
    return (await reports.verdict(reports.list().at(-1)!.id)).title;
  });
  await expect(page.getByText(verdict).first()).toBeVisible();
  // A context of its own: nothing of the app is there.
  const context = await page.context().browser()!.newContext();
  const file = await context.newPage();
  const asked: string[] = [];
  const problems: string[] = [];
  file.on('request', (request) => asked.push(request.url()));
  file.on('console', (message) => problems.push(message.text()));
  await file.goto(pathToFileURL(saved).href);
  await expect(file.getByText(verdict, { exact: true })).toBeVisible();
  expect(asked).toEqual([pathToFileURL(saved).href]);
  expect(problems).toEqual([]);
  const background = await file.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(background).not.toBe('rgba(0, 0, 0, 0)');
  expect(await violationsInBoth(file)).toEqual([]);
  await context.close();
});
