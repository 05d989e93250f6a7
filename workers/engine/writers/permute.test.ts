import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_PERMUTED, permuted, unpermuted } from './permute';

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });

it('takes every number once', () => {
  fc.assert(
    fc.property(word, fc.integer({ min: 1, max: 300 }), (key, size) => {
      const all = Array.from({ length: size }, (_, i) => permuted(key, i, size));
      expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
    }),
  );
});

it('is undone, for any size', () => {
  fc.assert(
    fc.property(word, fc.maxSafeNat(), fc.integer({ min: 1, max: 52 }), (key, number, bits) => {
      const size = Math.min(MAX_PERMUTED, 2 ** bits - (bits > 3 ? 3 : 0));
      const value = number % size;
      const there = permuted(key, value, size);
      expect(there).toBeLessThan(size);
      expect(unpermuted(key, there, size)).toBe(value);
    }),
  );
});
