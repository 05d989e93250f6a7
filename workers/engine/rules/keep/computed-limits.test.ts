import { expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import { SyntheticTableConfiguration } from '../../../../src/domain/synthetic-datasets';
import { checkRule } from '../../../rules/check-rule';
import type { RuleColumn } from '../../../rules/rule-column';
import { collect, samplerOf } from '../testing/column-by-column';

const configuration = SyntheticTableConfiguration.parse({});

it('computed numbers stay in the range of their column, whatever is drawn', async () => {
  const stream = new RandomStream(8, 'limits');
  // Parts that are large in turn, so that their sum varies little; drawn column by column, it would reach from 20 to 180.
  const parts = Array.from({ length: 2000 }, () => {
    const first = 10 + stream.below(80);
    return [first, 100 - first + stream.below(20)] as const;
  });
  const columns = ['first', 'second', 'sum'].map((name, at): RuleColumn => {
    const values = Float64Array.from(parts, ([a, b]) => [a, b, a + b][at]!);
    return { name, storageType: 'integer', data: { kind: 'number', values, nulls: null } };
  });
  const rule: Rule = {
    kind: 'linear',
    target: 'sum',
    terms: ['first', 'second'].map((column) => ({ column, factor: 1 })),
    constant: 0,
    decimals: 0,
    rounding: 'nearest',
  };
  const features = columns.map(({ name, storageType }, i) => ({
    schema: { name, originalName: name, storageType },
    encodingType: 'TABULAR_NUMERIC_BINNED' as const,
    sourceIndex: i,
    outputIndex: i,
  }));
  const { kept, sampler } = await samplerOf(columns, features, [rule]);
  expect(kept.limits).toMatchObject([{ kind: 'range', column: 'sum', min: 100, max: 119 }]);
  const drawn = await collect(sampler.rows({ rows: 500, seed: 2, configuration }), columns);
  for (const own of [rule, ...kept.limits!]) expect(checkRule(own, drawn).kept).toBe(500);
});
