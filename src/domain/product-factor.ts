import type { Factor } from './rules';

/**
 * What a factor of a product contributes for a value of its column; NaN where that is no number, as a root of less than 0.
 * Infinite for a divisor of 0.
 */
export function factorValue({ power, per }: Pick<Factor, 'power' | 'per'>, value: number): number {
  const base = per === undefined ? value : 1 + per * value;
  return power < 0 ? 1 / raised(base, -power) : raised(base, power);
}

/** A number to a power above 0. Whole powers are multiplied: the same double on every machine. */
export function raised(base: number, power: number): number {
  if (power === 1) return base;
  if (power === 2) return base * base;
  if (power === 3) return base * base * base;
  return power === 0.5 ? Math.sqrt(base) : base ** power;
}
