import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import { checkRule } from '../../../rules/check-rule';
import { makeColumn } from '../../../rules/testing/make-column';
import { drawKept } from '../testing/column-by-column';

const ROWS = 3000;
const stream = new RandomStream(21, 'loans');
const each = <T>(make: (row: number) => T) => Array.from({ length: ROWS }, (_, row) => make(row));
const cents = (value: number) => Math.round(value * 100) / 100;

const sum = (
  target: string,
  terms: readonly (readonly [string, number])[],
  more: Partial<Extract<Rule, { kind: 'linear' }>> = {},
): Rule => ({
  kind: 'linear',
  target,
  terms: terms.map(([column, factor]) => ({ column, factor })),
  constant: 0,
  decimals: 2,
  rounding: 'nearest',
  ...more,
});

const product = (target: string, columns: readonly string[], factor = 1): Rule => ({
  kind: 'product',
  target,
  factors: columns.map((column) => ({ column, power: 1 })),
  factor,
  decimals: 2,
  rounding: 'nearest',
});

const targets = (kept: Awaited<ReturnType<typeof drawKept>>['kept']) =>
  kept.steps.map((step) => step.kind === 'compute' && step.rules[0]!.target);

describe('two equations of one target', () => {
  it('compute the product, and solve the sum: a quotient is rounded', async () => {
    const amount = each(() => 1000 * (1 + stream.below(60)));
    const months = each(() => 12 * (1 + stream.below(5)));
    const instalment = amount.map((value, row) => cents((value / months[row]!) * (1 + stream.uniform() / 3)));
    const total = instalment.map((value, row) => cents(value * months[row]!));
    const columns = [
      makeColumn('amount', amount),
      makeColumn('months', months),
      makeColumn('instalment', instalment),
      makeColumn('total', total),
      makeColumn(
        'interest',
        total.map((value, row) => cents(value - amount[row]!)),
      ),
    ];
    const rules = [
      sum('total', [
        ['amount', 1],
        ['interest', 1],
      ]),
      product('total', ['months', 'instalment']),
    ];
    const { kept, drawn } = await drawKept(columns, rules, 2000);
    expect(kept.rules).toEqual(rules);
    // The instalment is solved for the total as it was drawn.
    expect(targets(kept)).toEqual(['total', 'instalment', 'total', 'interest']);
    for (const rule of rules) expect(checkRule(rule, drawn, columns)).toMatchObject({ kept: 2000 });
  });

  it('compute what was rounded afterwards from the product', async () => {
    const [length, width, height] = [0, 1, 2].map(() => each(() => 5 + stream.below(95)));
    const volume = length!.map((value, row) => value * width![row]! * height![row]!);
    const columns = [
      makeColumn('length', length!),
      makeColumn('width', width!),
      makeColumn('height', height!),
      makeColumn(
        'litres',
        volume.map((value) => cents(value / 1000)),
      ),
      makeColumn(
        'weight',
        volume.map((value) => cents(value / 5000)),
      ),
    ];
    const rules = [
      sum('litres', [['weight', 5]], { inputDecimals: [2] }),
      product('litres', ['length', 'width', 'height'], 0.001),
    ];
    const { kept, drawn } = await drawKept(columns, rules, 2000);
    expect(kept.rules).toEqual(rules);
    expect(targets(kept)).toEqual(['litres', 'weight']);
    for (const rule of rules) expect(checkRule(rule, drawn, columns)).toMatchObject({ kept: 2000 });
  });

  it('are both kept where only the other one can be solved', async () => {
    const amount = each(() => 500 * (2 + stream.below(100)));
    const columns = [
      makeColumn('amount', amount),
      makeColumn(
        'fee',
        amount.map((value) => value / 100),
      ),
      makeColumn(
        'paid',
        amount.map((value) => 0.99 * value),
      ),
    ];
    const rules = [
      sum('amount', [
        ['fee', 1],
        ['paid', 1],
      ]),
      sum('amount', [['fee', 100]]),
    ];
    const { kept, drawn } = await drawKept(columns, rules, 2000);
    expect(kept.rules).toEqual(rules);
    for (const rule of rules) expect(checkRule(rule, drawn, columns)).toMatchObject({ kept: 2000 });
  });
});
