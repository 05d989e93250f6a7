import { describe, expect, it } from 'vitest';
import type { RuleOf } from '../../src/domain/rules';
import { computeTarget, fullYears, partOf } from './compute-target';
import { makeColumn } from './testing/make-column';

const rounded = { decimals: 2, rounding: 'nearest' as const };

/** Numbers, null where missing. */
function cells(data: ReturnType<typeof computeTarget>): (number | string | null)[] {
  if (data.kind === 'text') return [...data.codes].map((code) => (code < 0 ? null : data.dictionary[code]!));
  return [...data.values].map((value, row) => (data.nulls?.[row] === 1 ? null : value));
}

describe('computeTarget', () => {
  it('adds without the errors of binary fractions, and misses where an input does', () => {
    const columns = [makeColumn('a', [0.1, 1.1, null]), makeColumn('b', [0.2, 2.2, 3])];
    const rule: RuleOf<'linear'> = {
      kind: 'linear',
      target: 'c',
      terms: [
        { column: 'a', factor: 1 },
        { column: 'b', factor: 1 },
      ],
      constant: 0,
      ...rounded,
    };
    expect(cells(computeTarget(rule, columns))).toEqual([0.3, 3.3, null]);
  });

  it('counts days, the last one included, and whole hours', () => {
    const columns = [
      makeColumn('start', ['2024-02-28', '2024-03-01T00:00Z'], 'datetime'),
      makeColumn('end', ['2024-03-01', '2024-03-01T23:59Z'], 'datetime'),
    ];
    const span = (unit: number, constant: number, rounding: 'nearest' | 'down') =>
      computeTarget(
        {
          kind: 'linear',
          target: 'span',
          terms: [
            { column: 'end', factor: 1 / unit },
            { column: 'start', factor: -1 / unit },
          ],
          constant,
          decimals: 0,
          rounding,
        },
        columns,
      );
    expect(cells(span(86_400_000, 1, 'down'))).toEqual([3, 1]);
    expect(cells(span(3_600_000, 0, 'down'))).toEqual([48, 23]);
  });

  it('multiplies and divides; a division by zero is missing', () => {
    const columns = [makeColumn('qty', [3, 4, 0]), makeColumn('price', [12, 9.9, 5])];
    const rule = (power: 1 | -1): RuleOf<'product'> => ({
      kind: 'product',
      target: 'x',
      factors: [
        { column: 'price', power: 1 },
        { column: 'qty', power },
      ],
      factor: 1,
      ...rounded,
    });
    expect(cells(computeTarget(rule(1), columns))).toEqual([36, 39.6, 0]);
    expect(cells(computeTarget(rule(-1), columns))).toEqual([4, 2.48, null]);
  });

  it('squares, takes roots, and adds or takes off percents', () => {
    const columns = [
      makeColumn('a', [3, 4, -4]),
      makeColumn('b', [12, 9.9, 5]),
      makeColumn('pct', [0, 20, 50]),
    ];
    const of = (...factors: RuleOf<'product'>['factors']) =>
      cells(computeTarget({ kind: 'product', target: 'x', factors, factor: 1, ...rounded }, columns));
    expect(of({ column: 'a', power: 2 })).toEqual([9, 16, 16]);
    expect(of({ column: 'b', power: 1 }, { column: 'a', power: -2 })).toEqual([1.33, 0.62, 0.31]);
    expect(of({ column: 'a', power: 0.5 })).toEqual([1.73, 2, null]);
    expect(of({ column: 'b', power: 1 }, { column: 'pct', power: 1, per: -0.01 })).toEqual([12, 7.92, 2.5]);
    expect(of({ column: 'b', power: 1 }, { column: 'pct', power: -1, per: 0.01 })).toEqual([12, 8.25, 3.33]);
    expect(of({ column: 'b', power: 1 }, { column: 'pct', power: -1, per: -0.02 })).toEqual([12, 16.5, null]);
  });

  it('names parts of dates', () => {
    const columns = [makeColumn('day', ['2024-05-31', null, '2024-06-01'], 'date')];
    const weekend: RuleOf<'date-part'> = {
      kind: 'date-part',
      target: 'w',
      column: 'day',
      part: 'weekday',
      cells: [
        [4, 'no'],
        [5, 'yes'],
      ],
    };
    expect(cells(computeTarget(weekend, columns))).toEqual(['no', null, 'yes']);
    expect(cells(computeTarget({ ...weekend, part: 'quarter', cells: null }, columns))).toEqual([2, null, 2]);
  });

  it('says what is wrong with a rule', () => {
    const rule: RuleOf<'age'> = { kind: 'age', target: 'age', from: 'birth', to: 0 };
    expect(() => computeTarget(rule, [])).toThrow(/“birth”, which this table does not have/);
    expect(() => computeTarget(rule, [makeColumn('birth', ['x', 'y'])])).toThrow(/holds none/);
  });
});

describe('fullYears', () => {
  it.each([
    ['1980-06-15', '2020-06-14', 39],
    ['1980-06-15', '2020-06-15', 40],
    ['2000-02-29', '2021-02-28', 20],
    ['2000-02-29', '2021-03-01', 21],
    ['1904-01-01', '1903-12-31', -1],
  ])('from %s to %s', (from, to, years) => {
    expect(fullYears(Date.parse(from), Date.parse(to))).toBe(years);
  });
});

describe('partOf', () => {
  it('counts weeks as ISO 8601 does, days of the year, and months through years', () => {
    const part = (day: string, name: 'week' | 'day-of-year' | 'year-month') => partOf(Date.parse(day), name);
    const weeks = ['2020-12-31', '2021-01-03', '2021-01-04', '2024-12-30', '2026-01-01', '1969-12-29'];
    expect(weeks.map((day) => part(day, 'week'))).toEqual([53, 53, 1, 1, 1, 1]);
    expect(['2024-01-01', '2024-12-31', '2023-12-31'].map((day) => part(day, 'day-of-year'))).toEqual([
      1, 366, 365,
    ]);
    expect(part('2025-01-15', 'year-month') - part('2023-12-31', 'year-month')).toBe(13);
  });

  it('agrees with the calendar of Date', () => {
    for (let day = -40_000; day < 40_000; day += 777) {
      const date = new Date(day * 86_400_000 + 12_345_678);
      expect(partOf(date.getTime(), 'year')).toBe(date.getUTCFullYear());
      expect(partOf(date.getTime(), 'weekday')).toBe((date.getUTCDay() + 6) % 7);
      expect(partOf(date.getTime(), 'hour')).toBe(3);
      expect(partOf(date.getTime(), 'date')).toBe(day * 86_400_000);
    }
  });
});
