import { RandomStream } from '../src/domain/random';
import { expect, testOnOnePage as test } from './app';

/** Invented people without a line of names: two names, an e-mail address, a phone number, a whole amount, a group. */
function people(rows = 240): { readonly text: string; readonly first: readonly string[] } {
  const stream = new RandomStream(11, 'people');
  const syllable = () => `${'bdfgklmnrst'[stream.below(11)]}${'aeiou'[stream.below(5)]}`;
  const name = () => {
    const letters = syllable() + syllable() + syllable();
    return letters[0]!.toUpperCase() + letters.slice(1);
  };
  const lines = Array.from({ length: rows }, (_, i) => {
    const [given, family] = [name(), name()];
    const phone = `+43 66${stream.below(10)} ${1_000_000 + stream.below(9_000_000)}`;
    const amount = i === 100 ? '512.25' : i === 200 ? 'about 500' : String(stream.below(900));
    return [
      given,
      family,
      `${given}.${family}${i}@example.at`.toLowerCase(),
      phone,
      amount,
      'ABC'[stream.below(3)],
    ];
  });
  return { text: lines.map((cells) => cells.join(',')).join('\n'), first: lines[0]!.slice(0, 4) as string[] };
}

test('the first person of a table without names is a row and no name', async ({ page, home, source }) => {
  const { text, first } = people();
  await home.drop({ name: 'people.csv', content: text });
  await source.shows('people.csv');
  await expect(source.fact('Rows')).toHaveText('240');
  await expect(source.profile('column_3')).toBeVisible();
  await expect(page.getByRole('note').filter({ hasText: 'The first row holds e-mail' })).toContainText(
    'read as a row',
  );

  const made = await page.evaluate(async () => {
    const { sources, generators, syntheticDatasets, reports } = window.doppelgrid;
    const source = sources.list().at(-1)!;
    const { config } = generators.propose(source.id);
    Object.assign(config.tables[0]!.tabularModelConfiguration, { maxEpochs: 2 });
    const generator = await generators.train(generators.create(config).id);
    const dataset = await syntheticDatasets.generate(
      syntheticDatasets.create(syntheticDatasets.propose(generator.id)).id,
    );
    const file = await syntheticDatasets.download(dataset.id, 'csv', {
      csv: { neutraliseFormulas: false, form: 'standard' },
    });
    const report = await reports.read(dataset.reportId!);
    return {
      csv: await file.text(),
      exported: JSON.stringify([generator.config, generator.summary, dataset.config, report]),
      types: source.tables[0]!.columns.map(({ storageType }) => storageType),
    };
  });
  for (const value of first) {
    expect(made.exported).not.toContain(value);
    expect(made.csv.split('\n')[0]).not.toContain(value);
  }
  // One decimal and one text among whole numbers: neither shows in what is made.
  expect(made.types[4]).toBe('float');
  const [names, ...rows] = made.csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const at = names!.indexOf('column_5');
  expect(at).toBeGreaterThan(-1);
  expect(rows.every((cells) => /^\d+$/.test(cells[at]!))).toBe(true);
});

test('a first row that could be either is asked about, and the answer reads the file again', async ({
  page,
  home,
  source,
}) => {
  await home.drop({ name: 'words.csv', content: 'apple,Apfel\npear,Birne\nplum,Pflaume\ncherry,Kirsche\n' });
  await source.shows('words.csv');
  await expect(source.fact('Rows')).toHaveText('4');
  await page.getByRole('button', { name: 'It holds names' }).click();
  await expect(source.fact('Rows')).toHaveText('3');
  await expect(source.profile('Apfel')).toBeVisible();
  await expect(page.getByRole('button', { name: 'It holds names' })).toHaveCount(0);
});
