import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  composeGaussian,
  cornerOfSelection,
  deltaOfGaussian,
  epsilonOfGaussian,
  muOfBudget,
  muOfSelection,
  rangeOfSelection,
  truePositivesOfBudget,
  truePositivesOfGaussian,
} from './gaussian-privacy';
import { normalCdf, normalQuantile } from './normal';
import { epsilonOfLosses } from './privacy-loss';
import { epsilonOfRenyi, renyiOfStep, stepsOfRenyi } from './renyi';

interface Known {
  readonly noise: number;
  readonly rate: number;
  readonly steps: number;
  readonly delta: number;
  readonly rdp: number;
  readonly prv?: number;
}

const FIXTURE: { rows: Known[] } = JSON.parse(
  readFileSync(new URL('./testing/opacus-1.6.0.json', import.meta.url), 'utf8'),
);
const OPACUS_ORDERS = [
  ...Array.from({ length: 99 }, (_, k) => 1 + (k + 1) / 10),
  ...Array.from({ length: 52 }, (_, k) => 12 + k),
];
const off = (value: number, known: number) => Math.abs(value - known) / known;

describe('the Rényi account', () => {
  it('is within a tenth of a percent of Opacus over its orders, and never above it over ours', () => {
    expect(FIXTURE.rows).toHaveLength(90);
    for (const row of FIXTURE.rows) {
      expect(off(epsilonOfRenyi([row], row.delta, OPACUS_ORDERS), row.rdp), JSON.stringify(row)).toBeLessThan(
        1e-3,
      );
      expect(epsilonOfRenyi([row], row.delta)).toBeLessThan(row.rdp * 1.001);
    }
  });

  it('tells how many further steps a budget pays for', () => {
    const before = { noise: 3, rate: 1, steps: 1 };
    const step = { noise: 1.5, rate: 0.02 };
    const steps = stepsOfRenyi(before, step, 4, 1e-5);
    expect(epsilonOfRenyi([before, { ...step, steps }], 1e-5)).toBeLessThanOrEqual(4);
    expect(epsilonOfRenyi([before, { ...step, steps: steps + 1 }], 1e-5)).toBeGreaterThan(4);
    expect(stepsOfRenyi({ ...before, noise: 0.1 }, step, 4, 1e-5)).toBe(0);
  });

  test('of a step with everybody is α/2σ²', () => {
    expect(renyiOfStep({ noise: 2, rate: 1 }, 7)).toBe(7 / 8);
    expect(renyiOfStep({ noise: 2, rate: 1 - 1e-12 }, 7)).toBeCloseTo(7 / 8, 8);
  });
});

describe('the account of privacy losses', () => {
  it('is within a percent of Opacus, and an upper bound', async () => {
    const known = FIXTURE.rows.filter(
      ({ prv = 0, delta, steps }) => prv > 0.5 && delta === 1e-5 && steps === 100,
    );
    expect(known.length).toBeGreaterThan(4);
    for (const row of known) {
      const epsilon = await epsilonOfLosses([row], row.delta, { epsilonError: 0.004 * row.prv! });
      expect(off(epsilon, row.prv!), JSON.stringify(row)).toBeLessThan(0.01);
      expect(epsilon).toBeGreaterThan(row.prv! * 0.998);
    }
  });

  it('is that of one Gaussian if everybody takes part', async () => {
    const epsilon = await epsilonOfLosses([{ noise: 10, rate: 1, steps: 30 }], 1e-5, { epsilonError: 0.002 });
    expect(off(epsilon, epsilonOfGaussian(Math.sqrt(30) / 10, 1e-5))).toBeLessThan(0.005);
  });

  it('adds up phases', async () => {
    const phase = { noise: 1.5, rate: 0.01, steps: 50 };
    const both = await epsilonOfLosses([phase, phase], 1e-5);
    expect(off(both, await epsilonOfLosses([{ ...phase, steps: 100 }], 1e-5))).toBeLessThan(0.01);
  });
});

describe('the Gaussian account', () => {
  test.each([
    // Balle & Wang 2018: σ of sensitivity 1 at ε 1, δ 10⁻⁵ is 3.7306.
    [1, 1e-5, 1 / 3.730632],
    [0, 0.1, 2 * 0.1256613],
  ])('μ of ε %d, δ %d', (epsilon, delta, mu) => {
    expect(muOfBudget(epsilon, delta)).toBeCloseTo(mu, 5);
  });

  it('goes both ways', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 8, noNaN: true }),
        fc.double({ min: -12, max: -2, noNaN: true }),
        (mu, log) => {
          const delta = 10 ** log;
          const epsilon = epsilonOfGaussian(mu, delta);
          if (epsilon > 0) expect(off(muOfBudget(epsilon, delta), mu)).toBeLessThan(1e-6);
          expect(deltaOfGaussian(mu, epsilon)).toBeLessThanOrEqual(delta * (1 + 1e-9));
        },
      ),
    );
  });

  it('composes as squares', () => {
    expect(composeGaussian([3, 4])).toBe(5);
  });

  it('bounds attacks no worse than ε and δ do', () => {
    const mu = muOfBudget(1, 1e-5);
    for (const f of [1e-4, 0.01, 0.1, 0.5, 0.9]) {
      const risk = truePositivesOfGaussian(mu, f);
      expect(risk).toBeGreaterThan(f);
      expect(risk).toBeLessThanOrEqual(truePositivesOfBudget(1, 1e-5, f) + 1e-12);
    }
  });

  it('covers both outcomes of a choice between the ends of its range', () => {
    // Randomised response with ε/2 either way is the worst exponential mechanism of range ε.
    for (const epsilon of [0.02, 0.3, 2]) {
      const mu = muOfSelection(epsilon);
      const p = 1 / (1 + Math.exp(-epsilon / 2));
      expect(truePositivesOfGaussian(mu, 1 - p)).toBeGreaterThanOrEqual(p - 1e-12);
      // And it is no smaller than what concentrated privacy charges, ε²/8.
      expect((mu * mu) / 2).toBeGreaterThan(epsilon ** 2 / 8);
      for (let t = epsilon / 40; t < epsilon; t += epsilon / 40)
        expect(cornerOfSelection(epsilon, t)).toBeLessThanOrEqual(mu * (1 + 1e-9));
      expect(muOfSelection(rangeOfSelection(mu))).toBeLessThanOrEqual(mu);
    }
  });
});

test('normal tails keep their digits', () => {
  expect(off(normalCdf(-10), 7.619853024160527e-24)).toBeLessThan(1e-12);
  expect(off(normalCdf(-3.0001), 0.0013494547)).toBeLessThan(1e-6);
  for (const p of [1e-30, 1e-5, 0.3, 0.5, 0.999])
    expect(off(normalCdf(normalQuantile(p)), p)).toBeLessThan(1e-11);
});
