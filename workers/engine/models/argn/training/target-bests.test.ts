import { describe, expect, it } from 'vitest';
import { TargetBests } from './target-bests';

describe('TargetBests', () => {
  it('keeps the best loss of each target, whatever the sum does', () => {
    const bests = new TargetBests(2);
    expect(bests.total).toBe(Number.POSITIVE_INFINITY);
    expect(bests.observe([4, 6])).toEqual([0, 1]);
    expect(bests.observe([3, 9])).toEqual([0]);
    expect(bests.total).toBe(9);
    expect(bests.observe([5, Number.NaN])).toEqual([]);
    expect(bests.total).toBe(9);
  });

  it('gains while a target learns that the noise of another hides, and no longer by trifles', () => {
    const bests = new TargetBests(2);
    for (const losses of [
      [10, 10],
      [8, 12],
      [7, 15],
    ])
      bests.observe(losses);
    expect(bests.gains).toBe(true);
    bests.observe([6.999, 17]);
    bests.observe([6.998, 18]);
    expect(bests.gains).toBe(false);
  });
});
