import { expect, it } from 'vitest';
import { RandomStream } from '../../src/domain/random';
import { ALL_ROWS } from '../../src/domain/split';
import { originalSubjects, rowOfEachSubject } from './read-subjects';
import { numbers, texts } from './testing/make-columns';
import { reportOn } from './testing/report-on';

it('takes one row of each subject of both sets, whose numbers may be the same', () => {
  const training = Uint32Array.from([4, 4, 0, 4]);
  const holdout = Uint32Array.from([0, 0, 4]);
  const alone = rowOfEachSubject(originalSubjects({ training, holdout }, false), 1);
  expect(Array.from(alone, (row) => training[row]!).sort()).toEqual([0, 4]);
  const both = [...rowOfEachSubject(originalSubjects({ training, holdout }, true), 1)];
  expect(
    both
      .filter((row) => row >= training.length)
      .map((row) => holdout[row - 4]!)
      .sort(),
  ).toEqual([0, 4]);
  expect(both).toHaveLength(4);
});

it('calls what few people have in common by chance no relation, and keeps what holds for each', async () => {
  const stream = new RandomStream(6, 'people');
  const people = Array.from({ length: 100 }, () => [stream.below(8), stream.below(6), stream.below(2)]);
  const of = Array.from({ length: 2000 }, (_, i) => i % 100);
  const column = (name: string, at: number) =>
    texts(
      name,
      of.map((person) => `${name}${people[person]![at]}`),
    );
  const training = [
    texts(
      'email',
      of.map((person) => `p${person}`),
    ),
    column('town', 0),
    column('team', 1),
    column('sex', 2),
    numbers(
      'height',
      of.map((person) => 160 + 12 * people[person]![2]! + stream.below(5)),
    ),
  ];
  const synthetic = training.slice(1).map(({ name }, at) =>
    name === 'height'
      ? numbers(
          name,
          of.map(() => 160 + stream.below(17)),
        )
      : texts(
          name,
          of.map(() => `${name}${stream.below([8, 6, 2][at]!)}`),
        ),
  );
  const weaker = async (subjectColumns: string[]) => {
    const rows = subjectColumns.length > 0 ? { ...ALL_ROWS, subjectColumns } : ALL_ROWS;
    const columns = ['town', 'team', 'sex', 'height'];
    const report = await reportOn(
      { training, synthetic },
      { columns, training: { tableId: 'training', rows } },
    );
    return report.dependences.weaker.map(({ column1, column2 }) => `${column1} ${column2}`);
  };
  expect(await weaker([])).toContain('town team');
  expect(await weaker(['email'])).toEqual(['sex height']);
});
