/**
 * The decimal grid of a column: the coarsest power of ten that all its values are multiples of. Bins are cut and
 * values drawn in units of that step, in which the column's values are integers and exact.
 */

const MIN_DECIMALS = -18;
const MAX_DECIMALS = 22;
/** Largest unit count whose half steps are exact. */
const MAX_UNITS = 2 ** 51;

/**
 * Number of decimals (negative: trailing zeros) of the values, or null if they need more than a double can hold:
 * measurements with 16 or 17 digits, which are continuous.
 * @param values any order, finite
 * @param tolerated rows that may need more decimals than the result, too few to show theirs
 * @param largest magnitude that has to be exact on the grid
 */
export function findDecimals(values: Float64Array, tolerated: number, largest: number): number | null {
  const needing = new Uint32Array(MAX_DECIMALS - MIN_DECIMALS + 2);
  let decimals = MIN_DECIMALS;
  let exceptions = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (onGrid(value, decimals)) continue;
    let need = decimals + 1;
    while (need <= MAX_DECIMALS && !onGrid(value, need)) need++;
    needing[need - MIN_DECIMALS]!++;
    exceptions++;
    while (exceptions > tolerated) {
      decimals++;
      exceptions -= needing[decimals - MIN_DECIMALS]!;
      if (decimals > MAX_DECIMALS) return null;
    }
  }
  return largest * 10 ** decimals <= MAX_UNITS ? decimals : null;
}

function onGrid(value: number, decimals: number): boolean {
  if (decimals < 0) return value % 10 ** -decimals === 0;
  if (Math.abs(value) >= 2 ** 53) return true;
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale === value;
}

/** Value → units of the grid (an integer); the value itself without a grid. */
export function toUnits(value: number, decimals: number | null): number {
  if (decimals === null) return value;
  return decimals >= 0 ? Math.round(value * 10 ** decimals) : Math.round(value / 10 ** -decimals);
}

/** Units → value: the double nearest to the decimal number. */
export function fromUnits(units: number, decimals: number | null): number {
  if (decimals === null) return units;
  return decimals >= 0 ? units / 10 ** decimals : units * 10 ** -decimals;
}
