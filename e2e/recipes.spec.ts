import { expect, test } from './app';
import { peopleTable } from './tables';

test('a run becomes a recipe, which runs on another file after its differences were listed', async ({
  page,
  home,
  dataset,
}) => {
  const made = await page.evaluate(async (text) => {
    const { sources, generators, syntheticDatasets } = window.doppelgrid;
    const source = await sources.create({ name: 'people.csv', text });
    const { config } = generators.propose(source.id);
    Object.assign(config.tables[0]!.tabularModelConfiguration, { maxEpochs: 2, privacyGuard: false });
    const { id } = await generators.train(generators.create(config).id);
    return (await syntheticDatasets.generate(syntheticDatasets.create(syntheticDatasets.propose(id)).id)).id;
  }, String(peopleTable().content));
  await page.goto(`./#/synthetic-datasets/${made}`);
  await page.getByRole('button', { name: 'Save as recipe' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'people' })).toBeVisible();
  await page.getByLabel('Accuracy at least').fill('0.3');
  await page.getByLabel('DCR share at most').fill('0');
  await page.getByRole('button', { name: 'Save as version 2' }).click();
  await expect(page.getByText('Version 2, saved')).toBeVisible();

  const { content } = peopleTable(120);
  const june = String(content).replace('age,city', 'Age,town');
  await page
    .getByLabel('Read another file: file')
    .setInputFiles({ name: 'june.csv', mimeType: 'text/csv', buffer: Buffer.from(june) });
  await expect(page.getByRole('region', { name: 'Differences' }).getByRole('listitem')).toHaveText([
    '“Age” is taken for “age” of the recipe.',
    'The file has no column “city”. The synthetic rows are without it.',
    '“town” is not in the recipe. It is left out of training and synthetic rows.',
  ]);
  await page.getByRole('button', { name: 'Run the recipe' }).click();
  await dataset.isDone();
  const checks = page.getByRole('region', { name: 'Checks' });
  await expect(checks).toContainText('1 of 2 checks missed');
  await expect(checks.getByRole('listitem')).toContainText([
    /at least 30 % .*passed/,
    /at most 0 % .*missed/,
  ]);

  const file = await page.evaluate(() => {
    const { recipes } = window.doppelgrid;
    return recipes.export(recipes.list()[0]!.id).text();
  });
  // Cities, incomes and dates; small numbers and booleans are settings, too.
  const cells = String(peopleTable().content).split(/[\n,]/).slice(5);
  const telling = cells.filter((cell) => cell.length > 4 && !/^(true|false)$/.test(cell));
  expect(telling.length).toBeGreaterThan(500);
  expect(telling.filter((cell) => file.includes(cell))).toEqual([]);
  await home.drop({ name: 'people-recipe.json', content: file.replace('"people"', '"Monthly people"') });
  await expect(page.getByRole('heading', { level: 1, name: 'Monthly people' })).toBeVisible();
  await page.goto('./#/recipes');
  await expect(page.getByRole('rowheader')).toHaveCount(2);
});
