import { describe, expect, it } from 'vitest';
import type { NamedColumn } from '../../../src/domain/column-data';
import type { Rule, TableRule } from '../../../src/domain/rules';
import { dates, numbers, texts } from '../testing/make-columns';
import { reportOn } from '../testing/report-on';

const ROWS = 60;
const of = <T>(cell: (row: number) => T) => Array.from({ length: ROWS }, (_, row) => cell(row));

/** b = a + 1 but in the broken rows, city decides region but in them, and dates in order. */
function table(broken: number): NamedColumn[] {
  const cities = of((row) => ['x', 'y', 'z'][row % 3]!);
  return [
    numbers(
      'a',
      of((row) => row % 7),
    ),
    numbers(
      'b',
      of((row) => (row % 7) + (row < broken ? 2 : 1)),
    ),
    texts('city', cities),
    texts(
      'region',
      cities.map((city, row) => (city === 'x' && row >= broken ? 'north' : 'south')),
    ),
    dates(
      'from',
      of((row) => row * 1000),
    ),
    dates(
      'to',
      of((row) => (row % 2 === 0 ? row * 1000 + 5 : null)),
    ),
  ];
}

const listed = (rule: Rule): TableRule => ({
  ...{ rule, source: 'found', state: 'kept', applicable: ROWS, kept: ROWS },
});

describe('the rules of a report', () => {
  it('are counted in the synthetic rows; what goes together is read from the original', async () => {
    const rules: Rule[] = [
      {
        ...{ kind: 'linear', target: 'b', decimals: null, rounding: 'nearest', constant: 1 },
        terms: [{ column: 'a', factor: 1 }],
      } as Rule,
      { kind: 'functional-dependency', determinant: ['city'], dependent: 'region', oneToOne: false },
      { kind: 'fixed-combinations', columns: ['city', 'region'] },
      { kind: 'inequality', low: 'from', high: 'to', strict: true },
      { kind: 'inequality', low: 'from', high: 'elsewhere', strict: true },
    ];
    const report = await reportOn({ training: table(0), synthetic: table(6) }, { rules: rules.map(listed) });
    expect(report.rules.map(({ rule }) => rule)).toEqual(rules.slice(0, 4));
    expect(report.rules.map(({ synthetic }) => [synthetic.kept, synthetic.applicable])).toEqual([
      [54, 60],
      [58, 60],
      [58, 60],
      [30, 30],
    ]);
    expect(report.rules[0]).toMatchObject({ source: 'found', original: { kept: ROWS, applicable: ROWS } });
    expect(report.dateColumns).toEqual(['from', 'to']);
  });

  it('are counted over all slices of a long table', async () => {
    const rows = 120_000;
    const values = Array.from({ length: rows }, (_, row) => row);
    const training = [numbers('a', [1, 2, 3]), numbers('b', [1, 2, 3])];
    const synthetic = [
      numbers('a', values),
      numbers(
        'b',
        values.map((value) => (value % 1000 === 999 ? null : value + (value % 60_000 === 0 ? 1 : 0))),
      ),
    ];
    const equal: Rule = { kind: 'inequality', low: 'b', high: 'a', strict: false };
    const counting: Rule = { kind: 'running-number', column: 'a', start: 0, step: 1 };
    const { rules } = await reportOn({ training, synthetic }, { rules: [listed(equal), listed(counting)] });
    expect(rules.map((score) => score.synthetic)).toEqual([
      { applicable: rows - 120, kept: rows - 122 },
      { applicable: rows, kept: rows },
    ]);
  });
});
