import { expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { ALL_ROWS } from '../../../src/domain/split';
import { numbers, texts } from '../testing/make-columns';
import { reportOn } from '../testing/report-on';

/** 200 people with 5 visits each, and one with 60 in a town and of a fee of their own. */
function visits() {
  const stream = new RandomStream(3, 'visits');
  const people = [...Array.from({ length: 1000 }, (_, i) => i % 200), ...Array<number>(60).fill(200)];
  const town = people.map((person) => (person === 200 ? 'Hermitage' : `town ${person % 4}`));
  return [
    texts(
      'email',
      people.map((person) => `p${person}`),
    ),
    texts('town', town),
    numbers(
      'fee',
      people.map((person) => (person === 200 ? 900 : 50 + stream.below(100)) + stream.uniform()),
    ),
  ];
}

async function charts(subjectColumns: string[] | null) {
  const training = visits();
  const synthetic = training.slice(1).map((column) => ({ ...column }));
  const rows = subjectColumns ? { ...ALL_ROWS, subjectColumns } : ALL_ROWS;
  const report = await reportOn(
    { training, synthetic },
    { columns: ['town', 'fee'], training: { tableId: 'training', rows } },
  );
  const of = (name: string) => report.univariate.find(({ column }) => column === name)!;
  return { town: of('town'), fee: of('fee'), pair: report.bivariate[0]! };
}

it('show nothing that is one person’s, however many rows they have', async () => {
  const { town, fee, pair } = await charts(['email']);
  expect(town.labels).not.toContain('Hermitage');
  expect([...pair.labels1, ...pair.labels2]).not.toContain('Hermitage');
  expect(fee.histogram!.edges.at(-1)).toBeLessThan(200);
  // The 60 rows are in no bar.
  expect(town.original.reduce((total, share) => total + share, 0)).toBeLessThan(0.96);
  expect(town.original.filter((share) => share > 0)).toHaveLength(4);
});

it('show it where every row is somebody’s own', async () => {
  const { town, fee } = await charts(null);
  expect(town.labels).toContain('Hermitage');
  expect(fee.histogram!.edges.at(-1)).toBeGreaterThan(890);
});
