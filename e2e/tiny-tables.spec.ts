import { expect, testOnOnePage as test } from './app';
import { peopleTable } from './tables';

test('few rows are learned with a warning, under the eye of the privacy guard', async ({
  page,
  home,
  source,
  generator,
}) => {
  await home.drop(peopleTable(60));
  await source.shows('people.csv');
  await expect(page.getByText(/^Only 60 rows: .*mostly chance/)).toBeVisible();
  await source.configure();
  await generator.isOpen();
  await expect(page.getByText(/^Only 60 rows: .*mostly chance/)).toBeVisible();
  await expect(page.getByRole('switch', { name: 'Privacy guard' })).toBeChecked();
  await generator.trainAlone();
  await expect(generator.button('Generate')).toBeEnabled({ timeout: 30_000 });
  await expect(page.getByText(/^Privacy guard: .* 48 unseen rows\.$/)).toBeVisible();
});

test('the privacy guard can be switched off', async ({ page, home, source, generator }) => {
  await home.drop(peopleTable(120));
  await source.shows('people.csv');
  await source.configure();
  await page.getByRole('switch', { name: 'Privacy guard' }).click();
  await generator.trainAlone();
  await expect(generator.button('Generate')).toBeEnabled({ timeout: 30_000 });
  await expect(page.getByText('Privacy guard: It did not watch this training')).toBeVisible();
});

test('too few rows are refused with the reason', async ({ page, home, source }) => {
  await home.drop(peopleTable(12));
  await source.shows('people.csv');
  await expect(page.getByText(/^Only 12 rows: a model needs at least 20/)).toBeVisible();
  await source.synthesize();
  await expect(page.getByText(/needs at least 20: from fewer it could only copy/).first()).toBeVisible();
});
