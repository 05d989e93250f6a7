import { expect, testOnOnePage as test } from './app';
import { readParquetFile, sameCell } from './read-parquet';
import { peopleTable } from './tables';

test('a dropped CSV becomes synthetic Parquet with a report', async ({
  page,
  home,
  source,
  dataset,
  report,
}) => {
  await home.drop(peopleTable());
  await source.shows('people.csv');
  await expect(source.fact('Rows')).toHaveText('300');
  await expect(source.profile('income')).toContainText('float');
  await expect(source.rows.getByRole('cell').first()).not.toHaveText('…');

  await source.synthesize();
  await dataset.isDone();
  const file = await dataset.download('Parquet');
  expect(file.name).toBe('people-synthetic.parquet');
  const parquet = readParquetFile(file.bytes);
  expect(parquet.names).toEqual(['age', 'city', 'income', 'senior', 'since']);
  expect(parquet.rowCount).toBe(300);

  const preview = await page.evaluate(() => {
    const { syntheticDatasets } = window.doppelgrid;
    return syntheticDatasets.preview(syntheticDatasets.list().at(-1)!.id, 0, 300);
  });
  const differing = preview.rows.flatMap((row, at) =>
    row.flatMap((text, column) => (sameCell(parquet.columns[column]![at], text) ? [] : [[at, column, text]])),
  );
  expect(differing).toEqual([]);
  await expect(dataset.rows).toContainText(preview.rows[0]![1]!);

  await page.getByLabel('CSV is written').selectOption({ label: 'Standard CSV' });
  const csv = new TextDecoder().decode((await dataset.download('CSV')).bytes);
  const lines = csv.trimEnd().split(/\r?\n/);
  expect(lines).toHaveLength(301);
  expect(lines[1]).toBe(preview.rows[0]!.map((cell) => cell ?? '').join(','));

  await dataset.openReport();
  await report.isOpen();
  await expect(report.guard).toContainText(/\d+\.\d % \(95 %: \d+\.\d to \d+\.\d %\) of the samples/);
});
