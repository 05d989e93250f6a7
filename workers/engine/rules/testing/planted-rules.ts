/** Rules that a generated table is said to keep, in short. */
import type { Factor, Rule } from '../../../../src/domain/rules';

export const linear = (
  target: string,
  terms: readonly (readonly [string, number])[],
  constant = 0,
): Rule => ({
  kind: 'linear',
  target,
  terms: terms.map(([column, factor]) => ({ column, factor })),
  constant,
  decimals: null,
  rounding: 'nearest',
});

export const product = (
  target: string,
  factors: readonly (readonly [string, 1 | -1] | Factor)[],
  factor = 1,
): Rule => ({
  kind: 'product',
  target,
  factors: factors.map((factor) => ('column' in factor ? factor : { column: factor[0], power: factor[1] })),
  factor,
  decimals: null,
  rounding: 'nearest',
});
