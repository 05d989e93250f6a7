import { describe, expect, it } from 'vitest';
import { nearestIndex, niceTicks } from './ticks';

describe('niceTicks', () => {
  it('takes round steps inside the range', () => {
    expect(niceTicks(0, 1, 4)).toEqual([0, 0.5, 1]);
    expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(21.3, 33.8, 5)).toEqual([25, 30]);
    expect(niceTicks(0, 0.3, 3)).toEqual([0, 0.1, 0.2, 0.3]);
  });
  it('has one tick where there is no range', () => {
    expect(niceTicks(5, 5, 4)).toEqual([5]);
    expect(niceTicks(5, Number.NaN, 4)).toEqual([5]);
  });
});

describe('nearestIndex', () => {
  it('finds the closest, ends included', () => {
    const values = [0, 1, 4, 9];
    expect(nearestIndex(values, -3)).toBe(0);
    expect(nearestIndex(values, 2.4)).toBe(1);
    expect(nearestIndex(values, 2.6)).toBe(2);
    expect(nearestIndex(values, 100)).toBe(3);
    expect(nearestIndex([], 1)).toBe(-1);
  });
});
