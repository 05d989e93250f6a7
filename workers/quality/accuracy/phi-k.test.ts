import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { phiK } from './phi-k';

/** Counts of a normal distribution of two variables, cut into equal cells within five standard deviations. */
function normalCounts(rho: number, cells: number): Uint32Array {
  const random = new RandomStream(1, 'normal');
  const counts = new Uint32Array(cells * cells);
  for (let row = 0; row < 200_000; row++) {
    const x = random.normal();
    const y = rho * x + Math.sqrt(1 - rho * rho) * random.normal();
    const cell = (value: number) => Math.max(0, Math.min(cells - 1, Math.floor(((value + 5) / 10) * cells)));
    counts[cell(x) * cells + cell(y)]!++;
  }
  return counts;
}

describe('phiK', () => {
  it.each([0.2, 0.5, 0.9])('is the correlation of a normal distribution: %f', (rho) => {
    expect(phiK(normalCounts(rho, 10), 10, 10)).toBeCloseTo(rho, 1);
  });

  it('is 1 where a column determines the other, 0 where columns are independent or constant', () => {
    expect(phiK([50, 0, 0, 0, 50, 0, 0, 0, 50], 3, 3)).toBe(1);
    expect(phiK([25, 25, 25, 25], 2, 2)).toBe(0);
    expect(phiK([60, 40, 0, 0], 2, 2)).toBe(0);
    expect(phiK([0, 0, 0, 0], 2, 2)).toBe(0);
  });

  it('does not depend on which column comes first', () => {
    const counts = [90, 10, 5, 20, 60, 30];
    const turned = [90, 20, 10, 60, 5, 30];
    expect(phiK(counts, 2, 3)).toBe(phiK(turned, 3, 2));
    expect(phiK(counts, 2, 3)).toBeGreaterThan(0.4);
  });
});
