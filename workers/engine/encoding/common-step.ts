import { findDecimals, toUnits } from './decimal-grid';

/** Units of the decimal grid, at most, that the divisor is exact for. */
const MAX_UNITS = 2 ** 52;

/**
 * The largest step that all numbers are multiples of: 500 for 12,500 and 3,000, .05 for .35 and 1.10.
 * @param values without NaN
 * @returns null without a decimal grid, or if all are zero
 */
export function commonStep(values: Iterable<number>): number | null {
  const numbers = Float64Array.from(values);
  const largest = numbers.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  const decimals = findDecimals(numbers, 0, largest);
  if (decimals === null) return null;
  let units = 0;
  for (const value of numbers) {
    const own = Math.abs(toUnits(value, decimals));
    if (own > MAX_UNITS) return null;
    units = commonDivisor(units, own);
    if (units === 1) break;
  }
  if (units === 0) return null;
  return decimals >= 0 ? units / 10 ** decimals : units * 10 ** -decimals;
}

/** Greatest common divisor of two whole numbers from 0, after Euclid; that of 0 and a number is the number. */
export function commonDivisor(a: number, b: number): number {
  let [large, small] = [a, b];
  while (small > 0) [large, small] = [small, large % small];
  return large;
}
