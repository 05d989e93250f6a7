import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/domain/rules';
import { checkRule, rowsKeeping } from './check-rule';
import { makeColumn } from './testing/make-column';

const columns = [
  makeColumn('city', ['A', 'A', 'B', 'B', 'B', null]),
  makeColumn('land', ['x', 'x', 'y', 'y', 'x', 'y']),
  makeColumn('low', [1, 2, 3, 4, null, 5]),
  makeColumn('high', [1, 3, 2, 5, 6, 7]),
  makeColumn('sum', [2, 5, 5, 9, 6, 11]),
  makeColumn('one', [1, 0, 0, 1, 0, 1]),
  makeColumn('two', [0, 1, 0, 1, 1, 0]),
  makeColumn('gone', [null, 4, null, 4, null, 4]),
  makeColumn('too', [null, 'a', null, null, null, 'b']),
  makeColumn('year', [2023, 2024, 2023, 2023, 2023, 2023]),
  makeColumn('month', [2, 2, 4, 4, 12, 13]),
  makeColumn('day', [29, 29, 31, 30, 31, 1]),
  makeColumn('no', [10, 12, 14, 16, 18, 21]),
  makeColumn('born', ['2000-01-02', '2000-01-02', null, '1999-12-31', '2001-05-05', '2002-02-02'], 'date'),
  makeColumn(
    'seen',
    ['2010-01-01', '2010-01-02', '2010-01-01', '2010-01-01', '2010-01-01', '2010-01-01'],
    'date',
  ),
  makeColumn('age', [9, 10, 3, 10, 8, 8]),
];

const rounded = { decimals: 0, rounding: 'nearest' as const };

describe('rowsKeeping', () => {
  it.each<[Rule, string]>([
    [{ kind: 'functional-dependency', determinant: ['city'], dependent: 'land', oneToOne: false }, '111102'],
    [{ kind: 'functional-dependency', determinant: ['city'], dependent: 'land', oneToOne: true }, '111102'],
    [
      { kind: 'functional-dependency', determinant: ['city', 'one'], dependent: 'land', oneToOne: false },
      '110112',
    ],
    [{ kind: 'fixed-combinations', columns: ['city', 'land'] }, '111111'],
    [
      {
        kind: 'excluded-combinations',
        columns: ['city', 'land'],
        combinations: [
          ['B', 'y'],
          [null, 'y'],
        ],
      },
      '110010',
    ],
    [{ kind: 'inequality', low: 'low', high: 'high', strict: false }, '110121'],
    [{ kind: 'inequality', low: 'low', high: 'high', strict: true }, '010121'],
    [
      {
        kind: 'linear',
        target: 'sum',
        terms: [
          { column: 'low', factor: 1 },
          { column: 'high', factor: 1 },
        ],
        constant: 0,
        ...rounded,
      },
      '111120',
    ],
    [
      {
        kind: 'product',
        target: 'sum',
        factors: [
          { column: 'high', power: 1 },
          { column: 'one', power: 1 },
        ],
        factor: 2,
        ...rounded,
      },
      '100000',
    ],
    [{ kind: 'date-part', target: 'month', column: 'born', part: 'month', cells: null }, '002000'],
    [{ kind: 'age', target: 'age', from: 'born', to: 'seen' }, '112110'],
    [{ kind: 'calendar-date', year: 'year', month: 'month', day: 'day' }, '010110'],
    [{ kind: 'one-hot', columns: ['one', 'two'] }, '110011'],
    [{ kind: 'permutation', columns: ['one', 'two'] }, '110011'],
    [{ kind: 'missing-together', columns: ['gone', 'too'] }, '111011'],
    [
      { kind: 'implied-value', column: 'gone', cell: null, by: 'land', values: ['x'], exactly: false },
      '102212',
    ],
    [
      { kind: 'implied-value', column: 'gone', cell: null, by: 'land', values: ['x'], exactly: true },
      '100111',
    ],
    [{ kind: 'often-equal', columns: ['low', 'high'] }, '100020'],
    [{ kind: 'running-number', column: 'no', start: 10, step: 2 }, '111110'],
  ])('%j', (rule, marks) => {
    expect([...rowsKeeping(rule, columns)].join('')).toBe(marks);
    const kept = marks.replaceAll(/[02]/g, '').length;
    expect(checkRule(rule, columns)).toEqual({ rule, applicable: marks.replaceAll('2', '').length, kept });
  });

  it('takes combinations from the original table where one is given', () => {
    const drawn = [makeColumn('city', ['A', 'B', 'C']), makeColumn('land', ['y', 'y', 'x'])];
    const rule: Rule = {
      kind: 'functional-dependency',
      determinant: ['city'],
      dependent: 'land',
      oneToOne: false,
    };
    expect([...rowsKeeping(rule, drawn, columns)]).toEqual([0, 1, 2]);
    const fixed: Rule = { kind: 'fixed-combinations', columns: ['city', 'land'] };
    expect([...rowsKeeping(fixed, drawn, columns)]).toEqual([0, 1, 2]);
  });

  it('compares a day with an instant by day', () => {
    const dates = [
      makeColumn('sent', ['2024-01-01T23:00Z', '2024-01-02T01:00Z'], 'datetime'),
      makeColumn('due', ['2024-01-01', '2024-01-01'], 'date'),
    ];
    expect([...rowsKeeping({ kind: 'inequality', low: 'sent', high: 'due', strict: false }, dates)]).toEqual([
      1, 0,
    ]);
  });

  it.each<[Rule, RegExp]>([
    [
      { kind: 'running-number', column: 'nobody', start: 0, step: 1 },
      /“nobody”, which this table does not have/,
    ],
    [{ kind: 'inequality', low: 'low', high: 'born', strict: true }, /only one of them holds dates/],
    [{ kind: 'inequality', low: 'city', high: 'high', strict: true }, /holds text/],
    [{ kind: 'one-hot', columns: ['one', 'high'] }, /more than 0 and 1/],
  ])('refuses %j', (rule, message) => {
    expect(() => rowsKeeping(rule, columns)).toThrow(message);
  });
});
