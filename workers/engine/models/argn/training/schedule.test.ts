import { describe, expect, it } from 'vitest';
import {
  averageDecay,
  chooseBatchSize,
  defaultOrder,
  learningRate,
  peakRate,
  RECIPE,
  validationInterval,
  weightDecayOf,
} from './schedule';

const ADULT = { perRow: 26_000, perUpdate: 3e6 };

describe('schedule', () => {
  it('chooses powers of two that leave 64 updates per epoch, within bounds', () => {
    const sizes = [20, 500, 5_600, 22_000, 1_000_000].map((rows) => chooseBatchSize(rows, ADULT));
    expect(sizes).toEqual([32, 32, 64, 256, 2048]);
    expect(chooseBatchSize(1_000_000, { ...ADULT, perRow: 600_000 })).toBe(256);
    expect(chooseBatchSize(18_000, { perRow: 256_000, perUpdate: 2e8 })).toBe(512);
  });

  it('draws in an order that the model was trained in, the closest to the original', () => {
    const flexible = { enableFlexibleGeneration: true };
    expect(defaultOrder(flexible, { natural: 0.1, rotated: 0.25 })).toBe('rotated');
    expect(defaultOrder(flexible, { natural: 1 / 3, rotated: 0 })).toBe('natural');
    expect(defaultOrder(flexible, { natural: 0, rotated: 0 })).toBe('random');
    const fixed = { enableFlexibleGeneration: false };
    expect(defaultOrder(fixed, { natural: 0.1, rotated: 0.25 })).toBe('natural');
  });

  it('decays weights more where rows are few', () => {
    const decays = [100, 2200, 22_000, 1_000_000].map((rows) => weightDecayOf(RECIPE, rows));
    expect(decays).toEqual([1, 0.1, 0.01, 0.01]);
  });

  it('warms up linearly to the peak and halves down to a tenth', () => {
    expect(peakRate(256)).toBeCloseTo(0.00283, 5);
    expect(learningRate(0, 256, 0)).toBeCloseTo(peakRate(256) / 100, 12);
    expect(learningRate(49, 256, 0)).toBeCloseTo(peakRate(256) / 2, 12);
    expect(learningRate(500, 256, 0)).toBe(peakRate(256));
    expect(learningRate(500, 256, 1)).toBe(peakRate(256) / 2);
    expect(learningRate(500, 256, 9)).toBeCloseTo(peakRate(256) / 10, 12);
    expect(learningRate(49, 512, 0)).toBe(peakRate(512));
  });

  it('validates once an epoch, or in even parts of a long one', () => {
    expect([1, 85, 500, 501, 939, 4400].map(validationInterval)).toEqual([1, 85, 500, 251, 470, 489]);
  });

  it('averages briefly at first', () => {
    expect(averageDecay(0, 256)).toBeCloseTo(0.1, 12);
    expect(averageDecay(5000, 256)).toBe(0.99);
    expect(averageDecay(5000, 1024)).toBe(0.98);
  });
});
