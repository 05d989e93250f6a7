/** Numbers as a person writes them: of all in an interval, the one with the fewest digits. */

/**
 * @returns the decimal number of fewest digits in [low, high], nearest to the middle; 1/n for an integer n ≤ 400 where
 * that is shorter; null if the interval is empty
 */
export function shortestIn(low: number, high: number): number | null {
  if (!(low <= high)) return null;
  if (low <= 0 && high >= 0) return 0;
  const middle = (low + high) / 2;
  const magnitude = Math.floor(Math.log10(Math.abs(middle)));
  for (let digits = 1; digits <= 16; digits++) {
    const decimals = digits - 1 - magnitude;
    const candidate = roundAt(middle, decimals);
    if (candidate >= low && candidate <= high) return candidate;
    if (digits >= 3) {
      const divisor = Math.round(1 / middle);
      const fraction = 1 / divisor;
      if (Math.abs(divisor) <= 400 && fraction >= low && fraction <= high) return fraction;
    }
  }
  return middle;
}

function roundAt(value: number, decimals: number): number {
  if (decimals >= 0) return decimals > 300 ? value : Number(value.toFixed(Math.min(100, decimals)));
  const unit = 10 ** -decimals;
  return Math.round(value / unit) * unit;
}
