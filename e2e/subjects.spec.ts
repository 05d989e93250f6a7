import { expect, testOnOnePage as test } from './app';
import { readParquetFile } from './read-parquet';
import { visitsTable } from './tables';
import { violations } from './violations';

const PEOPLE = 120;
const VISITS = 6;

test('people with several rows are found, shown, and nobody of them is in the result', async ({
  page,
  configure,
  generator,
  dataset,
  report,
}) => {
  test.slow();
  const table = visitsTable(PEOPLE, VISITS);
  await configure(table);

  await test.step('the page says whose rows are whose, and by what', async () => {
    await expect(generator.subject.locator('option:checked')).toHaveText('As found in the data: email');
    await expect(page.getByText('120 people, 6.0 rows each')).toBeVisible();
    await expect(generator.column('email')).toContainText('regenerated');
    await expect(page.getByText('1 of 5 columns is not learned: email.')).toBeVisible();
    await generator.subject.selectOption('Nothing: one row per person');
    await expect(page.getByText('One row per person, as you chose.')).toBeVisible();
    await expect(generator.column('email')).not.toContainText('regenerated');
    await generator.subject.selectOption('Several columns …');
    await page.getByRole('checkbox', { name: 'city' }).check();
    await page.getByRole('checkbox', { name: 'age' }).check();
    await expect(page.getByText('Rows share, as you chose: age and city')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await generator.subject.selectOption('As found in the data: email');
    await expect(page.getByText('120 people, 6.0 rows each')).toBeVisible();
  });

  await test.step('the trained generator says it too', async () => {
    await generator.trainAlone();
    await expect(generator.button('Generate')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('1 of 5 columns is not learned: email.')).toBeVisible();
  });

  await test.step('the file has made-up addresses, about as often repeated, each with one age and city', async () => {
    await generator.button('Generate').click();
    await dataset.isDone();
    const { names, columns } = readParquetFile((await dataset.download('Parquet')).bytes);
    const original = new Set(String(table.content).match(/\S+@mail\.example/g));
    expect(original.size).toBe(PEOPLE);
    const drawn = columns[names.indexOf('email')]! as string[];
    expect(drawn).toHaveLength(PEOPLE * VISITS);
    expect(drawn.filter((email) => original.has(email))).toEqual([]);
    expect(drawn.filter((email) => !/^[\w.-]+@example\.(?:com|org|net)$/.test(email))).toEqual([]);
    const rowsEach = drawn.length / new Set(drawn).size;
    expect(rowsEach).toBeGreaterThan(VISITS / 1.5);
    expect(rowsEach).toBeLessThan(VISITS * 1.5);
    const own = (name: string) => {
      const values = columns[names.indexOf(name)]!;
      return new Set(drawn.map((email, row) => JSON.stringify([email, values[row]]))).size;
    };
    expect(own('age')).toBe(new Set(drawn).size);
    expect(own('city')).toBe(new Set(drawn).size);
    expect(own('fee')).toBeGreaterThan(2 * new Set(drawn).size);
  });

  await test.step('the report says what was counted', async () => {
    await dataset.openReport();
    await report.isOpen();
    await expect(page.getByRole('main')).toContainText(
      'Protection, split and guard counted people, not rows: rows that share email are one person’s (120 people, 6.0 rows each).',
    );
    await expect(page.getByRole('main')).toContainText('1 of 5 columns is not learned: email.');
  });
});
