import type { RuleOf } from '../../../../src/domain/rules';
import { numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { commonStep } from '../../encoding/common-step';
import { findDecimals } from '../../encoding/decimal-grid';
import type { ExtraColumn, RatioTie } from '../../models/kept-rules';
import type { FeatureColumn } from '../../models/model';
import {
  freeName,
  planQuotient,
  planRate,
  planRatio,
  planRest,
  type Rates,
  type ReadColumn,
} from './extra-columns';
import { findClose } from './find-close';
import { findCloseProducts } from './find-close-products';
import { findCloseSums } from './find-close-sums';
import { findQuotients } from './find-quotients';
import { findRates } from './find-rates';
import { computeStep, isPossible, onStep, type PlannedStep, writes } from './plan-steps';

/** A tolerance that all positive numbers keep. */
const ANY_POSITIVE = 1 - 1e-9;

/** Decimals that a rule may name (`src/domain/rules.ts`). */
const MIN_DECIMALS = -9;
const MAX_DECIMALS = 15;

/** Share of the rows that rates lead to, above which they come before what says less exactly. */
const NEARLY_ALL = 0.8;

export interface RatioTable {
  readonly features: readonly FeatureColumn[];
  /** By name. */
  readonly known: ReadonlyMap<string, FeatureColumn>;
  readonly read: ReadColumn;
  readonly pause: () => Promise<void>;
}

/**
 * Columns that follow from others in many rows more closely than codes tell: close to another one, to a product or a sum,
 * at one of few rates, or by a sharp quotient. What they have beyond is learned, and they are computed where a row has it.
 * @param steps gets the computations
 * @param extras gets what is learned
 */
export async function planRatios(
  { features, known, read, pause }: RatioTable,
  steps: PlannedStep[],
  extras: ExtraColumn[],
): Promise<RatioTie[]> {
  const ties: RatioTie[] = [];
  const isFree = (name: string) =>
    !steps.some((planned) => writes(planned, name) && planned.step.kind !== 'set');
  const pairs = await findClose(features, read, pause);
  const gainOf = (name: string) =>
    Math.max(0, ...pairs.map(({ from, to, gain }) => (from === name || to === name ? gain : 0)));
  const quotients = await findQuotients(features, read, isFree, pause);
  // A product with a flag is the other factor in some rows: a column that says more by itself comes first.
  const products = (await findCloseProducts(features, read, isFree, pause)).filter(
    ({ to, gain }) => gain >= gainOf(to) && !quotients.some((quotient) => quotient.to === to),
  );
  const rates = await findRates(features, read, isFree, pause);
  const planRates = async (isDue: (found: Rates) => boolean): Promise<void> => {
    for (const found of rates.filter(isDue)) {
      const { from, to } = found;
      const name = freeName(`${to} per ${from}`, known, extras);
      const column = await read(to);
      const unit = stepOf(column);
      const planned = onStep(computeStep(productOf(to, [from, name], decimalsOf(column)), known, 0), unit);
      if (unit === null || !isPossible(steps, planned)) continue;
      extras.push(planRate(found, unit, name));
      ties.push({ from, to, ratio: name, tolerance: 0 });
      steps.push(planned);
    }
  };
  await planRates(({ share }) => share >= NEARLY_ALL);
  for (const close of await findCloseSums(features, read, isFree, pause)) {
    const { to, terms } = close;
    const name = freeName(`${to} beyond ${terms.map(({ column }) => column).join(', ')}`, known, extras);
    const column = await read(to);
    const rule: RuleOf<'linear'> = {
      kind: 'linear',
      target: to,
      decimals: decimalsOf(column),
      rounding: 'nearest',
      terms: [...terms, { column: name, factor: 1 }],
      constant: 0,
    };
    const planned = onStep(computeStep(rule, known, 0), stepOf(column));
    if (!isPossible(steps, planned)) continue;
    extras.push(planRest(close, name));
    steps.push(planned);
  }
  for (const close of [...products, ...pairs]) {
    const { from, by, to, tolerance } = close;
    const name = freeName(`${from} by ${to}`, known, extras);
    const column = await read(to);
    const factors = by === undefined ? [from, name] : [from, by, name];
    const rule = productOf(to, factors, decimalsOf(column));
    const planned = onStep(computeStep(rule, known, 0), stepOf(column));
    if (!isPossible(steps, planned)) continue;
    extras.push(planRatio(close, name));
    if (by === undefined) ties.push({ from, to, ratio: name, tolerance });
    steps.push(planned);
  }
  await planRates(({ share }) => share < NEARLY_ALL);
  for (const found of quotients) {
    const { from, to } = found;
    const name = freeName(`${to} by ${from}`, known, extras);
    const column = await read(to);
    const rule = productOf(to, [from, name], decimalsOf(column));
    const planned = onStep(computeStep(rule, known, 0), stepOf(column));
    if (!isPossible(steps, planned)) continue;
    extras.push(planQuotient(found, name));
    ties.push({ from, to, ratio: name, tolerance: ANY_POSITIVE });
    steps.push(planned);
  }
  return ties;
}

function productOf(target: string, factors: readonly string[], decimals: number | null): RuleOf<'product'> {
  return {
    kind: 'product',
    target,
    decimals,
    rounding: 'nearest',
    factors: factors.map((column) => ({ column, power: 1 as const })),
    factor: 1,
  };
}

function stepOf(column: RuleColumn): number | null {
  return commonStep(numbersOf(column).filter((value) => !Number.isNaN(value)));
}

/** Decimals that all values of a column have, as far as a rule can say; null = as many as a double has. */
function decimalsOf(column: RuleColumn): number | null {
  const values = numbersOf(column).filter((value) => !Number.isNaN(value));
  const largest = values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  const decimals = findDecimals(values, 0, largest);
  return decimals === null || decimals > MAX_DECIMALS ? null : Math.max(decimals, MIN_DECIMALS);
}
