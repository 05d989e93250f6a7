/** Preparing numbers for charts: pure, and never more points than a screen shows. */

/** Most points of one series. */
export const MAX_POINTS = 200;

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

/** True for a density that is all one peak: its line says nothing, its bins do. */
export function isSpike(density: readonly number[]): boolean {
  const sum = density.reduce((total, value) => total + value, 0);
  return sum > 0 && Math.max(...density) / sum > 0.25;
}

/** Every row divided by its sum; rows without anything stay 0. Row-major. */
export function rowShares(values: readonly number[], columns: number): number[] {
  const shares = [...values];
  for (let start = 0; start < shares.length; start += columns) {
    let sum = 0;
    for (let at = start; at < start + columns; at++) sum += shares[at] ?? 0;
    if (sum > 0) for (let at = start; at < start + columns; at++) shares[at] = (shares[at] ?? 0) / sum;
  }
  return shares;
}

/** y of a rising curve at some x, linear between its points; 0 before it and the last y after it. */
export function curveAt(x: readonly number[], y: readonly number[], at: number): number {
  if (x.length === 0 || at < x[0]!) return 0;
  for (let index = 1; index < x.length; index++) {
    const right = x[index]!;
    if (at > right) continue;
    const left = x[index - 1]!;
    const share = right > left ? (at - left) / (right - left) : 1;
    return y[index - 1]! + share * (y[index]! - y[index - 1]!);
  }
  return y.at(-1)!;
}
