import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownCount, shownShare } from './shown-counts';

test('fewer than 8 rows are none, others a multiple of 5 near them', () => {
  fc.assert(
    fc.property(fc.nat({ max: 100_000 }), (rows) => {
      const shown = shownCount(rows);
      expect(shown % 5).toBe(0);
      if (rows < 8) expect(shown).toBe(0);
      else expect(Math.abs(shown - rows)).toBeLessThan(3);
    }),
  );
});

test('a total and all parts but one do not tell the last part', () => {
  expect([96, 97, 98, 99, 100, 101, 102].map(shownCount)).toEqual([95, 95, 100, 100, 100, 100, 100]);
  expect(shownCount(100) - shownCount(99)).toBe(0);
});

test('exceptions from a rule of fewer than 8 rows are none', () => {
  fc.assert(
    fc.property(fc.nat({ max: 5000 }), fc.nat({ max: 5000 }), (kept, exceptions) => {
      const shown = shownShare({ applicable: kept + exceptions, kept });
      expect(shown.kept).toBeLessThanOrEqual(shown.applicable);
      if (exceptions < 8) expect(shown.kept).toBe(shown.applicable);
    }),
  );
  expect(shownShare({ applicable: 1000, kept: 900 })).toEqual({ applicable: 1000, kept: 900 });
});
