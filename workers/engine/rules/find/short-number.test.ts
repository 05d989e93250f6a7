import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortestIn } from './short-number';

describe('shortestIn', () => {
  it.each([
    [0.1996, 0.2003, 0.2],
    [-0.4, 3, 0],
    [1.6092, 1.6094, 1.6093],
    [11.98, 12.01, 12],
    [0.083_33, 0.083_34, 1 / 12],
    [-101, -97, -100],
    [2, 1, null],
  ])('[%d, %d]', (low, high, number) => {
    expect(shortestIn(low, high)).toBe(number);
  });

  it('stays within the interval', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(number, fc.double({ min: 1e-9, max: 10, noNaN: true }), (low, width) => {
        const high = low + width;
        const found = shortestIn(low, high)!;
        expect(found).toBeGreaterThanOrEqual(low);
        expect(found).toBeLessThanOrEqual(high);
      }),
    );
  });
});
