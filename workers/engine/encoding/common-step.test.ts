import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonStep } from './common-step';

describe('commonStep', () => {
  it('is the largest number that all are multiples of', () => {
    expect(commonStep([12_500, 3000, -500])).toBe(500);
    expect(commonStep([0.35, 1.1, 0])).toBe(0.05);
    expect(commonStep([7, 12])).toBe(1);
    expect(commonStep([0, 0])).toBeNull();
    expect(commonStep([Math.PI, Math.E])).toBeNull();
  });

  it('divides every number, and a multiple of it does not', () => {
    const whole = fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(whole, fc.constantFrom(1, 5, 25, 60, 250), (numbers, step) => {
        fc.pre(numbers.some((number) => number !== 0));
        const values = numbers.map((number) => number * step);
        const found = commonStep(values)!;
        expect(found % step).toBe(0);
        expect(values.every((value) => Math.abs(value % found) === 0)).toBe(true);
        expect(values.every((value) => Math.abs(value % (2 * found)) === 0)).toBe(false);
      }),
    );
  });
});
