import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { discreteGaussian, discreteLaplace, NOISE_GRID, noisyCounts } from './discrete-gaussian';
import { bernoulliExp } from './exact-bernoulli';
import { chooseByScore } from './exponential-mechanism';
import { PrivacyBudget } from './privacy-budget';
import { secureBits, seededBits, uniformBelow, uniformBelowBig } from './random-bits';

/** χ² of drawn values against their probabilities, in standard deviations above what chance gives. */
function excess(drawn: readonly number[], probabilities: ReadonlyMap<number, number>): number {
  const counts = new Map<number, number>();
  for (const value of drawn) counts.set(value, (counts.get(value) ?? 0) + 1);
  let statistic = 0;
  let cells = 0;
  let [tailSeen, tailExpected] = [drawn.length, drawn.length];
  for (const [value, p] of probabilities) {
    const expected = p * drawn.length;
    if (expected < 10) continue;
    const seen = counts.get(value) ?? 0;
    statistic += (seen - expected) ** 2 / expected;
    tailSeen -= seen;
    tailExpected -= expected;
    cells++;
  }
  if (tailExpected > 10) statistic += (tailSeen - tailExpected) ** 2 / tailExpected;
  return (statistic - cells) / Math.sqrt(2 * cells);
}

/** Probabilities in proportion to weights of −200 … 200. */
function law(weight: (x: number) => number): Map<number, number> {
  const values = Array.from({ length: 401 }, (_, k) => k - 200);
  const total = values.reduce((sum, x) => sum + weight(x), 0);
  return new Map(values.map((x) => [x, weight(x) / total]));
}

const draws = <T>(count: number, draw: () => T) => Array.from({ length: count }, draw);

describe('exact draws', () => {
  test.each([1n, 4n, 30n, 1000n])('the discrete Gaussian of variance %d has its law', (variance) => {
    const bits = seededBits(Number(variance));
    const drawn = draws(20_000, () => Number(discreteGaussian(bits, variance)));
    expect(
      excess(
        drawn,
        law((x) => Math.exp(-(x * x) / (2 * Number(variance)))),
      ),
    ).toBeLessThan(4);
    // A law that is a little wider does not fit: the test can fail.
    expect(
      excess(
        drawn,
        law((x) => Math.exp(-(x * x) / (2.4 * Number(variance)))),
      ),
    ).toBeGreaterThan(4);
  });

  test('the discrete Laplace has its law', () => {
    const bits = seededBits(3);
    const drawn = draws(20_000, () => Number(discreteLaplace(bits, 5n)));
    expect(
      excess(
        drawn,
        law((x) => Math.exp(-Math.abs(x) / 5)),
      ),
    ).toBeLessThan(4);
  });

  test.each([
    [0n, 7n],
    [3n, 7n],
    [7n, 7n],
    [19n, 7n],
    [5n * 2n ** 60n, 7n * 2n ** 60n],
  ])('a coin of e^−(%d/%d)', (numerator, denominator) => {
    const bits = seededBits(5);
    const p = Math.exp(-Number(numerator) / Number(denominator));
    const heads = draws(20_000, () => bernoulliExp(bits, numerator, denominator)).filter(Boolean).length;
    expect(Math.abs(heads - 20_000 * p)).toBeLessThanOrEqual(4 * Math.sqrt(20_000 * p * (1 - p)));
  });

  it('spreads integers evenly', () => {
    const bits = seededBits(6);
    const even = new Map(Array.from({ length: 13 }, (_, k) => [k, 1 / 13]));
    expect(
      excess(
        draws(20_000, () => uniformBelow(bits, 13)),
        even,
      ),
    ).toBeLessThan(4);
    const large = 13n * 2n ** 70n;
    const parts = draws(20_000, () => Number(uniformBelowBig(bits, large) >> 70n));
    expect(excess(parts, even)).toBeLessThan(4);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 53 - 1 }), (bound) => {
        const drawn = uniformBelow(bits, bound);
        expect(drawn >= 0 && drawn < bound && Number.isInteger(drawn)).toBe(true);
      }),
    );
  });

  it('chooses in proportion to e^(ε score / 2Δ)', () => {
    const bits = seededBits(7);
    const scores = [0, 3, 10, 9.5];
    const chosen = draws(20_000, () => chooseByScore(bits, scores, 0.5, 1));
    // A step of rounding widens Δ to 65/64.
    const weights = scores.map((score) => Math.exp((0.5 * score * 64) / (2 * 65)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    expect(excess(chosen, new Map(weights.map((weight, k) => [k, weight / total])))).toBeLessThan(4);
  });
});

describe('noisy counts', () => {
  it('have the deviation asked for, on a grid, in secret unless they are seeded', () => {
    const secure = secureBits();
    expect(secure.seeded).toBe(false);
    const noisy = noisyCounts(secure, new Float64Array(4000).fill(100), 20);
    const variance = noisy.reduce((sum, count) => sum + (count - 100) ** 2, 0) / noisy.length;
    expect(Math.abs(variance / 400 - 1)).toBeLessThan(6 * Math.sqrt(2 / 4000));
    expect(noisy.every((count) => Number.isInteger(count * NOISE_GRID))).toBe(true);
    expect(noisyCounts(secureBits(), [0, 0, 0, 0], 50)).not.toEqual(
      noisyCounts(secureBits(), [0, 0, 0, 0], 50),
    );
    expect(noisyCounts(seededBits(1), [1, 2], 3)).toEqual(noisyCounts(seededBits(1), [1, 2], 3));
  });
});

describe('a budget', () => {
  it('is spent once', () => {
    const budget = new PrivacyBudget(seededBits(1), 0.5);
    budget.count('a', [1, 2, 3], 0.4);
    budget.choose('b', [1, 5, 2], 0.1);
    budget.count('a', [4], 0.5);
    expect(budget.total()).toBeLessThanOrEqual(0.5);
    expect(budget.total()).toBeGreaterThan(0.49);
    expect(budget.ledger(1e-5).map(({ what, releases }) => [what, releases])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(() => budget.count('a', [4], 0.1)).toThrow('spent');
  });

  it('makes noise in proportion to the rows of a subject', () => {
    expect(new PrivacyBudget(seededBits(1), 0.5, 7).sigmaOf(1)).toBeCloseTo(14, 9);
  });
});
