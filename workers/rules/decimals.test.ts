import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rounding } from '../../src/domain/rules';
import { roundingSlack, roundTo } from './decimals';

const ROUNDINGS: readonly Rounding[] = ['nearest', 'down', 'up'];

describe('roundTo', () => {
  it('gives the doubles that the texts of the numbers give', () => {
    expect(roundTo(0.1 + 0.2, 2, 'nearest')).toBe(0.3);
    expect(roundTo(3 * 12, 2, 'nearest')).toBe(36);
    expect(roundTo(1.005, 2, 'nearest')).toBe(1.01);
    expect(roundTo(7.25, 1, 'down')).toBe(7.2);
    expect(roundTo(-7.25, 0, 'up')).toBe(-7);
    expect(roundTo(1234, -2, 'nearest')).toBe(1200);
    expect(roundTo(Math.PI, null, 'down')).toBe(Math.PI);
  });

  it('leaves decimal numbers as they are, by whatever way they were computed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom(...ROUNDINGS),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (units, decimals, rounding, detour) => {
          const exact = Number(`${units}e-${decimals}`) || 0;
          expect(roundTo((exact * detour) / detour, decimals, rounding)).toBe(exact);
        },
      ),
    );
  });

  it('stays within the slack that a check allows', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.integer({ min: 0, max: 4 }),
        fc.constantFrom(...ROUNDINGS),
        (value, decimals, rounding) => {
          const cell = roundTo(value, decimals, rounding);
          const { below, above } = roundingSlack(decimals, rounding, Math.abs(value));
          expect(value).toBeGreaterThanOrEqual(cell - below);
          expect(value).toBeLessThanOrEqual(cell + above);
        },
      ),
    );
  });
});
