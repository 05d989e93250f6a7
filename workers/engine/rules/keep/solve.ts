import type { StorageType } from '../../../../src/domain/columns';
import type { RuleOf } from '../../../../src/domain/rules';
import type { ComputedRule } from '../../../rules/compute-target';

/** Decimals that a solved number is rounded to: hides the noise of a division. */
const SOLVED_DECIMALS = 9;

/**
 * The same relation as a rule of each of its other columns, for rows in which the target is given. Rules of dates and
 * ages cannot be solved.
 * @param typeOf null = no column of the table: it is never solved for
 */
export function solvedRules(
  rule: ComputedRule,
  typeOf: (column: string) => StorageType | null,
): ComputedRule[] {
  const rounded = (target: string) => ({
    target,
    decimals: typeOf(target) === 'float' ? SOLVED_DECIMALS : 0,
    rounding: 'nearest' as const,
  });
  const solve = (): ComputedRule[] => {
    if (rule.kind === 'linear') return rule.terms.map((_, index) => solveLinear(rule, index, rounded));
    if (rule.kind === 'product') return rule.factors.map((_, index) => solveProduct(rule, index, rounded));
    return [];
  };
  // Whole numbers come last: they rarely give what is asked exactly.
  const isWhole = ({ target }: ComputedRule) => Number(typeOf(target) !== 'float');
  return solve()
    .filter(({ target }) => typeOf(target) !== null)
    .sort((a, b) => isWhole(a) - isWhole(b));
}

type Rounded = (target: string) => Pick<RuleOf<'linear'>, 'target' | 'decimals' | 'rounding'>;

function solveLinear(rule: RuleOf<'linear'>, index: number, rounded: Rounded): RuleOf<'linear'> {
  const { column, factor } = rule.terms[index]!;
  const others = rule.terms.filter((_, k) => k !== index);
  return {
    kind: 'linear',
    ...rounded(column),
    terms: [
      { column: rule.target, factor: 1 / factor },
      ...others.map((term) => ({ column: term.column, factor: -term.factor / factor })),
    ],
    constant: -rule.constant / factor,
  };
}

/** t = f · x · r with r the other factors, so x = t / (f · r); x as a divisor is f · r / t. */
function solveProduct(rule: RuleOf<'product'>, index: number, rounded: Rounded): RuleOf<'product'> {
  const { column, power } = rule.factors[index]!;
  const others = rule.factors.filter((_, k) => k !== index);
  const flip = (own: 1 | -1): 1 | -1 => (own === power ? -1 : 1);
  return {
    kind: 'product',
    ...rounded(column),
    factors: [
      { column: rule.target, power },
      ...others.map((other) => ({ column: other.column, power: flip(other.power) })),
    ],
    factor: power === 1 ? 1 / rule.factor : rule.factor,
  };
}
