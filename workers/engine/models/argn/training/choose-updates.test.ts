import { describe, expect, it } from 'vitest';
import { choosePoint, type FitPoint, isotonic, worthGoingOn } from './choose-updates';

function points(losses: readonly number[], copied: readonly number[] = []): FitPoint[] {
  return losses.map((loss, k) => ({
    updates: 10 * (k + 1),
    loss,
    found: { copied: copied[k] ?? 0, standardError: 0.001 },
    samples: 500,
  }));
}

describe('isotonic', () => {
  it('averages neighbours that fall', () => {
    expect(isotonic([1, 3, 2, 4], [1, 1, 1, 1])).toEqual([1, 2.5, 2.5, 4]);
    expect(isotonic([3, 2, 1], [1, 1, 1])).toEqual([2, 2, 2]);
    expect(isotonic([3, 1], [1, 3])).toEqual([1.5, 1.5]);
    expect(isotonic([], [])).toEqual([]);
  });
});

describe('choosePoint', () => {
  it('takes the best loss where nothing is memorised', () => {
    const { point, held } = choosePoint(points([9, 7, 8], [0, 0.001, 0.002]));
    expect(point.updates).toBe(20);
    expect(held).toBe(false);
  });

  it('holds back where samples copy trained rows', () => {
    const { point, held } = choosePoint(points([9, 8, 7, 6], [0, 0.013, 0.038, 0.06]));
    expect(point).toMatchObject({ updates: 20, found: { copied: 0.013 } });
    expect(held).toBe(true);
  });

  it('is not fooled by one low point among high ones', () => {
    expect(choosePoint(points([9, 8, 7, 6], [0, 0.06, 0.01, 0.06])).point.updates).toBe(10);
  });

  it('takes the first point where none is acceptable, and ignores broken ones', () => {
    expect(choosePoint(points([9, 8], [0.2, 0.3])).point.updates).toBe(10);
    expect(choosePoint(points([9, Number.NaN])).point.updates).toBe(10);
  });
});

describe('worthGoingOn', () => {
  it('ends three points after the best loss', () => {
    expect(worthGoingOn([])).toBe(true);
    expect(worthGoingOn(points([9, 7, 8, 8]))).toBe(true);
    expect(worthGoingOn(points([9, 7, 8, 8, 8]))).toBe(false);
  });

  it('ends after two points in a row that clearly copy, or when numbers break', () => {
    expect(worthGoingOn(points([9, 8, 7, 6], [0, 0.06, 0.0205, 0.06]))).toBe(true);
    expect(worthGoingOn(points([9, 8, 7, 6], [0, 0.01, 0.03, 0.04]))).toBe(false);
    expect(worthGoingOn(points([9, Number.NaN]))).toBe(false);
  });
});
