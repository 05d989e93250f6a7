import { describe, expect, it } from 'vitest';
import { pathsOf, unionName } from './file-union';

describe('names of several files', () => {
  it('are unlike each other, with their folders', () => {
    const file = (name: string, webkitRelativePath = '') => ({ name, webkitRelativePath });
    expect(pathsOf([file('a.csv'), file('a.csv'), file('a.csv.gz'), file('b.csv', 'x/b.csv')])).toEqual([
      'a.csv',
      'a (2).csv',
      'a.csv.gz',
      'x/b.csv',
    ]);
  });

  it.each([
    [['sales-2023.csv', 'sales-2024.csv'], 'sales.zip'],
    [['year/jan.csv', 'year/feb.csv'], 'year.zip'],
    [['a/jan.csv', 'b/feb.csv'], 'jan and 1 more.zip'],
    [['1.csv', '2.csv', '3.csv'], '1 and 2 more.zip'],
  ])('%j are %s', (paths, name) => {
    expect(unionName(paths)).toBe(name);
  });
});
