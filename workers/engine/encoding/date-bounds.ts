import { DAY, daysInMonth, joinInstant, splitInstant } from '../../../src/domain/calendar';
import type { StorageType } from '../../../src/domain/columns';
import type { ProtectionPlan } from '../privacy/protection';

/** First and last instant that is written, epoch ms UTC. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Instants beyond this are no dates; keeps all parts within 32 bits. */
const LIMIT = 8.64e15;
const ROUNDING = [DAY, 3_600_000, 60_000, 1000, 1] as const;

/**
 * The published bounds. Under protection they are rounded inwards to whole units that are small against the range, so
 * that no hidden extreme comes back; but a first or last day that enough rows share is nobody's own and is kept.
 * @param exact as `protectedBounds` gives them
 * @param sorted instants, ascending
 */
export function roundBounds(
  exact: { readonly low: number; readonly high: number },
  sorted: Float64Array,
  storageType: StorageType,
  plan: ProtectionPlan,
): Bounds {
  const low = Math.floor(Math.min(Math.max(exact.low, -LIMIT), LIMIT));
  const high = Math.floor(Math.min(Math.max(exact.high, -LIMIT), LIMIT));
  if (!plan.enabled) return { min: low, max: high };
  const unit =
    storageType === 'date' ? DAY : (ROUNDING.find((candidate) => candidate * 10 <= high - low) ?? 1);
  let min = Math.ceil(low / unit) * unit;
  let max = Math.floor(high / unit) * unit;
  if (min > max) [min, max] = [low, high];
  const first = sharedDay(sorted, plan, 1);
  const last = sharedDay(sorted, plan, -1);
  return {
    min: first === null ? min : Math.min(min, first * DAY),
    max: last === null ? max : Math.max(max, storageType === 'date' ? last * DAY : (last + 1) * DAY - 1),
  };
}

/** The first or last day that enough rows share, if few rows lie beyond it. */
function sharedDay(sorted: Float64Array, plan: ProtectionPlan, direction: 1 | -1): number | null {
  const n = sorted.length;
  const from = direction > 0 ? 0 : n - 1;
  const reach = Math.min(n, 2 * (plan.threshold + plan.low + plan.high));
  let day = Number.NaN;
  let rows = 0;
  for (let i = 0; i < reach; i++) {
    const at = Math.floor(sorted[from + direction * i]! / DAY);
    rows = at === day ? rows + 1 : 1;
    day = at;
    if (rows >= plan.threshold) return Math.abs(day * DAY) <= LIMIT ? day : null;
  }
  return null;
}

/**
 * The instant, or the nearest one within the bounds that keeps its date in the year, or else its time of day: plain
 * clipping would put an odd day and hour among regular ones (first of the month, midnight).
 * @param keepsWeekday moves by whole weeks where that is possible
 */
export function moveIntoBounds(instant: number, bounds: Bounds, keepsWeekday: boolean): number {
  const clipped = Math.min(Math.max(instant, bounds.min), bounds.max);
  if (clipped === instant || !Number.isFinite(instant)) return clipped;
  const isInside = (value: number) => value >= bounds.min && value <= bounds.max;
  const direction = instant < bounds.min ? 1 : -1;
  if (keepsWeekday) {
    const distance = Math.abs(clipped - instant);
    for (const step of [364, 7]) {
      const moved = instant + direction * Math.ceil(distance / (step * DAY)) * step * DAY;
      if (isInside(moved)) return moved;
    }
  }
  const parts = new Int32Array(9);
  splitInstant(clipped, parts);
  const year = parts[0]!;
  splitInstant(Math.min(Math.max(instant, -LIMIT), LIMIT), parts);
  // The end of a February stays one.
  if (parts[2] === daysInMonth(parts[0]!, parts[1]!)) parts[2] = 31;
  for (const step of [0, direction]) {
    parts[0] = year + step;
    const moved = joinInstant(parts);
    if (isInside(moved)) return moved;
  }
  const days = direction * Math.ceil(Math.abs(clipped - instant) / DAY);
  return isInside(instant + days * DAY) ? instant + days * DAY : clipped;
}
