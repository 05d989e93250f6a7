import type { RuleOf } from '../../../../src/domain/rules';
import { factorMaker, productOf } from './fit-product';
import type { Pacer } from './pacer';
import { findPercents } from './percents';
import { findPowers } from './powers';
import type { SampledColumn } from './sampled-column';
import { stepsOf } from './units';

type Product = RuleOf<'product'>;
type MakeFactor = ReturnType<typeof factorMaker>;

/** Above so many columns, only the first are tried. */
const MAX_MULTIPLIED = 110;
/** … as products of three. */
const MAX_THREE = 50;

/**
 * Columns that are the product or ratio of two others, or the product of three, times a constant; with squares, cubes and
 * roots (`powers.ts`), or percents added or taken off (`percents.ts`).
 */
export async function findProducts(columns: readonly SampledColumn[], pacer: Pacer): Promise<Product[]> {
  const numbers = columns.filter(({ type, cells }) => type === 'number' && cells.length >= 2);
  const numeric = numbers.filter(({ cells }) => cells.length >= 3).slice(0, MAX_MULTIPLIED);
  const found: Product[] = [];
  const factor = factorMaker();
  for (const [i, a] of numeric.entries()) {
    for (const [j, b] of numeric.entries()) {
      if (j <= i) continue;
      for (const c of numeric.slice(j + 1)) {
        const rule = productOrRatio(factor, a, b, c);
        if (rule) found.push(rule);
      }
      if (pacer.due) await pacer.tick();
    }
  }
  if (numeric.length <= MAX_THREE) found.push(...(await productsOfThree(factor, numeric, pacer)));
  found.push(...(await findPowers(factor, numeric, pacer)));
  found.push(...(await findPercents(factor, numbers, numeric, pacer)));
  return found;
}

/** Which of three columns is the result of which: products before ratios, the last column before the others. */
const SHAPES: readonly (readonly [target: number, first: number, second: number, power: 1 | -1])[] = [
  [2, 0, 1, 1],
  [1, 0, 2, 1],
  [0, 1, 2, 1],
  [2, 0, 1, -1],
  [2, 1, 0, -1],
  [1, 0, 2, -1],
  [1, 2, 0, -1],
  [0, 1, 2, -1],
  [0, 2, 1, -1],
];

/**
 * The product or ratio that three columns keep. Of several that hold, the one whose target takes most steps says most: a
 * whole number of pieces follows from a share of three decimals, and not the other way round.
 */
function productOrRatio(
  factor: MakeFactor,
  ...three: readonly [SampledColumn, SampledColumn, SampledColumn]
): Product | null {
  let best: Product | null = null;
  let bestSteps = 0;
  for (const [target, first, second, power] of SHAPES) {
    const steps = best ? stepsOf(three[target]!) : Infinity;
    if (steps <= 1.5 * bestSteps) continue;
    const rule = productOf(three[target]!, [factor(three[first]!, 1), factor(three[second]!, power)]);
    if (!rule) continue;
    best = rule;
    bestSteps = stepsOf(three[target]!);
  }
  return best;
}

async function productsOfThree(
  factor: MakeFactor,
  numeric: readonly SampledColumn[],
  pacer: Pacer,
): Promise<Product[]> {
  const found: Product[] = [];
  for (const target of numeric) {
    const others = numeric.filter((column) => column !== target);
    for (const [i, a] of others.entries()) {
      for (const [j, b] of others.entries()) {
        if (j <= i) continue;
        for (const c of others.slice(j + 1)) {
          const rule = productOf(target, [factor(a, 1), factor(b, 1), factor(c, 1)]);
          if (rule) found.push(rule);
        }
        if (pacer.due) await pacer.tick();
      }
    }
  }
  return found;
}
