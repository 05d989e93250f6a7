import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../../src/domain/calendar';
import type { RuleOf } from '../../src/domain/rules';
import { intervalOf } from '../../src/domain/threshold-interval';
import { checkRule, rowsKeeping } from './check-rule';
import { makeColumn } from './testing/make-column';
import { cellsByThresholds, decidingNumbers } from './thresholds';

const rule: RuleOf<'thresholds'> = {
  kind: 'thresholds',
  target: 'class',
  column: 'risk',
  thresholds: [10, 20],
  cells: ['low', 'medium', 'high'],
  inclusive: false,
};

describe('thresholds', () => {
  it('belong to the interval above, or below where that is said', () => {
    const values = [9.9, 10, 10.1, 20, 99];
    expect(values.map((value) => intervalOf(value, rule))).toEqual([0, 1, 1, 2, 2]);
    const inclusive = { ...rule, inclusive: true };
    expect(values.map((value) => intervalOf(value, inclusive))).toEqual([0, 0, 1, 1, 2]);
  });

  it('say nothing of missing cells and of cells that they do not name', () => {
    const columns = [
      makeColumn('risk', [9.9, 10, 25, null, 3, 3]),
      makeColumn('class', ['low', 'low', 'high', 'low', null, 'unknown']),
    ];
    expect([...rowsKeeping(rule, columns)].join('')).toBe('101222');
  });

  it('decide numbers as well as texts', () => {
    const columns = [makeColumn('net', [99.99, 100, null]), makeColumn('shipping', [4.9, 0, 4.9])];
    const shipping = { ...rule, target: 'shipping', column: 'net', thresholds: [100], cells: [4.9, 0] };
    expect(cellsByThresholds(shipping, columns)).toEqual({
      kind: 'number',
      values: Float64Array.of(4.9, 0, 0),
      nulls: Uint8Array.of(0, 0, 1),
    });
    expect(checkRule(shipping, columns)).toMatchObject({ applicable: 2, kept: 2 });
  });

  it('compare a day and an instant by day', () => {
    const columns = [
      makeColumn('due', ['2024-05-01', '2024-05-01', null], 'date'),
      makeColumn(
        'paid',
        ['2024-05-01T18:00:00Z', '2024-05-03T01:00:00Z', '2024-05-01T00:00:00Z'],
        'datetime',
      ),
    ];
    const late = { column: 'paid', minus: 'due' };
    expect([...decidingNumbers(late, columns)]).toEqual([0, 2 * DAY, Number.NaN]);
  });

  it('give every number the cell of the interval around it', () => {
    const sorted = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 11 });
    fc.assert(
      fc.property(sorted, fc.integer({ min: -60, max: 60 }), fc.boolean(), (numbers, value, inclusive) => {
        const thresholds = numbers.sort((a, b) => a - b);
        const at = intervalOf(value, { thresholds, inclusive });
        const [below, above] = [thresholds[at - 1] ?? -Infinity, thresholds[at] ?? Infinity];
        expect(inclusive ? below < value && value <= above : below <= value && value < above).toBe(true);
      }),
    );
  });
});
