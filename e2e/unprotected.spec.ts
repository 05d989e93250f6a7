import { expect, testOnOnePage as test } from './app';
import { peopleTable } from './tables';

test('without value protection, every page warns in red and the files say so', async ({
  page,
  bringIn,
  generator,
  dataset,
  report,
}) => {
  await bringIn(peopleTable());
  await generator.openQuick();
  const warning = page.getByRole('alert').filter({ hasText: /value protection/i });
  const protection = page.getByRole('switch', { name: 'Value protection' });
  await expect(protection).toBeChecked();
  await expect(warning).toHaveCount(0);
  await protection.click();
  await expect(warning).toContainText('Value protection is off.');

  await generator.trainAlone();
  await expect(warning).toContainText('Made without value protection');
  await generator.button('Generate').click();
  await dataset.isDone();
  await expect(warning).toContainText('Made without value protection');
  for (const [kind, name] of [
    ['Parquet', 'people-synthetic-unprotected.parquet'],
    ['CSV', 'people-synthetic-unprotected.csv'],
  ] as const) {
    expect((await dataset.download(kind)).name).toBe(name);
  }
  await dataset.openReport();
  await report.isOpen();
  await expect(warning).toContainText('Made without value protection');
});
