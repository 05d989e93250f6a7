import type { RandomStream } from '../../../src/domain/random';
import { MIN_THRESHOLD, raisedBy, rangeValues } from '../../../src/domain/rarity';

/** From so many values on, too few for a range, their middle may be shown: the mean of 5 of them, and no extreme. */
export const MIN_FEW_VALUES = 12;

/** Order statistics averaged into one published number, so that it is not the value of a single row. */
export const AVERAGED = 5;

/**
 * Chances of the thresholds 5, 6, … in percent. Together with the noise on counts they let nobody tell n people from
 * n + 1, shown or not, with an AUC above .62 (docs/privacy.md, Thresholds).
 */
export const THRESHOLD_CHANCES = [23, 19, 16, 13, 10, 8, 7, 4] as const;

/** What so many rows hold may always be shown. */
export const MAX_THRESHOLD = MIN_THRESHOLD + THRESHOLD_CHANCES.length - 1;

/** Extreme values that are hidden at most. */
const MAX_EXTREMES = 7;

/** The stochastic rare threshold: 5 to 12, the lower the likelier. */
export function rareThreshold(stream: RandomStream): number {
  let rest = stream.below(100);
  let threshold = MIN_THRESHOLD;
  for (const chance of THRESHOLD_CHANCES) {
    rest -= chance;
    if (rest < 0) break;
    threshold++;
  }
  return threshold;
}

/** How many extreme values of one end are hidden: 5, 6 or 7 with equal probability. */
function hiddenExtremes(stream: RandomStream): number {
  return MIN_THRESHOLD + stream.below(MAX_EXTREMES - MIN_THRESHOLD + 1);
}

/** The random numbers that protecting one column needs, in a fixed order; all 0 / 1 when protection is off. */
export interface ProtectionPlan {
  readonly enabled: boolean;
  /** A value is kept if at least this many rows hold it. */
  readonly threshold: number;
  /** Number of smallest values that are hidden. */
  readonly low: number;
  /** Number of largest values that are hidden. */
  readonly high: number;
  /** By how much a person raised all of these; absent = not. */
  readonly raised?: number;
}

/** Values that a range needs for its ends to be hidden and the rest to be shown. */
export function valuesForBounds({ raised = 0 }: ProtectionPlan): number {
  return rangeValues(raised);
}

/** Values from which on their middle may be shown. */
export function fewValues({ raised = 0 }: ProtectionPlan): number {
  return MIN_FEW_VALUES + raised;
}

/** The plan with thresholds that begin at `least` instead of at 5. */
function raisedTo(least: number, plan: ProtectionPlan): ProtectionPlan {
  const raised = raisedBy(least);
  if (!plan.enabled || raised === 0) return plan;
  const { threshold, low, high } = plan;
  return { enabled: true, threshold: threshold + raised, low: low + raised, high: high + raised, raised };
}

/**
 * Whether what so many rows do may show: a value, a missing value, a time beside dates, a decimal beside whole numbers.
 * The form of the output – types, decimals, null codes, placeholders – follows what may show alone.
 */
export function mayShow(rows: number, { threshold }: Pick<ProtectionPlan, 'threshold'>): boolean {
  return rows > 0 && rows >= threshold;
}

/** Hides no fewer values than any plan that is drawn, for what several columns share. */
export function strictestProtection(enabled: boolean, least = MIN_THRESHOLD): ProtectionPlan {
  if (!enabled) return { enabled, threshold: 1, low: 0, high: 0 };
  return raisedTo(least, { enabled, threshold: MAX_THRESHOLD, low: MAX_EXTREMES, high: MAX_EXTREMES });
}

/**
 * Draws the thresholds of one column: categories and both ends independently.
 * @param least lowest threshold that may be drawn; below 5 counts as 5
 */
export function planProtection(
  enabled: boolean,
  stream: RandomStream,
  least = MIN_THRESHOLD,
): ProtectionPlan {
  if (!enabled) return { enabled, threshold: 1, low: 0, high: 0 };
  return raisedTo(least, {
    enabled,
    threshold: rareThreshold(stream),
    low: hiddenExtremes(stream),
    high: hiddenExtremes(stream),
  });
}

/**
 * Mean of `AVERAGED` neighbouring order statistics from rank `start` (clamped to the array), as the first plus the
 * mean of the differences: exact for equal values. Where a difference overflows, the mean of shares.
 */
export function meanOfNeighbours(sorted: Float64Array, start: number): number {
  const width = Math.min(AVERAGED, sorted.length);
  const from = Math.max(0, Math.min(start, sorted.length - width));
  const base = sorted[from]!;
  let differences = 0;
  let shares = 0;
  for (let i = from; i < from + width; i++) {
    differences += sorted[i]! - base;
    shares += sorted[i]! / width;
  }
  return Number.isFinite(differences) ? base + differences / width : shares;
}

/** Mean of the 5 middle values of an ascending array. */
export function middleOf(sorted: Float64Array): number {
  return meanOfNeighbours(sorted, (sorted.length - AVERAGED) >> 1);
}

/**
 * Smallest and largest number that may be published. Under protection these are the means of the 5 values next to the
 * 5–7 most extreme ones on each side: unlike mostlyai-engine's bounds, they are not the value of a row.
 * Of fewer than 20 values both are
 * the mean of the 5 middle ones. `null`: too few even for that, everything is protected.
 * @param sorted ascending, finite
 */
export function protectedBounds(
  sorted: Float64Array,
  plan: ProtectionPlan,
): { readonly low: number; readonly high: number } | null {
  const n = sorted.length;
  if (n === 0) return null;
  if (!plan.enabled) return { low: sorted[0]!, high: sorted[n - 1]! };
  if (n < fewValues(plan)) return null;
  if (n < valuesForBounds(plan)) {
    const middle = middleOf(sorted);
    return { low: middle, high: middle };
  }
  const low = meanOfNeighbours(sorted, plan.low);
  const high = meanOfNeighbours(sorted, n - plan.high - AVERAGED);
  return { low: Math.min(low, high), high: Math.max(low, high) };
}
