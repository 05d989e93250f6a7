import { describe, expect, it } from 'vitest';
import { epsilonOfRenyi } from '../../../privacy/dp/renyi';
import { DifferentialPrivacy } from '../family';
import { createLayout } from '../network/weight-layout';
import { specOf } from '../testing/samples';
import { gradientPrivacy, planPrivacy } from './privacy-plan';

const PRIVACY = DifferentialPrivacy.parse({ maxEpsilon: 3, noiseMultiplier: 2 });

describe('planPrivacy', () => {
  it('takes as many steps as the budget pays for, and none more', () => {
    const { rate, countsNoise, steps, epsilon } = planPrivacy(PRIVACY, 20_000, 1000);
    expect(rate).toBeCloseTo(0.05, 8);
    const spent = (count: number) =>
      epsilonOfRenyi(
        [
          { noise: countsNoise, rate: 1, steps: 1 },
          { noise: 2, rate, steps: count },
        ],
        1e-5,
      );
    expect(spent(steps)).toBeLessThanOrEqual(3);
    expect(spent(steps + 1)).toBeGreaterThan(3);
    expect(epsilon(steps)).toBe(spent(steps));
    expect(epsilon(0)).toBeLessThanOrEqual(0.75);
  });

  it('pays for fewer steps with less noise, more rows and less ε', () => {
    const { steps } = planPrivacy(PRIVACY, 20_000, 1000);
    expect(planPrivacy({ ...PRIVACY, noiseMultiplier: 1.5 }, 20_000, 1000).steps).toBeLessThan(steps);
    expect(planPrivacy(PRIVACY, 20_000, 2000).steps).toBeLessThan(steps);
    expect(planPrivacy({ ...PRIVACY, maxEpsilon: 2 }, 20_000, 1000).steps).toBeLessThan(steps);
  });

  it('refuses a budget that pays for nothing, in a sentence', () => {
    expect(() => planPrivacy({ ...PRIVACY, maxEpsilon: 0.1 }, 1000, 500)).toThrow(
      /ε 0.1 pays for .* Raise ε/,
    );
  });
});

describe('gradientPrivacy', () => {
  it('shares the norm out among the targets, and adds the noise of the whole', () => {
    const layout = createLayout(
      specOf([
        [5, 3, 8, 0],
        [4, 3, 8, 1],
        [9, 3, 8, 2],
        [2, 2, 8, 3],
      ]),
    );
    const privacy = gradientPrivacy(layout, { maxGradNorm: 3, noiseMultiplier: 2 }, 100, null);
    // The norm of all four: √(4 · 1.5²) = 3.
    expect(privacy.clip).toBe(1.5);
    expect(privacy.deviation).toBeGreaterThan(6);
    expect(privacy.deviation).toBeLessThan(6.001);
  });
});
