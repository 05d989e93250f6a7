import type { Rounding } from '../../src/domain/rules';

/**
 * Rounding to decimals such that the result is the double nearest to the decimal number, the one that reading the
 * number's text gives: 0.1 + 0.2 → 0.3, 3 × 12.00 → 36.
 */

/** Slack for the last bits of a computed value, in units of the last decimal. */
function slackOf(scaled: number): number {
  return 1e-7 + Math.abs(scaled) * 4e-15;
}

/** @param decimals negative for tens, hundreds, …; null = as computed. Halves are rounded up. */
export function roundTo(value: number, decimals: number | null, rounding: Rounding): number {
  if (decimals === null || !Number.isFinite(value)) return value;
  const scaled = decimals >= 0 ? value * 10 ** decimals : value / 10 ** -decimals;
  if (Math.abs(scaled) >= 2 ** 52) return value;
  const slack = slackOf(scaled);
  let units = Math.floor(scaled + 0.5 + slack);
  if (rounding === 'down') units = Math.floor(scaled + slack);
  if (rounding === 'up') units = Math.ceil(scaled - slack);
  const rounded = decimals >= 0 ? units / 10 ** decimals : units * 10 ** -decimals;
  return rounded === 0 ? 0 : rounded;
}

/** How far the exact value may lie below and above a cell that was rounded from it. */
export interface Slack {
  readonly below: number;
  readonly above: number;
}

/** The distances for a cell of about this magnitude; rounded halves may have gone either way. */
export function roundingSlack(decimals: number | null, rounding: Rounding, magnitude: number): Slack {
  const bits = Math.abs(magnitude) * (decimals === null ? 1e-11 : 4e-15);
  if (decimals === null) return { below: bits, above: bits };
  const unit = 10 ** -decimals;
  const last = bits + unit * 1e-7;
  if (rounding === 'down') return { below: last, above: unit };
  if (rounding === 'up') return { below: unit, above: last };
  return { below: unit / 2 + last, above: unit / 2 + last };
}

/** The multiple of an increment that lies nearest to a value. */
export function nearestMultiple(value: number, increment: number): number {
  const multiple = roundTo(value / increment, 0, 'nearest') * increment;
  return roundTo(multiple, decimalsOf(increment), 'nearest');
}

/** Decimals of a number's shortest text, up to 15. */
function decimalsOf(value: number): number {
  for (let decimals = 0; decimals < 15; decimals++) {
    if (Number(value.toFixed(decimals)) === value) return decimals;
  }
  return 15;
}
