import type { HistogramBar, StorageType } from '../../../src/domain/columns';

/** Bars of a histogram at most. */
export const BARS = 20;

/** Where the bars of a histogram stand. */
export interface BarPlan {
  readonly lowest: number;
  readonly highest: number;
  /** 0 = one bar for all. */
  readonly width: number;
  /** Position of the last bar. */
  readonly last: number;
}

/** At most 20 bars of equal width; whole-numbered edges for integers and whole days for dates. */
export function planBars(type: StorageType, lowest: number, highest: number): BarPlan {
  const width = barWidth(type, lowest, highest);
  const isOne = !(width > 0) || !Number.isFinite(width);
  const last = isOne ? 0 : Math.min(BARS - 1, Math.floor((highest - lowest) / width));
  return { lowest, highest, width: isOne ? 0 : width, last };
}

/** @param counts of each bar */
export function barsOf(
  { lowest, highest, width, last }: BarPlan,
  type: StorageType,
  counts: ArrayLike<number>,
): HistogramBar[] {
  return Array.from({ length: last + 1 }, (_, i) => ({
    label: lowest + i * width,
    upper: width === 0 || (i === last && type === 'float') ? highest : lowest + (i + 1) * width,
    count: counts[i] ?? 0,
  }));
}

function barWidth(type: StorageType, lowest: number, highest: number): number {
  if (type === 'integer') return Math.max(1, Math.ceil((highest - lowest + 1) / BARS));
  if (type === 'date') {
    const day = 86_400_000;
    return day * Math.max(1, Math.ceil(((highest - lowest) / day + 1) / BARS));
  }
  // Halves first: the range of ±1e308 would overflow.
  return highest / BARS - lowest / BARS;
}
