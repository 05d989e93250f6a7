import { beforeAll, describe, expect, it } from 'vitest';
import { deltaOfGaussian, epsilonOfGaussian, muOfBudget } from '../../../privacy/dp/gaussian-privacy';
import { epsilonOfLosses } from '../../../privacy/dp/privacy-loss';
import { epsilonOfRenyi } from '../../../privacy/dp/renyi';
import { DifferentialPrivacy } from '../family';
import { createLayout } from '../network/weight-layout';
import { specOf } from '../testing/samples';
import { epsilonAfter, epsilonSoFar, gradientPrivacy, type PrivacyPlan, planPrivacy } from './privacy-plan';

const PRIVACY = DifferentialPrivacy.parse({ maxEpsilon: 3, noiseMultiplier: 2 });
const pause = async () => {};
const plan = (privacy = PRIVACY, subjects = 20_000, expected = 1000, maxSteps = 1e6) =>
  planPrivacy(privacy, subjects, expected, maxSteps, pause);
let usual: Promise<PrivacyPlan>;
beforeAll(() => {
  usual = plan();
});

describe('planPrivacy', () => {
  it('takes nearly as many steps as the budget pays for', async () => {
    const { rate, countsMu, countsEpsilon, steps, epsilon, delta } = await usual;
    expect(rate).toBeCloseTo(0.05, 8);
    expect(delta).toBeLessThan(1e-5);
    expect(countsEpsilon).toBeCloseTo(epsilonOfGaussian(countsMu, delta), 8);
    expect(deltaOfGaussian(countsMu, 3)).toBeLessThan(delta);
    const phases = (count: number) => [
      { noise: 1 / countsMu, rate: 1, steps: 1 },
      { noise: 2, rate, steps: count },
    ];
    const spent = (count: number) => epsilonOfLosses(phases(count), delta, { epsilonError: 0.01 });
    expect(epsilon).toBeLessThanOrEqual(3);
    expect(await spent(steps)).toBeLessThanOrEqual(3);
    expect(await spent(Math.ceil(1.05 * steps))).toBeGreaterThan(3);
    // What the Rényi account pays for is far less.
    expect(epsilonOfRenyi(phases(Math.ceil(0.8 * steps)), delta)).toBeGreaterThan(3);
  });

  it('pays for fewer steps with less noise and more rows, and takes no more than are wanted', async () => {
    const { steps } = await usual;
    expect((await plan({ ...PRIVACY, noiseMultiplier: 1.5 })).steps).toBeLessThan(steps);
    expect((await plan(PRIVACY, 20_000, 2000)).steps).toBeLessThan(steps);
    expect((await plan(PRIVACY, 20_000, 1000, 30)).steps).toBe(30);
  });

  it('leaves the counts the whole budget where it pays for few steps', async () => {
    const { steps, countsMu, countsEpsilon, epsilon, delta } = await plan(
      { ...PRIVACY, maxEpsilon: 0.1 },
      1000,
      500,
    );
    expect([steps, countsEpsilon, epsilon]).toEqual([0, 0.1, 0.1]);
    expect(countsMu).toBe(muOfBudget(0.1, delta));
    expect(await plan(PRIVACY, 1000, 500, 0)).toMatchObject({ steps: 0, countsEpsilon: 3, epsilon: 3 });
  });

  it('tells ε of fewer steps, and no less while they are taken', async () => {
    const whole = await usual;
    let before = 0;
    for (const share of [0, 0.1, 0.5, 1]) {
      const steps = Math.floor(share * whole.steps);
      const epsilon = await epsilonAfter(whole, steps, pause);
      expect(epsilon).toBeGreaterThan(before);
      expect(epsilonSoFar(whole, steps)).toBeGreaterThanOrEqual(epsilon);
      expect(epsilonSoFar(whole, steps)).toBeLessThanOrEqual(3);
      before = epsilon;
    }
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

  it('refuses noise whose grid would be too coarse for the sums', () => {
    const layout = createLayout(specOf([[5000, 3, 8, 0]]));
    const noisy = (noiseMultiplier: number) =>
      gradientPrivacy(layout, { maxGradNorm: 1, noiseMultiplier }, 100, null);
    expect(() => noisy(10_000)).toThrow('is too large for a model of');
    expect(noisy(1000).deviation).toBeGreaterThan(1000);
  });
});
