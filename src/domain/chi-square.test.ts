import { describe, expect, it } from 'vitest';
import { logTail } from './chi-square';

describe('logTail', () => {
  it('is the logarithm of the tail of χ²', () => {
    // scipy.stats.chi2.logsf
    const known = [
      [3.841, 1, -2.9958],
      [30, 4, -12.2271],
      [49, 49, -0.7484],
      [120, 49, -16.4925],
    ] as const;
    for (const [x, freedom, expected] of known) {
      expect(Math.abs(logTail(x, freedom) / expected - 1), `${x}`).toBeLessThan(0.05);
    }
    expect(logTail(0, 5)).toBeCloseTo(0, 3);
  });
});
