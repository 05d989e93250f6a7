import { describe, expect, it } from 'vitest';
import { dropoutByte, expNegative } from '../testing/reference-network';
import { HYPER, randomPlan, specOf } from '../testing/samples';
import { dropoutOf, EXPONENT_CUTOFF, optimiserStep } from './numerics';

describe('optimiserStep', () => {
  it('folds the bias corrections of AdamW in', () => {
    const spec = specOf([[3, 2, 4, 0]]);
    const plan = randomPlan(spec, { steps: 2, batchSize: 4, tableRows: 4, seed: 1, firstStep: 3 });
    for (const step of [0, 1]) {
      const { keep, rate, epsilon, ema } = optimiserStep(HYPER, plan, step);
      const t = 4 + step;
      const [m, v, p] = [0.3, 0.02, 1.5];
      const learningRate = plan.learningRate[step]!;
      const corrected = m / (1 - 0.9 ** t) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
      const expected = p - learningRate * (corrected + 0.01 * p);
      expect(keep * p - (rate * m) / (Math.sqrt(v) + epsilon)).toBeCloseTo(expected, 12);
      expect(ema).toBeCloseTo(0.9, 6);
    }
  });
});

describe('dropout', () => {
  it('rounds the share to 1/256 and keeps the expectation', () => {
    expect(dropoutOf(0)).toEqual({ threshold: 0, scale: 1 });
    for (const share of [0.1, 0.25, 0.999]) {
      const { threshold, scale } = dropoutOf(share);
      expect(Math.abs(threshold / 256 - share)).toBeLessThan(1 / 256);
      expect(scale * (1 - threshold / 256)).toBeCloseTo(1, 12);
    }
  });

  it('decides with bytes that are uniform over rows and units', () => {
    const counts = new Uint32Array(16);
    for (let row = 0; row < 400; row++)
      for (let unit = 0; unit < 40; unit++) counts[dropoutByte(77, row, unit) >> 4]!++;
    const chi2 = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 15 degrees of freedom, 1 in 10,000.
    expect(chi2).toBeLessThan(44.3);
  });
});

describe('expNegative', () => {
  it('is exp above the cut-off and exactly 0 below', () => {
    expect(expNegative(0)).toBe(1);
    expect(expNegative(-3)).toBe(Math.exp(-3));
    expect(expNegative(EXPONENT_CUTOFF - 1e-3)).toBe(0);
    expect(expNegative(Number.NEGATIVE_INFINITY)).toBe(0);
  });
});
