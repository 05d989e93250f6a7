import { describe, expect, it } from 'vitest';
import { curveAt, isSpike, linePath, rowShares, thin } from './shape';

describe('thin', () => {
  it('keeps both ends and the order', () => {
    const all = Array.from({ length: 1000 }, (_, index) => index);
    const few = thin(all, 50);
    expect(few).toHaveLength(50);
    expect(few[0]).toBe(0);
    expect(few.at(-1)).toBe(999);
    expect([...few].sort((a, b) => a - b)).toEqual(few);
  });
  it('leaves short series alone', () => expect(thin([1, 2, 3], 50)).toEqual([1, 2, 3]));
});

describe('paths', () => {
  it('draw a line', () => {
    expect(
      linePath([
        [0, 1],
        [2, 3.005],
      ]),
    ).toBe('M0.00 1.00L2.00 3.00');
  });
});

describe('isSpike', () => {
  it('tells a peak from a curve', () => {
    expect(isSpike([0.8, 0.1, 0.05, 0.05])).toBe(true);
    expect(isSpike(Array.from({ length: 100 }, () => 0.01))).toBe(false);
    expect(isSpike([])).toBe(false);
  });
});

describe('rowShares', () => {
  it('adds up to 1 per row and leaves empty rows at 0', () => {
    expect(rowShares([1, 3, 0, 0], 2)).toEqual([0.25, 0.75, 0, 0]);
  });
});

describe('curveAt', () => {
  it('interpolates, is 0 before and flat after', () => {
    const x = [1, 2, 4];
    const y = [0, 0.5, 1];
    expect(curveAt(x, y, 0.5)).toBe(0);
    expect(curveAt(x, y, 3)).toBe(0.75);
    expect(curveAt(x, y, 9)).toBe(1);
    expect(curveAt([], [], 1)).toBe(0);
  });
  it('takes the upper value at a jump', () => expect(curveAt([1, 1, 2], [0, 0.4, 1], 1)).toBe(0.4));
});
