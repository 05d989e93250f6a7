import { describe, expect, it } from 'vitest';
import type { ColumnProfile, StorageType } from './columns';
import { compareTables, hasSameSchema } from './version-differences';
import { differenceSentences, notLearnedSentence } from './version-words';

const column = (
  name: string,
  index: number,
  storageType: StorageType = 'integer',
  fields: Partial<ColumnProfile> = {},
) =>
  ({
    ...{ name, index, storageType, originalName: name, nullCount: 0, distinctCount: 9 },
    ...{ min: 0, median: 5, max: 10, topValues: [] },
    ...fields,
  }) as unknown as ColumnProfile;
const table = (rowCount: number, ...columns: ColumnProfile[]) => ({ rowCount, columns });
const texts = (...values: string[]) => ({
  ...{ min: null, median: null, max: null, distinctCount: values.length },
  topValues: values.map((value) => ({ value, count: 9 })),
});

describe('compareTables', () => {
  it('of the same table says nothing but its rows', () => {
    const people = table(10, column('id', 0), column('name', 1, 'text', texts('ann', 'bob')));
    const differences = compareTables(people, people);
    expect(hasSameSchema(differences)).toBe(true);
    expect(differenceSentences(differences)).toEqual([
      '10 rows, as many as before.',
      'It has the same columns of the same types.',
    ]);
    expect(notLearnedSentence(differences)).toBeNull();
  });

  it('names what was added, lost, retyped and moved', () => {
    const before = table(10, column('id', 0), column('age', 1), column('town', 2, 'text', texts('Graz')));
    const after = table(1200, column('age', 0, 'text'), column('id', 1), column('income', 2));
    const differences = compareTables(before, after);
    expect(differences).toMatchObject({
      added: ['income'],
      missing: ['town'],
      retyped: [{ name: 'age', before: 'integer', after: 'text' }],
      renamed: [],
      reordered: true,
    });
    expect(hasSameSchema(differences)).toBe(false);
    expect(differenceSentences(differences)).toEqual([
      '1,200 rows, 1,190 more than before.',
      '“town” is missing.',
      '“income” is new.',
      '“age” was integer and is text.',
      'Columns stand in another order.',
    ]);
  });

  it('takes a column for a renamed one by its name, or by what it holds in the same position', () => {
    const before = table(
      5,
      column('e-mail', 0, 'text', texts('a')),
      column('sex', 1, 'text', texts('f', 'm')),
    );
    const after = table(
      5,
      column('email', 0, 'text', texts('b')),
      column('gender', 1, 'text', texts('m', 'f')),
    );
    expect(compareTables(before, after).renamed).toEqual([
      { before: 'e-mail', after: 'email' },
      { before: 'sex', after: 'gender' },
    ]);
    const other = table(5, column('email', 0, 'text', texts('b')), column('town', 1, 'text', texts('Graz')));
    expect(compareTables(before, other).renamed).toEqual([{ before: 'e-mail', after: 'email' }]);
  });

  it('names columns that hold what they did not', () => {
    const before = table(
      5,
      column('age', 0),
      column('town', 1, 'text', texts('Graz', 'Linz')),
      column('height', 2),
    );
    const after = table(
      5,
      column('age', 0, 'integer', { max: 11 }),
      column('town', 1, 'text', texts('Graz', 'Wien')),
      column('height', 2, 'integer', { nullCount: 2 }),
    );
    const differences = compareTables(before, after);
    expect(differences).toMatchObject({ widened: ['age', 'town'], emptied: ['height'] });
    expect(notLearnedSentence(differences)).toContain('“height”, “age”, “town”');
  });
});
