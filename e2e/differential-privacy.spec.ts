import type { Page } from '@playwright/test';
import { expect, testOnOnePage as test } from './app';
import { readParquetFile } from './read-parquet';
import { peopleTable } from './tables';
import { violationsInBoth } from './violations';

const ROWS = 1200;
/** Somebody whom no guarantee lets through. */
const SECRET = 'Nobodyham';

const privacy = (page: Page) => page.getByRole('region', { name: 'Differential privacy' });
const field = (page: Page, name: string) => privacy(page).getByRole('textbox', { name, exact: true });

/** A small table with one person of an unheard-of city. */
function tableWithSecret() {
  const { name, content } = peopleTable(ROWS - 1);
  return { name, content: `${content}99,${SECRET},123456.78,true,2019-01-02\n` };
}

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, target: ReturnType<typeof privacy>): Promise<void> {
  for (let press = 0; press < 80; press++) {
    if (await target.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('The keyboard does not reach it.');
}

test('private marginals: set up by keyboard, told as they are, and nobody unusual is in the files', async ({
  page,
  configure,
  generator,
  dataset,
  report,
}) => {
  test.slow();
  await configure(tableWithSecret());
  const toggle = privacy(page).getByRole('switch', { name: 'Train with differential privacy' });

  await test.step('the form goes by keyboard and says what ε means', async () => {
    await expect(page.getByText('Rules found in your data')).toBeVisible();
    await tabTo(page, toggle);
    await page.keyboard.press('Space');
    await expect(toggle).toBeChecked();
    await expect(page.getByText('no rules are looked for and none is kept')).toBeVisible();
    const marginals = privacy(page).getByRole('radio', { name: 'Private marginals' });
    const neural = privacy(page).getByRole('radio', { name: 'Neural model with private gradients' });
    await tabTo(page, marginals);
    await page.keyboard.press('ArrowDown');
    await expect(neural).toBeChecked();
    await expect(privacy(page).getByRole('checkbox', { name: /I declare public/ })).not.toBeChecked();
    await expect(generator.button('Train')).toBeEnabled();
    await page.keyboard.press('ArrowUp');
    await expect(marginals).toBeChecked();
    await tabTo(page, field(page, 'ε at most'));
    await page.keyboard.type('0');
    await expect(privacy(page).getByText('Enter a number above 0 and up to 10,000.')).toBeVisible();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('1');
    await expect(
      privacy(page).getByText(/falsely accuses 1 in 100 people .* at most 1\.97 in 100/),
    ).toBeVisible();
    await field(page, 'δ').fill('0.001');
    await expect(privacy(page).getByText(/δ 0\.001 is too large for 1,200 subjects/)).toBeVisible();
    await field(page, 'δ').fill('0.00001');
    await expect(
      page.getByText(
        'With differential privacy (private marginals): ε at most 1, δ 0.00001 for each subject.',
      ),
    ).toBeVisible();
    expect(await violationsInBoth(page)).toEqual([]);
  });

  await test.step('switched off, the table is what it was; on again, the choices are', async () => {
    await toggle.click();
    await expect(page.getByText('Rules found in your data')).toBeVisible();
    await expect(page.getByText('With differential privacy (')).toHaveCount(0);
    await toggle.click();
    await expect(field(page, 'ε at most')).toHaveValue('1');
  });

  await test.step('the trained generator shows guarantee, risk and ledger', async () => {
    await generator.trainAlone();
    await expect(generator.button('Generate')).toBeVisible({ timeout: 60_000 });
    await expect(privacy(page).getByText(/^Differential privacy: ε (1|0\.99\d?), δ 0\.00001/)).toBeVisible();
    const ledger = page.getByRole('region', { name: 'What was released' });
    await expect(ledger.getByRole('row').filter({ hasText: 'Which categories there are' })).toBeVisible();
    await expect(ledger.getByRole('row').last()).toContainText('All together');
    await expect(page.getByRole('img', { name: 'ε spent by release' })).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText(/validation loss|early stopping|privacy guard/i);
    expect(await violationsInBoth(page)).toEqual([]);
  });

  await test.step('the files have as many rows, and nobody of an unheard-of city', async () => {
    await generator.button('Generate').click();
    await dataset.isDone();
    const parquet = await dataset.download('Parquet');
    expect(parquet.name).toBe('people-synthetic.parquet');
    const { names, columns } = readParquetFile(parquet.bytes);
    expect(names).toEqual(['age', 'city', 'income', 'senior', 'since']);
    const cities = columns[1] as string[];
    expect(cities).toHaveLength(ROWS);
    expect(cities).not.toContain(SECRET);
    expect(cities.filter((city) => city === 'Lisboa').length).toBeGreaterThan(ROWS / 10);
    const csv = new TextDecoder().decode((await dataset.download('CSV')).bytes);
    expect(csv.trimEnd().split('\n')).toHaveLength(ROWS + 1);
    expect(csv).not.toContain(SECRET);
  });

  await test.step('the report says what is guaranteed and what is not', async () => {
    await dataset.openReport();
    await report.isOpen();
    await expect(privacy(page).getByText(/^Differential privacy: ε (1|0\.99\d?), δ 0\.00001/)).toBeVisible();
    await expect(
      privacy(page).getByText('report, charts and distances, which compare with the original'),
    ).toBeVisible();
    await expect(privacy(page).getByText(/falsely accuses 1 in 100 people/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Differential privacy' })).toBeVisible();
    expect(await violationsInBoth(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    // Charts take the new width a frame later.
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect.poll(overflow).toBeLessThanOrEqual(0);
  });
});

test('private gradients: the form sets up a short training with domains declared public', async ({
  page,
  configure,
  generator,
  dataset,
  report,
}) => {
  test.slow();
  await configure(peopleTable(ROWS));
  await privacy(page).getByRole('switch', { name: 'Train with differential privacy' }).click();
  await privacy(page).getByText('Neural model with private gradients').click();
  await field(page, 'ε at most').fill('8');
  await field(page, 'Noise multiplier').fill('3');
  await privacy(page)
    .getByRole('checkbox', { name: /I declare public: categories, ranges/ })
    .check();
  await page.getByLabel('Epochs at most').fill('3');
  await page.getByLabel('Model size').selectOption('Small');
  await expect(
    page.getByText('With differential privacy (neural model with private gradients): ε at most 8'),
  ).toBeVisible();
  expect(await violationsInBoth(page)).toEqual([]);

  await generator.trainAlone();
  await expect(generator.button('Generate')).toBeVisible({ timeout: 60_000 });
  await expect(privacy(page).getByText(/^Differential privacy: ε [\d.]+, δ 0\.00001/)).toBeVisible();
  await expect(privacy(page).getByText('3 × norm 1')).toBeVisible();
  await expect(privacy(page).getByText('/ 8')).toBeVisible();
  const ledger = page.getByRole('region', { name: 'What was released' });
  await expect(ledger.getByRole('row').filter({ hasText: 'Updates of the model' })).toBeVisible();
  await expect(page.getByText('all planned updates')).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(/validation loss|early stopping|privacy guard/i);
  expect(await violationsInBoth(page)).toEqual([]);

  await generator.button('Generate').click();
  await dataset.isDone();
  const { columns } = readParquetFile((await dataset.download('Parquet')).bytes);
  expect(columns.map(({ length }) => length)).toEqual([ROWS, ROWS, ROWS, ROWS, ROWS]);
  await dataset.openReport();
  await report.isOpen();
  await expect(
    privacy(page).getByText(/categories, ranges, bins and decimals of columns, as declared/),
  ).toBeVisible();
});
