import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import { checkRule } from '../../../rules/check-rule';
import { makeColumn } from '../../../rules/testing/make-column';
import { drawKept } from '../testing/column-by-column';

const ROWS = 2000;
const stream = new RandomStream(4, 'weights');
const each = <T>(make: (row: number) => T) => Array.from({ length: ROWS }, (_, row) => make(row));

describe('the extreme of columns that were drawn on their own', () => {
  it('is computed, and what follows from it', async () => {
    const weight = each(() => 1 + stream.below(100));
    const size = each(() => 1 + stream.below(100));
    const charged = weight.map((value, row) => Math.max(value, size[row]!));
    const columns = [
      makeColumn('weight', weight),
      makeColumn('size', size),
      makeColumn('charged', charged),
      makeColumn(
        'price',
        charged.map((value) => 3 * value),
      ),
      makeColumn(
        'decides',
        each((row) => (weight[row]! >= size[row]! ? 'weight' : 'size')),
      ),
    ];
    const of = { columns: ['weight', 'size'], end: 'largest' as const };
    const rules: Rule[] = [
      {
        kind: 'linear',
        target: 'price',
        terms: [{ column: 'charged', factor: 3 }],
        constant: 0,
        decimals: 0,
        rounding: 'nearest',
      },
      { kind: 'extreme', target: 'charged', ...of },
      { kind: 'extreme', target: 'decides', ...of, cells: ['weight', 'size'] },
    ];
    const { kept, drawn } = await drawKept(columns, rules, 3000);
    expect(kept.rules).toHaveLength(3);
    for (const rule of rules)
      expect(checkRule(rule, drawn, columns)).toMatchObject({ applicable: 3000, kept: 3000 });
  });
});
