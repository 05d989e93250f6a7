import fc from 'fast-check';
import { expect, it } from 'vitest';
import { storedShare } from './plan-keeping';

it('tells rows to multiples of 5, never fewer than 5, and never more than there are', () => {
  expect([1, 4, 7, 8, 12, 13].map((rows) => Math.round(1000 * storedShare(rows, 1000)))).toEqual([
    5, 5, 5, 10, 10, 15,
  ]);
  expect(storedShare(2, 3)).toBe(1);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(10_000), (of, some) => {
      const rows = Math.min(some, of);
      const told = storedShare(rows, of) * of;
      expect(Math.abs(told - rows)).toBeLessThanOrEqual(5 + 1e-9);
      expect(told).toBeLessThanOrEqual(of + 1e-9);
    }),
  );
});
