import { DAY } from '../../../../src/domain/calendar';
import { roundInstant } from './round-instant';
import { shortestIn } from './short-number';

/** The empty interval between two runs of numbers, with the rows at its ends. */
export interface Gap {
  readonly below: number;
  readonly above: number;
  readonly belowRows: number;
  readonly aboveRows: number;
}

/** What the numbers of a gap are. */
export type NumberForm =
  /** Decimals of all numbers, at least 0; null = as a double has them. */
  | { readonly kind: 'number'; readonly decimals: number | null }
  /** Milliseconds that all dates are multiples of: a day, or 1. */
  | { readonly kind: 'date'; readonly unit: number };

/**
 * A threshold in each gap, the one that a person would have written: of fewest digits, the first day of a year, month or
 * day. An end of a gap counts only if enough rows hold it, it is round, or the grid of the numbers has nothing else there:
 * else it might be one person's value.
 * @param minRows rows that are enough
 */
export function roundThresholds(
  gaps: readonly Gap[],
  form: NumberForm,
  minRows: number,
): { readonly thresholds: number[]; readonly inclusive: boolean } {
  const above = gaps.map((gap) => thresholdIn(gap, form, minRows, false));
  const below = gaps.map((gap) => thresholdIn(gap, form, minRows, true));
  const inclusive = cost(below, form) < cost(above, form);
  return { thresholds: inclusive ? below : above, inclusive };
}

/** @param inclusive the lower end may be the threshold, else the upper one */
function thresholdIn(gap: Gap, form: NumberForm, minRows: number, inclusive: boolean): number {
  const { below, above } = gap;
  const width = above - below;
  const [low, high] = inclusive ? [below, above - 1e-3 * width] : [below + 1e-3 * width, above];
  const found = shortIn(low, high, form);
  const rows = found === below ? gap.belowRows : found === above ? gap.aboveRows : null;
  if (rows === null || rows >= minRows || isRound(found, form) || areNeighbours(gap, form)) return found;
  return shortIn(below + width / 4, above - width / 4, form);
}

function shortIn(low: number, high: number, form: NumberForm): number {
  return form.kind === 'date' ? roundInstant(low, high) : shortestIn(low, high)!;
}

/** Whether a number has fewer digits than others of its column, or a date begins a month. */
function isRound(value: number, form: NumberForm): boolean {
  if (form.kind === 'date') return new Date(value).getUTCDate() === 1 && value % DAY === 0;
  if (form.decimals === null) return true;
  const tens = value * 10 ** (form.decimals - 1);
  return Math.abs(tens - Math.round(tens)) < 1e-6;
}

/** Whether no number fits between the ends of a gap: a threshold says no more of the ends than that they are there. */
function areNeighbours({ below, above }: Gap, form: NumberForm): boolean {
  if (form.kind === 'date') return above - below <= form.unit;
  return form.decimals !== null && above - below < 1.5 * 10 ** -form.decimals;
}

/** Digits of all thresholds. */
function cost(thresholds: readonly number[], { kind }: NumberForm): number {
  if (kind === 'date') return 0;
  const digits = (value: number) => value.toExponential().replace(/e.*|\D/g, '').length;
  return thresholds.reduce((sum, value) => sum + digits(value), 0);
}
