import { expect, it } from 'vitest';
import { takeRows } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';
import { ALL_ROWS, type RowSelection } from '../../../src/domain/split';
import { numbers, texts } from '../testing/make-columns';
import { reportOn } from '../testing/report-on';
import { rowsOfSubjects } from './subject-samples';

const PEOPLE = 200;
const VISITS = 10;

/** Visits of people: a height and a weight that are the same in all rows of one, and a fee. */
function visits(seed: number, people = PEOPLE, each = VISITS) {
  const stream = new RandomStream(seed, 'visits');
  const bodies = Array.from({ length: people }, () => [stream.normal(), stream.normal()] as const);
  const of = Array.from({ length: people * each }, (_, i) => i % people);
  return [
    texts(
      'email',
      of.map((person) => `p${person}`),
    ),
    numbers(
      'height',
      of.map((person) => bodies[person]![0]),
    ),
    numbers(
      'weight',
      of.map((person) => bodies[person]![1]),
    ),
    numbers(
      'fee',
      of.map(() => stream.below(20)),
    ),
  ];
}

it('takes all rows of so many subjects, the same by seed', () => {
  const rows = Uint32Array.from([7, 3, 7, 5, 3, 9]);
  const chosen = rowsOfSubjects(rows, 2, 1, 'training');
  const subjects = new Set(Array.from(chosen, (row) => rows[row]!));
  expect(subjects.size).toBe(2);
  expect([...chosen]).toEqual([...rows.keys()].filter((row) => subjects.has(rows[row]!)));
  expect(rowsOfSubjects(rows, 2, 1, 'training')).toEqual(chosen);
  expect(rowsOfSubjects(rows, 4, 1, 'training')).toHaveLength(6);
});

it('calls other people of the same kind no copies, whatever the sizes of training and holdout', async () => {
  const shareOf = async (seed: number, isByPerson: boolean) => {
    const table = visits(seed);
    const synthetic = visits(1000 + seed, 600, 1);
    const columns = ['height', 'weight', 'fee'];
    const base = { columns, randomState: seed };
    if (!isByPerson) {
      const isTraining = (row: number) => row % PEOPLE >= PEOPLE / 5;
      const rows = Array.from({ length: PEOPLE * VISITS }, (_, i) => i);
      const part = (taken: number[]) =>
        table.map((column) => ({ ...column, data: takeRows(column.data, Uint32Array.from(taken)) }));
      const holdout = part(rows.filter((row) => !isTraining(row)));
      return (await reportOn({ training: part(rows.filter(isTraining)), holdout, synthetic }, base)).metrics
        .distances.dcrShare!;
    }
    const rows: RowSelection = { ...ALL_ROWS, seed, validationShare: 0.2, subjectColumns: ['email'] };
    const report = await reportOn(
      { training: table, synthetic },
      {
        ...base,
        training: { tableId: 'training', rows: { ...rows, part: 'training' } },
        holdout: {
          ...{ tableId: 'training', rows: { ...rows, part: 'validation' } },
          ...{ origin: 'validation', steered: true },
        },
      },
    );
    expect(report.notes.join(' ')).toContain(`are of ${PEOPLE / 5} people each`);
    return report.metrics.distances.dcrShare!;
  };
  const mean = async (isByPerson: boolean) => {
    let sum = 0;
    for (let seed = 1; seed <= 6; seed++) sum += await shareOf(seed, isByPerson);
    return sum / 6;
  };
  expect(await mean(false)).toBeGreaterThan(0.58);
  expect(Math.abs((await mean(true)) - 0.5)).toBeLessThan(0.05);
});

it('states how far the share swings where few people have many rows', async () => {
  const seeds = 12;
  let squares = 0;
  let byRows = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const rows: RowSelection = { ...ALL_ROWS, seed, validationShare: 0.2, subjectColumns: ['email'] };
    const report = await reportOn(
      { training: visits(seed, 80, 20), synthetic: visits(1000 + seed, 400, 1) },
      {
        ...{ columns: ['height', 'weight', 'fee'], randomState: seed },
        training: { tableId: 'training', rows: { ...rows, part: 'training' } },
        holdout: {
          ...{ tableId: 'training', rows: { ...rows, part: 'validation' } },
          ...{ origin: 'validation', steered: true },
        },
      },
    );
    const { dcrShare, dcrShareStandardError } = report.metrics.distances;
    squares += ((dcrShare! - 0.5) / dcrShareStandardError!) ** 2 / seeds;
    byRows += (dcrShare! - 0.5) ** 2 / (0.25 / report.distanceRows) / seeds;
  }
  // Mean of 12 squared standard normals: .19 and 2.6 are its quantiles of .1 and 99.8 %.
  expect(squares).toBeGreaterThan(0.19);
  expect(squares).toBeLessThan(2.6);
  // The measure sees an error that counts rows.
  expect(byRows).toBeGreaterThan(2.5);
});
