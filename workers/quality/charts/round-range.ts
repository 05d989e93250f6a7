import { DAY } from '../../../src/domain/calendar';
import { protectedRange } from './protected-range';

/** Parts that a range has at least, between round ends. */
const PARTS = 10;
const HOUR = 3_600_000;
const UNITS = [1, 1000, 60_000, HOUR, DAY] as const;

/**
 * Ends of an axis: the protected range of the values, rounded outwards to round numbers, or to whole seconds, hours,
 * days, months, years of dates. Neither end is that of a row (docs/metrics.md, Charts).
 * @returns null without a range to show
 */
export function axisOf(
  values: Float64Array,
  nulls: Uint8Array | null,
  isDate: boolean,
): { readonly low: number; readonly high: number; readonly from: number; readonly to: number } | null {
  const range = protectedRange(values, nulls);
  if (!range || !(range.high > range.low) || !Number.isFinite(range.high - range.low)) return null;
  const { low: from, high: to } = range;
  const ends = isDate ? roundDates(from, to) : roundNumbers(from, to);
  return Number.isFinite(ends.high - ends.low) ? { ...ends, from, to } : { low: from, high: to, from, to };
}

function roundNumbers(from: number, to: number): { low: number; high: number } {
  const power = Math.floor(Math.log10((to - from) / PARTS));
  const step = 10 ** Math.abs(power);
  // Dividing by a power of ten is exact where multiplying by its inverse is not.
  const toUnits = (value: number) => (power < 0 ? value * step : value / step);
  const fromUnits = (units: number) => (power < 0 ? units / step : units * step);
  return { low: fromUnits(Math.floor(toUnits(from))), high: fromUnits(Math.ceil(toUnits(to))) };
}

function roundDates(from: number, to: number): { low: number; high: number } {
  const width = (to - from) / PARTS;
  if (width < 30 * DAY) {
    const unit = UNITS.findLast((size) => size <= width) ?? 1;
    return { low: Math.floor(from / unit) * unit, high: Math.ceil(to / unit) * unit };
  }
  const [first, last] = [new Date(from), new Date(to)];
  if (Number.isNaN(first.getTime()) || Number.isNaN(last.getTime())) return { low: from, high: to };
  return width < 365 * DAY
    ? { low: monthStart(first, 0), high: monthStart(last, 1) }
    : { low: yearStart(first, 0), high: yearStart(last, 1) };
}

function monthStart(date: Date, later: number): number {
  return startOf(date.getUTCFullYear(), date.getUTCMonth() + later);
}

function yearStart(date: Date, later: number): number {
  return startOf(date.getUTCFullYear() + later, 0);
}

/** `Date.UTC` takes years below 100 for those of the 20th century. */
function startOf(year: number, month: number): number {
  return new Date(0).setUTCFullYear(year, month, 1);
}
