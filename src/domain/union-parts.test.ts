import { describe, expect, it } from 'vitest';
import { rowsOfParts, unionDifferences } from './union-parts';

const part = (name: string, more = {}) => ({ name, rowCount: 3, ...more });

describe('unionDifferences', () => {
  it('names the files, the fewer of those that have a column and those that lack it', () => {
    const parts = [part('a', { absent: [1] }), part('b', { absent: [1] }), part('c', { absent: [0] })];
    expect(unionDifferences(parts, ['x', 'y'])).toEqual([
      '“x” is not in c, and empty there.',
      '“y” is in c alone, and empty in the others.',
    ]);
  });

  it('says where columns of texts hold numbers, what has no names, what was read otherwise, what is empty', () => {
    const parts = [
      part('a', { numbers: [0] }),
      part('b', { numbers: [0], isUnnamed: true }),
      part('c', { readAs: 'separator “;”' }),
      part('d', { rowCount: 0, problem: 'd is empty.' }),
    ];
    expect(unionDifferences(parts, ['x'])).toEqual([
      '“x” holds texts in c and numbers in the other files: all are read as text.',
      'b has no names: the columns are those of the others, in their order.',
      'c was read as separator “;”.',
      'd is empty.',
    ]);
  });

  it('counts what it does not list', () => {
    const columns = Array.from({ length: 40 }, (_, i) => `c${i}`);
    const told = unionDifferences([part('a', { absent: columns.map((_, i) => i) }), part('b')], columns);
    expect([told.length, told.at(-1)]).toEqual([13, '28 more differences are not listed here.']);
  });
});

describe('rowsOfParts', () => {
  it('lists rows and what is none, and sums up many files', () => {
    const few = [part('a', { rejectedCount: 1, skippedCount: 2 }), part('b', { rowCount: 1 })];
    expect(rowsOfParts(few)).toBe('a: 3 rows (1 rejected, 2 skipped); b: 1 row');
    const many = Array.from({ length: 30 }, (_, i) => part(`f${i}`));
    expect(rowsOfParts(many)).toMatch(/; f19: 3 rows; 10 more files: 30 rows$/);
  });
});
