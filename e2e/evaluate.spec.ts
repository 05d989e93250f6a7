import { expect, testOnOnePage as test } from './app';
import { peopleTable } from './tables';
import { violationsInBoth } from './violations';

test('files made elsewhere are compared with an original: differences first, a report each, and side by side', async ({
  page,
  home: _,
}) => {
  const content = String(peopleTable(400).content);
  const [, ...rows] = content.trimEnd().split('\n');
  const file = (name: string, lines: readonly string[], head = 'age,city,income,senior,since') => ({
    ...{ name, mimeType: 'text/csv' },
    buffer: Buffer.from(`${head}\n${lines.join('\n')}\n`),
  });
  // By keyboard, from anywhere.
  await expect(page.getByRole('button', { name: 'Library' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('Evaluate files');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Evaluate' })).toBeVisible();
  await expect(page.getByText('A holdout cannot be split off afterwards')).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1280, height: 900 });

  const choose = async (label: string, ...files: ReturnType<typeof file>[]) => {
    await page.getByLabel(`${label}: file`).setInputFiles(files);
    await expect(page.getByRole('progressbar')).toHaveCount(0);
  };
  await choose('Choose the original', file('eval-original.csv', rows.slice(0, 150)));
  await expect(page.getByLabel('Source of the original').locator('option:checked')).toContainText(
    'eval-original.csv',
  );
  await choose('Choose the holdout', file('eval-holdout.csv', rows.slice(150, 300)));
  const renamed = rows
    .slice(300)
    .map((line) => line.replace(/,(true|false),/, (_all, word) => `,${Number(word === 'true')},`));
  await choose(
    'Choose synthetic files',
    file('eval-copies.csv', rows.slice(0, 150)),
    file('eval-fresh.csv', renamed, 'Age,city,income,senior,since'),
  );
  const differences = page.getByRole('region', { name: 'How the files differ' });
  await expect(differences).toContainText('“Age” of eval-fresh.csv is taken for “age” of the original.');
  await expect(differences).toContainText('“senior” is whole numbers in eval-fresh.csv and true or false');
  expect(await violationsInBoth(page)).toEqual([]);

  await page.getByRole('button', { name: 'Compare 2 files' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Side by side' })).toBeVisible();
  const copies = page.getByRole('row', { name: /^DCR share/ });
  await expect(copies).toContainText('100.0 %');
  await expect(page.getByRole('row', { name: /^Verdict on privacy/ })).toContainText('attention');
  expect(await violationsInBoth(page)).toEqual([]);

  await page.getByRole('link', { name: 'eval-copies.csv' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'eval-copies.csv' })).toBeVisible();
  await expect(page.getByText(/^Attention:/).first()).toBeVisible();
  const dossier = page.getByRole('region', { name: 'Dossier', exact: true });
  await expect(dossier).toContainText('Regurgitation of training data');
  await expect(dossier).toContainText(/SHA-256 [0-9a-f]{64}/);
  await expect(dossier).toContainText('no proof of anonymity');
  expect(await violationsInBoth(page)).toEqual([]);
});
