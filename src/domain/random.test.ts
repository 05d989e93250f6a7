import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hash, newSeed, pcg, RandomStream, toUnit } from './random';

/** Upper 1e-4 quantile of chi² with 15 degrees of freedom. */
const CHI2_15 = 44.3;

function chiSquare(counts: number[], total: number): number {
  const expected = total / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('pcg', () => {
  it('follows its definition in exact integer arithmetic', () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), (input) => {
        const mask = 0xffff_ffffn;
        const state = (BigInt(input) * 747796405n + 2891336453n) & mask;
        const word = (((state >> ((state >> 28n) + 4n)) ^ state) * 277803737n) & mask;
        expect(pcg(input)).toBe(Number(((word >> 22n) ^ word) & mask));
      }),
    );
  });
});

it('draws seeds of 32 bits that do not repeat', () => {
  const seeds = Array.from({ length: 100 }, newSeed);
  expect(new Set(seeds).size).toBe(100);
  // Each bit is set in some and not in others: the chance that one is not is below 2⁻⁹⁰.
  const set = seeds.reduce((all, seed) => all | seed, 0);
  const unset = seeds.reduce((all, seed) => all | ~seed, 0);
  expect([set >>> 0, unset >>> 0]).toEqual([0xffff_ffff, 0xffff_ffff]);
});

describe('hash', () => {
  it.each([0, 1, 42, 12345, 0xffff_ffff])('is uniform over its counters for seed %i', (seed) => {
    for (const axis of [0, 1, 2]) {
      const counts = new Array<number>(16).fill(0);
      for (let i = 0; i < 16_000; i++) {
        const at = [0, 0, 0];
        at[axis] = i;
        counts[Math.floor(toUnit(hash(seed, at[0]!, at[1], at[2])) * 16)]!++;
      }
      expect(chiSquare(counts, 16_000)).toBeLessThan(CHI2_15);
    }
  });

  it('does not repeat between neighbouring seeds and streams', () => {
    const words = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      for (let stream = 0; stream < 20; stream++) words.add(hash(seed, stream, 7));
    }
    expect(words.size).toBe(400);
  });
});

describe('RandomStream', () => {
  it('hashes seed, stream and counter into each word', () => {
    const number = fc.nat({ max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(number, number, fc.nat({ max: 50 }), (seed, stream, counter) => {
        const words = new RandomStream(seed, stream);
        for (let k = 0; k < counter; k++) words.word();
        expect(words.word()).toBe(hash(seed, stream, counter));
      }),
    );
  });

  it('is the same for the same seed and stream, and another for another', () => {
    const draw = (seed: number, stream: string) => new RandomStream(seed, stream).word();
    expect(draw(1, 'a')).toBe(draw(1, 'a'));
    expect(draw(1, 'a')).not.toBe(draw(1, 'b'));
    expect(draw(1, 'a')).not.toBe(draw(2, 'a'));
  });

  it('stays in range', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 1000 }), (seed, bound) => {
        const stream = new RandomStream(seed, 'range');
        const value = stream.below(bound);
        const unit = stream.uniform();
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(bound);
        expect(unit).toBeGreaterThanOrEqual(0);
        expect(unit).toBeLessThan(1);
        expect(Number.isFinite(stream.normal())).toBe(true);
      }),
    );
  });

  it('shuffles without losing anything and without preference', () => {
    const firsts = new Array<number>(16).fill(0);
    for (let seed = 0; seed < 8_000; seed++) {
      const order = new RandomStream(seed, 'shuffle').permutation(16);
      firsts[order[0]!]!++;
      expect([...order].sort((a, b) => a - b)).toEqual([...Array(16).keys()]);
    }
    expect(chiSquare(firsts, 8_000)).toBeLessThan(CHI2_15);
  });

  it('spreads rows over all of them, one in each stretch', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(499), fc.nat(), (rows, less, seed) => {
        const count = Math.max(1, rows - less);
        const chosen = new RandomStream(seed, 'spread').spreadRows(rows, count);
        expect(chosen).toHaveLength(count);
        chosen.forEach((row, k) => {
          expect(row).toBeGreaterThanOrEqual(Math.floor((k * rows) / count));
          expect(row).toBeLessThan(Math.floor(((k + 1) * rows) / count));
        });
      }),
    );
  });

  it('has the moments of a standard normal', () => {
    const stream = new RandomStream(3, 'normal');
    const draws = Array.from({ length: 20_000 }, () => stream.normal());
    const mean = draws.reduce((a, b) => a + b) / draws.length;
    const variance = draws.reduce((a, b) => a + (b - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
});
