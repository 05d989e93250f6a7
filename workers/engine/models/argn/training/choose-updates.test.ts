import { describe, expect, it } from 'vitest';
import { choosePoint, type FitPoint, isotonic, worthGoingOn } from './choose-updates';

function points(losses: readonly number[], shares: readonly number[] = []): FitPoint[] {
  return losses.map((loss, k) => ({
    updates: 10 * (k + 1),
    loss,
    share: { share: shares[k] ?? 0.5, standardError: 0.01 },
  }));
}

describe('isotonic', () => {
  it('averages neighbours that fall', () => {
    expect(isotonic([1, 3, 2, 4])).toEqual([1, 2.5, 2.5, 4]);
    expect(isotonic([3, 2, 1])).toEqual([2, 2, 2]);
    expect(isotonic([])).toEqual([]);
  });
});

describe('choosePoint', () => {
  it('takes the best loss where nothing is memorised', () => {
    const { point, held } = choosePoint(points([9, 7, 8], [0.5, 0.51, 0.52]));
    expect(point.updates).toBe(20);
    expect(held).toBe(false);
  });

  it('holds back where samples come too close to trained rows', () => {
    const { point, held } = choosePoint(points([9, 8, 7, 6], [0.5, 0.53, 0.58, 0.6]));
    expect(point).toMatchObject({ updates: 20, share: { share: 0.53 } });
    expect(held).toBe(true);
  });

  it('is not fooled by one low share among high ones', () => {
    expect(choosePoint(points([9, 8, 7, 6], [0.5, 0.6, 0.54, 0.6])).point.updates).toBe(10);
  });

  it('takes the first point where none is acceptable, and ignores broken ones', () => {
    expect(choosePoint(points([9, 8], [0.7, 0.8])).point.updates).toBe(10);
    expect(choosePoint(points([9, Number.NaN])).point.updates).toBe(10);
  });
});

describe('worthGoingOn', () => {
  it('ends three points after the best loss', () => {
    expect(worthGoingOn([])).toBe(true);
    expect(worthGoingOn(points([9, 7, 8, 8]))).toBe(true);
    expect(worthGoingOn(points([9, 7, 8, 8, 8]))).toBe(false);
  });

  it('ends after two points in a row above the highest share, or when numbers break', () => {
    expect(worthGoingOn(points([9, 8, 7, 6], [0.5, 0.6, 0.54, 0.6]))).toBe(true);
    expect(worthGoingOn(points([9, 8, 7, 6], [0.5, 0.54, 0.56, 0.57]))).toBe(false);
    expect(worthGoingOn(points([9, Number.NaN]))).toBe(false);
  });
});
