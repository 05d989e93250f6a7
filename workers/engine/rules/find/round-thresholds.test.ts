import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../../../../src/domain/calendar';
import { type NumberForm, roundThresholds } from './round-thresholds';

const numbers = (decimals: number | null): NumberForm => ({ kind: 'number', decimals });
const gap = (below: number, above: number, belowRows = 9, aboveRows = 9) => ({
  below,
  above,
  belowRows,
  aboveRows,
});

describe('roundThresholds', () => {
  it.each([
    ['numbers of one decimal', [gap(9.9, 10), gap(19.9, 20)], 1, [10, 20], false],
    ['an upper bound that belongs to its class', [gap(10, 10.1), gap(20, 20.1)], 1, [10, 20], true],
    ['a wide gap', [gap(97.32, 104.81)], 2, [100], false],
    ['whole numbers', [gap(17, 18)], 0, [18], false],
    ['a round number of one row', [gap(99.7, 100, 1, 1)], 1, [100], false],
    ['an odd number of one row, which is passed by', [gap(4837.213, 4837.2191, 1, 1)], 4, [4837.216], false],
    ['neighbours of the grid', [gap(4837.21, 4837.22, 1, 1)], 2, [4837.22], false],
    ['an odd number of many rows', [gap(4837.21, 4837.22)], 2, [4837.22], false],
  ] as const)('%s', (_, gaps, decimals, thresholds, inclusive) => {
    expect(roundThresholds(gaps, numbers(decimals), 5)).toEqual({ thresholds, inclusive });
  });

  it('takes the first day of a year or month, else a day, else what lies between', () => {
    const day = (text: string) => Date.parse(text);
    const of = (below: string, above: string, rows = 9, unit = DAY) =>
      roundThresholds([gap(day(below), day(above), rows, rows)], { kind: 'date', unit }, 5).thresholds[0];
    expect(of('2021-12-20', '2022-03-04')).toBe(day('2022-01-01'));
    expect(of('2022-02-20', '2022-03-04')).toBe(day('2022-03-01'));
    expect(of('2022-03-20', '2022-03-21')).toBe(day('2022-03-21'));
    expect(of('2022-03-20', '2022-03-21', 1)).toBe(day('2022-03-21'));
    const between = of('2022-03-20', '2022-03-21', 1, 1)! - day('2022-03-20');
    expect(between > 0 && between < DAY).toBe(true);
  });

  it('separates both sides of each gap', () => {
    const units = fc.uniqueArray(fc.integer({ min: -5000, max: 5000 }), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(units, fc.integer({ min: 0, max: 3 }), fc.nat(9), (drawn, decimals, rows) => {
        const ends = drawn.sort((a, b) => a - b).map((unit) => unit / 10 ** decimals);
        const gaps = ends.slice(1).map((above, i) => gap(ends[i]!, above, rows, rows));
        const { thresholds, inclusive } = roundThresholds(gaps, numbers(decimals), 5);
        for (const [i, { below, above }] of gaps.entries()) {
          const threshold = thresholds[i]!;
          if (inclusive) expect(below <= threshold && threshold < above).toBe(true);
          else expect(below < threshold && threshold <= above).toBe(true);
        }
      }),
    );
  });
});
