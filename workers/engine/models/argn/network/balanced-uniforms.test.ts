import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balancedUniforms, rankAscending } from './balanced-uniforms';

describe('rankAscending', () => {
  it('sorts like a stable sort', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: 0, max: 500, noNaN: true }), { maxLength: 300 }), (values) => {
        // Coarse values make ties; adding 0 turns −0 into 0.
        const coarse = Float32Array.from(values, (value, r) => (r % 2 ? Math.floor(value / 50) : value) + 0);
        const expected = Array.from(coarse.keys()).sort((a, b) => coarse[a]! - coarse[b]! || a - b);
        expect(Array.from(rankAscending(coarse))).toEqual(expected);
      }),
    );
  });
});

describe('balancedUniforms', () => {
  const rows = 4096;
  const expected = Float32Array.from({ length: rows }, (_, r) => (r * 37) % 101);
  const uniforms = new Float32Array(rows);

  it('spreads the draws of rows that expect the same more evenly than chance', () => {
    balancedUniforms(expected, uniforms, 11, 0, 3);
    // The 40 or 41 rows of any value fill the ten tenths of the interval with 4 ± 2 each.
    for (let value = 0; value < 101; value++) {
      const counts = new Uint32Array(10);
      for (let r = 0; r < rows; r++) if (expected[r] === value) counts[Math.floor(uniforms[r]! * 10)]!++;
      for (const count of counts) expect(Math.abs(count - 4)).toBeLessThanOrEqual(2);
    }
  });

  it('draws sub-columns whose rows all expect the same independently of each other', () => {
    const same = new Float32Array(rows).fill(1.5);
    const other = new Float32Array(rows);
    balancedUniforms(same, uniforms, 11, 0, 0);
    balancedUniforms(same, other, 11, 0, 1);
    const cells = new Uint32Array(16);
    for (let r = 0; r < rows; r++) cells[4 * Math.floor(4 * uniforms[r]!) + Math.floor(4 * other[r]!)]!++;
    const chi2 = cells.reduce((sum, count) => sum + (count - rows / 16) ** 2 / (rows / 16), 0);
    // At most 15 degrees of freedom, 1 in 10,000.
    expect(chi2).toBeLessThan(44.3);
  });

  it('draws each row uniformly over seeds', () => {
    const few = expected.slice(0, 50);
    const counts = new Uint32Array(8);
    for (let seed = 0; seed < 4000; seed++) {
      const draws = new Float32Array(50);
      balancedUniforms(few, draws, seed, 0, 1);
      counts[Math.floor(draws[17]! * 8)]!++;
    }
    const chi2 = counts.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
    // 7 degrees of freedom, 1 in 10,000.
    expect(chi2).toBeLessThan(29.9);
  });

  it('stays below 1', () => {
    const many = new Float32Array(200_000);
    const draws = new Float32Array(200_000);
    balancedUniforms(many, draws, 1, 0, 0);
    expect(draws.every((u) => u >= 0 && u < 1)).toBe(true);
  });
});
