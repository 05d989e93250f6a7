import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { MIN_THRESHOLD } from '../../../src/domain/rarity';
import {
  meanOfNeighbours,
  planProtection,
  protectedBounds,
  rareThreshold,
  strictestProtection,
  THRESHOLD_CHANCES,
} from './protection';

test('thresholds are 5 to 12 with their chances, hidden extremes 5 to 7, and both repeat with the seed', () => {
  const stream = new RandomStream(1, 'test');
  const counts = THRESHOLD_CHANCES.map(() => 0);
  for (let i = 0; i < 30_000; i++) counts[rareThreshold(stream) - MIN_THRESHOLD]!++;
  expect(THRESHOLD_CHANCES.reduce<number>((sum, chance) => sum + chance, 0)).toBe(100);
  counts.forEach((count, i) => {
    expect(Math.abs(count - 300 * THRESHOLD_CHANCES[i]!)).toBeLessThan(400);
  });
  const plans = Array.from({ length: 300 }, () => planProtection(true, stream));
  expect(new Set(plans.flatMap(({ low, high }) => [low, high]))).toEqual(new Set([5, 6, 7]));
  const { threshold, low, high } = strictestProtection(true);
  for (const plan of plans) {
    expect(Math.max(plan.threshold - threshold, plan.low - low, plan.high - high)).toBeLessThanOrEqual(0);
  }
  expect(planProtection(true, new RandomStream(4, 'p'))).toEqual(
    planProtection(true, new RandomStream(4, 'p')),
  );
});

test('a raised threshold moves all thresholds up and nothing below 5 lowers them', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: -5, max: 50 }), (seed, least) => {
      const plain = planProtection(true, new RandomStream(seed, 'p'));
      const raised = planProtection(true, new RandomStream(seed, 'p'), least);
      const more = Math.max(0, least - 5);
      expect(raised.threshold).toBe(plain.threshold + more);
      expect([raised.low, raised.high]).toEqual([plain.low + more, plain.high + more]);
      const sorted = Float64Array.from({ length: 200 }, (_, i) => i);
      const bounds = protectedBounds(sorted, raised)!;
      expect(bounds.low).toBeGreaterThanOrEqual(raised.low);
      expect(bounds.high).toBeLessThanOrEqual(199 - raised.high);
      const short = protectedBounds(sorted.subarray(0, 19 + 2 * more), raised);
      expect(short === null || short.low === short.high).toBe(true);
      expect(protectedBounds(sorted.subarray(0, 11 + more), raised)).toBeNull();
    }),
  );
  expect(strictestProtection(true, 20).threshold).toBe(strictestProtection(true).threshold + 15);
  expect(planProtection(false, new RandomStream(1, 'p'), 20).threshold).toBe(1);
});

test('without protection every value is kept and the bounds are the extremes', () => {
  const plan = planProtection(false, new RandomStream(1, 'p'));
  expect(plan.threshold).toBe(1);
  expect(protectedBounds(Float64Array.of(-3, 1, 9), plan)).toEqual({ low: -3, high: 9 });
  expect(protectedBounds(new Float64Array(0), plan)).toBeNull();
});

test('bounds leave at least 5 values beyond each end and need 20', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 60 }),
      fc.nat(),
      (v, seed) => {
        const sorted = Float64Array.from(v).sort();
        const bounds = protectedBounds(sorted, planProtection(true, new RandomStream(seed, 'p')));
        if (v.length < 20) expect(bounds).toBeNull();
        else {
          expect(bounds!.low).toBeGreaterThanOrEqual(sorted[4]!);
          expect(bounds!.high).toBeLessThanOrEqual(sorted[sorted.length - 5]!);
          expect(bounds!.low).toBeLessThanOrEqual(bounds!.high);
        }
      },
    ),
  );
});

test('the mean of neighbours is exact for equal values and does not overflow', () => {
  expect(meanOfNeighbours(new Float64Array(9).fill(0.1), 3)).toBe(0.1);
  expect(meanOfNeighbours(Float64Array.of(-1.7e308, -1, 0, 1, 1.7e308), 0)).toBeCloseTo(0, 5);
  expect(meanOfNeighbours(Float64Array.of(1, 2), 1)).toBe(1.5);
});
