import { describe, expect, it } from 'vitest';
import type { ResolvedEncodingType } from '../../../../src/domain/columns';
import { RandomStream } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import { SyntheticTableConfiguration } from '../../../../src/domain/synthetic-datasets';
import { checkRule } from '../../../rules/check-rule';
import type { RuleColumn } from '../../../rules/rule-column';
import { collect, samplerOf } from '../testing/column-by-column';

const ROWS = 2000;
const configuration = SyntheticTableConfiguration.parse({});

function numbers(name: string, values: readonly number[], isWhole = false): RuleColumn {
  const data = { kind: 'number' as const, values: Float64Array.from(values), nulls: null };
  return { name, storageType: isWhole ? 'integer' : 'float', data };
}

const sum = (target: string, terms: readonly (readonly [string, number])[], decimals: number): Rule => ({
  kind: 'linear',
  target,
  terms: terms.map(([column, factor]) => ({ column, factor })),
  constant: 0,
  decimals,
  rounding: 'nearest',
});

async function sampler(
  columns: readonly RuleColumn[],
  rules: readonly Rule[],
  discrete: readonly string[] = [],
) {
  const features = columns.map(({ name, storageType }, i) => ({
    schema: { name, originalName: name, storageType },
    encodingType: (discrete.includes(name)
      ? 'TABULAR_NUMERIC_DISCRETE'
      : 'TABULAR_NUMERIC_BINNED') as ResolvedEncodingType,
    sourceIndex: i,
    outputIndex: i,
  }));
  return samplerOf(columns, features, rules);
}

const cents = (value: number) => Math.round(value * 100) / 100;

describe('an equation whose target another one computes', () => {
  it('is solved for what contributes most in each row: paid or open', async () => {
    const stream = new RandomStream(5, 'amounts');
    const draws = Array.from({ length: ROWS }, () => ({
      net: cents(10 + 90 * stream.uniform()),
      isPaid: stream.uniform() < 0.7,
    }));
    const taxed = (net: number) => cents(net + cents(0.2 * net));
    const columns = [
      numbers(
        'net',
        draws.map(({ net }) => net),
      ),
      numbers(
        'tax',
        draws.map(({ net }) => cents(0.2 * net)),
      ),
      numbers(
        'gross',
        draws.map(({ net }) => taxed(net)),
      ),
      numbers(
        'paid',
        draws.map(({ net, isPaid }) => (isPaid ? taxed(net) : 0)),
      ),
      numbers(
        'open',
        draws.map(({ net, isPaid }) => (isPaid ? 0 : taxed(net))),
      ),
    ];
    const rules = [
      sum('tax', [['net', 0.2]], 2),
      sum(
        'gross',
        [
          ['net', 1],
          ['tax', 1],
        ],
        2,
      ),
      sum(
        'gross',
        [
          ['paid', 1],
          ['open', 1],
        ],
        2,
      ),
    ];
    const { kept, sampler: made } = await sampler(columns, rules);
    expect(kept.rules).toHaveLength(3);
    const drawn = await collect(made.rows({ rows: 600, seed: 3, configuration }), columns);
    for (const rule of rules) expect(checkRule(rule, drawn, columns)).toMatchObject({ kept: 600 });
    // Drawn column by column, one of the two is 0 as often as chance has it; neither falls below.
    const values = (name: string) =>
      (drawn.find((column) => column.name === name)!.data as { values: Float64Array }).values;
    expect(Math.min(...values('paid'), ...values('open'))).toBeGreaterThanOrEqual(0);
    expect(values('open').filter((value) => value === 0).length).toBeGreaterThan(60);
  });

  it('computes the column of many values from the one of few', async () => {
    const stream = new RandomStream(6, 'pressures');
    const draws = Array.from({ length: ROWS }, () => ({
      low: 60 + stream.below(40),
      gap: 20 + stream.below(50),
    }));
    const columns = [
      numbers(
        'high',
        draws.map(({ low, gap }) => low + gap),
        true,
      ),
      numbers(
        'low',
        draws.map(({ low }) => low),
        true,
      ),
      numbers(
        'gap',
        draws.map(({ gap }) => gap),
        true,
      ),
      numbers(
        'mean',
        draws.map(({ low, gap }) => Math.round(10 * (low + gap / 3)) / 10),
      ),
    ];
    const rules = [
      sum(
        'high',
        [
          ['low', 1],
          ['gap', 1],
        ],
        0,
      ),
      sum(
        'high',
        [
          ['low', -2],
          ['mean', 3],
        ],
        0,
      ),
    ];
    const { kept, sampler: made } = await sampler(columns, rules, ['low', 'gap']);
    expect(kept.steps.map((step) => step.kind === 'compute' && step.rules[0]!.target)).toEqual([
      'high',
      'mean',
    ]);
    const drawn = await collect(made.rows({ rows: 600, seed: 3, configuration }), columns);
    for (const rule of rules) expect(checkRule(rule, drawn, columns)).toMatchObject({ kept: 600 });
  });

  it('is left alone where no other column can be written', async () => {
    const values = Array.from({ length: ROWS }, (_, row) => 1 + (row % 97));
    const columns = ['a', 'b', 'c'].map((name) => numbers(name, values, true));
    const rules = [sum('c', [['a', 1]], 0), sum('b', [['a', 1]], 0), sum('c', [['b', 1]], 0)];
    const { kept } = await sampler(columns, rules);
    expect(kept.rules).toHaveLength(2);
  });
});
