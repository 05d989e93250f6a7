import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toMicroseconds, toMilliseconds } from './microseconds';

it('keeps whole milliseconds of the years 1 to 9999', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (milliseconds) => {
      expect(toMicroseconds(milliseconds)).toBe(BigInt(milliseconds) * 1000n);
      expect(toMilliseconds(BigInt(milliseconds) * 1000n)).toBe(milliseconds);
    }),
  );
});

it('keeps microseconds up to the year 2248', () => {
  const microseconds = fc.bigInt({ min: -1000n * 2n ** 43n, max: 1000n * 2n ** 43n });
  fc.assert(
    fc.property(microseconds, (count) => {
      expect(toMicroseconds(toMilliseconds(count))).toBe(count);
    }),
  );
});
