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
  const solve = (): (ComputedRule | null)[] => {
    if (rule.kind === 'linear') return rule.terms.map((_, index) => solveLinear(rule, index, rounded));
    if (rule.kind === 'product') return rule.factors.map((_, index) => solveProduct(rule, index, rounded));
    return [];
  };
  // Whole numbers come last: they rarely give what is asked exactly.
  const isWhole = ({ target }: ComputedRule) => Number(typeOf(target) !== 'float');
  return solve()
    .filter((solved): solved is ComputedRule => solved !== null && typeOf(solved.target) !== null)
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
    ...(rule.missingAsZero ? { missingAsZero: true } : {}),
    ...solvedInputDecimals(rule, index),
  };
}

/** Where inputs were rounded after the target was computed, the target is an input that was rounded, too. */
function solvedInputDecimals(
  { decimals, inputDecimals }: RuleOf<'linear'>,
  index: number,
): Pick<RuleOf<'linear'>, 'inputDecimals'> {
  if (!inputDecimals || decimals === null) return {};
  return { inputDecimals: [decimals, ...inputDecimals.filter((_, k) => k !== index)] };
}

/**
 * t = f · x^p · Π r^q, so x = (t / f)^(1/p) · Π r^(−q/p): of the roots of an even power, the positive one. What adds or
 * takes off a share is not solved for.
 */
function solveProduct(rule: RuleOf<'product'>, index: number, rounded: Rounded): RuleOf<'product'> | null {
  const { column, power, per } = rule.factors[index]!;
  const factor = Math.abs(power) === 1 ? rule.factor ** -power : rule.factor ** (-1 / power);
  if (per !== undefined || !Number.isFinite(factor)) return null;
  const others = rule.factors.filter((_, k) => k !== index);
  return {
    kind: 'product',
    ...rounded(column),
    factors: [
      { column: rule.target, power: 1 / power },
      ...others.map((other) => ({ ...other, power: -other.power / power })),
    ],
    factor,
  };
}
