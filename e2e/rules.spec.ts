import { expect, testOnOnePage as test } from './app';
import { readParquetFile } from './read-parquet';
import { ordersTable } from './tables';
import { violations } from './violations';

test('rules are found, switched, added, kept and reported', async ({
  page,
  configure,
  generator,
  dataset,
  report,
}) => {
  test.slow();
  const table = ordersTable();
  await configure(table);

  await test.step('before the training: with counts, each with a switch', async () => {
    const dependency = generator.rule(/^city decides region/);
    await expect(dependency).toContainText('all 320 rows');
    await expect(generator.rule(/ordered is before delivered/)).toContainText('Kept');
    await expect(generator.rule(/(gross|net|tax) = /)).toContainText('Computed column');
    await dependency.getByRole('switch').click();
    await expect(dependency).toContainText('Switched off');
    expect(await violations(page)).toEqual([]);
  });

  await test.step('rules are added by hand, and checked against the rows', async () => {
    const dialog = page.getByRole('dialog', { name: 'Add a rule' });
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await dialog.getByLabel('Kind of rule').selectOption('range');
    await dialog.getByRole('button', { name: 'Check and add' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Choose a column.');
    await dialog.getByLabel('Column', { exact: true }).selectOption('city');
    await dialog.getByLabel('Lower bound').fill('5');
    await dialog.getByRole('button', { name: 'Check and add' }).click();
    await expect(dialog.getByRole('alert')).toContainText('holds no numbers or dates');
    await dialog.getByLabel('Column', { exact: true }).selectOption('net');
    await dialog.getByLabel('Lower bound').fill('10');
    await expect(dialog).toContainText('net is at least 10');
    expect(await violations(page, ['light'], 'dialog')).toEqual([]);
    await dialog.getByRole('button', { name: 'Check and add' }).click();
    await expect(generator.rule(/^net is at least 10/)).toContainText('all 320 rows');

    await page.getByRole('button', { name: 'Add a rule' }).click();
    await dialog.getByLabel('Kind of rule').selectOption('inequality');
    await dialog.getByLabel('Low or early column').selectOption('tax');
    await dialog.getByLabel('High or late column').selectOption('net');
    await dialog.getByRole('button', { name: 'Check and add' }).click();
    await expect(generator.rule(/^tax ≤ net/)).toContainText(/of 320 rows.*Holds in part/);
  });

  await test.step('after the training: with what became of them', async () => {
    await generator.trainAlone();
    await expect(generator.button('Generate')).toBeVisible({ timeout: 60_000 });
    await expect(generator.rule(/^city decides region/)).toContainText('Switched off');
    await expect(generator.rule(/ordered is before delivered/)).toContainText('Kept');
    await expect(generator.rule(/^net is at least 10/)).toContainText('added by you');
    await expect(generator.rule(/^tax ≤ net/)).toContainText('Holds in part');
  });

  await test.step('generated rows keep them, all', async () => {
    await generator.button('Generate').click();
    await dataset.isDone();
    const { names, columns, rowCount } = readParquetFile((await dataset.download('Parquet')).bytes);
    expect(rowCount).toBe(400);
    const of = (name: string) => columns[names.indexOf(name)]! as number[];
    const broken = Array.from({ length: rowCount }, (_, row) => row).filter(
      (row) =>
        of('ordered')[row]! >= of('delivered')[row]! ||
        of('net')[row]! + of('tax')[row]! !== of('gross')[row]! ||
        of('net')[row]! < 10,
    );
    expect(broken).toEqual([]);
  });

  await test.step('the report shows both sides', async () => {
    await dataset.openReport();
    await report.isOpen();
    const rule = report.rule(/ordered is before delivered/);
    await expect(rule.getByRole('cell')).toHaveText(['100 %', '100 %', 'Kept by every row']);
    await expect(report.rule(/^city decides region/)).toContainText('switched off');
  });
});

test('a search for rules ends with its page', async ({ page, bringIn, generator }) => {
  await bringIn(ordersTable(3000));
  await page.evaluate(() => {
    const { generators, sources } = window.doppelgrid;
    const { config } = generators.propose(sources.list().at(-1)!.id);
    location.hash = `#/generators/${generators.create(config).id}`;
  });
  await generator.isOpen();
  const search = page.getByText('Looking for rules in the data');
  await expect(search.or(generator.rule(/^city decides region/)).first()).toBeVisible();
  await page.getByRole('switch', { name: 'Look for rules' }).click();
  await expect(page.getByText('No rules. Look for them, or add one by hand.')).toBeVisible();
  await page.getByRole('switch', { name: 'Look for rules' }).click();
  await page.goto('./#/');
  await page.goBack();
  await expect(generator.rule(/^city decides region/)).toBeVisible();
});
