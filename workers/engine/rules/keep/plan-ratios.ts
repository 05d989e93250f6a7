import type { Rule, RuleOf } from '../../../../src/domain/rules';
import { numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { findDecimals } from '../../encoding/decimal-grid';
import type { ExtraColumn, RatioTie } from '../../models/kept-rules';
import type { FeatureColumn } from '../../models/model';
import { MIN_THRESHOLD, protectedBounds, strictestProtection } from '../../privacy/protection';
import { freeName, planRatio, type ReadColumn } from './extra-columns';
import { findClose } from './find-close';
import { findCloseProducts } from './find-close-products';
import { computeStep, isPossible, type PlannedStep, writes } from './plan-steps';

export interface RatioTable {
  readonly features: readonly FeatureColumn[];
  /** By name. */
  readonly known: ReadonlyMap<string, FeatureColumn>;
  readonly read: ReadColumn;
  /** Whether what few rows share must not be seen. */
  readonly isProtected: boolean;
  readonly pause: () => Promise<void>;
}

/**
 * Columns that are close to another one, or to the product of two others, in many rows: their ratio is learned, and they
 * are computed from it where a row has one.
 * @param steps gets the computations
 * @param extras gets the ratios
 */
export async function planRatios(
  { features, known, read, isProtected, pause }: RatioTable,
  steps: PlannedStep[],
  extras: ExtraColumn[],
): Promise<{ readonly ties: RatioTie[]; readonly checks: Rule[] }> {
  const ties: RatioTie[] = [];
  const checks: Rule[] = [];
  const isFree = (name: string) =>
    !steps.some((planned) => writes(planned, name) && planned.step.kind !== 'set');
  const products = await findCloseProducts(features, read, isFree, pause);
  for (const close of [...products, ...(await findClose(features, read, pause))]) {
    const { from, by, to, tolerance } = close;
    const name = freeName(`${from} by ${to}`, known, extras);
    const column = await read(to);
    const factors = by === undefined ? [from, name] : [from, by, name];
    const rule: RuleOf<'product'> = {
      kind: 'product',
      target: to,
      decimals: decimalsOf(column),
      rounding: 'nearest',
      factors: factors.map((factor) => ({ column: factor, power: 1 as const })),
      factor: 1,
    };
    const planned = computeStep(rule, known, 0);
    if (!isPossible(steps, planned)) continue;
    extras.push(planRatio(close, name));
    // What codes of three columns and a ratio go together is not listed, so products may leave the range.
    if (by === undefined) ties.push({ from, to, ratio: name, tolerance });
    else checks.push(...limitOf(column, isProtected));
    steps.push(planned);
  }
  return { ties, checks };
}

/**
 * The largest number of a column that may be seen, or that is a value of its own like 9999. Products are positive; zeros
 * that a rule sets stay.
 */
function limitOf(column: RuleColumn, isProtected: boolean): Rule[] {
  const sorted = numbersOf(column)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const bounds = protectedBounds(sorted, strictestProtection(isProtected));
  if (!bounds) return [];
  const common = isProtected ? MIN_THRESHOLD : 1;
  const max = sorted.findLast((value, at) => value <= bounds.high || sorted[at - common + 1] === value);
  return [{ kind: 'range', column: column.name, min: null, max: max ?? bounds.high, strict: false }];
}

/** Decimals that all values of a column have; null = as many as a double has. */
function decimalsOf(column: RuleColumn): number | null {
  const values = numbersOf(column).filter((value) => !Number.isNaN(value));
  const largest = values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  return findDecimals(values, 0, largest);
}
