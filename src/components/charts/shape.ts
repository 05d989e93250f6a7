/** Preparing numbers for charts: pure, and never more points than a screen shows. */

/** Points of one series at most. */
const MAX_POINTS = 200;

/** At most `limit` items, evenly spread, the first and the last always among them. */
export function thin<T>(items: readonly T[], limit = MAX_POINTS): T[] {
  if (items.length <= limit) return [...items];
  const step = (items.length - 1) / (limit - 1);
  return Array.from({ length: limit }, (_, index) => items[Math.round(index * step)]!);
}

/** An SVG path through points; `x` and `y` in user units, two decimals. */
export function linePath(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join('');
}

/** Round values inside [low, high], about `count` of them, 1, 2 or 5 times a power of ten apart. */
export function niceTicks(low: number, high: number, count: number): number[] {
  if (!(high > low) || count < 1) return [low];
  const rough = (high - low) / count;
  const step = niceStep(rough);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Multiples of the step, and not sums, so that 0.3 does not become 0.30000000000000004.
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/**
 * A range of an axis that holds all values and need not change with each new one: its ends are round, and it grows or
 * shrinks in steps of a quarter of its size at least.
 * @param before the range that was shown last, null at first
 */
export function steadyRange(
  low: number,
  high: number,
  before: readonly [low: number, high: number] | null,
): readonly [low: number, high: number] {
  if (before && before[0] <= low && before[1] >= high) return before;
  const from = before ? Math.min(low, before[0]) : low;
  const to = before ? Math.max(high, before[1]) : high;
  const size = Math.max(Math.abs(from), Math.abs(to), 1e-9);
  const margin = (to - from > size * 1e-6 ? to - from : size) / 4;
  const step = niceStep(margin);
  return [
    before && before[0] <= low
      ? before[0]
      : Number((Math.floor((from - margin / 2) / step) * step).toPrecision(12)),
    before && before[1] >= high
      ? before[1]
      : Number((Math.ceil((to + margin / 2) / step) * step).toPrecision(12)),
  ];
}

/** 1, 2 or 5 times a power of ten, the first at or above. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = rough / power;
  return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
}

/** Index of the value closest to `at` in an ascending list; −1 in an empty one. */
export function nearestIndex(sorted: readonly number[], at: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < at) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && at - sorted[low - 1]! <= sorted[low]! - at) return low - 1;
  return Math.min(low, sorted.length - 1);
}
