import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linePath, nearestIndex, niceTicks, steadyRange, thin } from './shape';

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

describe('steadyRange', () => {
  const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });

  it('holds all values, and stays as it was while they fit', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 30 }), (values) => {
        let range: readonly [number, number] | null = null;
        for (let count = 1; count <= values.length; count++) {
          const seen = values.slice(0, count);
          const [low, high] = [Math.min(...seen), Math.max(...seen)];
          const next: readonly [number, number] = steadyRange(low, high, range);
          expect(next[0]).toBeLessThanOrEqual(low);
          expect(next[1]).toBeGreaterThanOrEqual(high);
          expect(next[1]).toBeGreaterThan(next[0]);
          if (range && range[0] <= low && range[1] >= high) expect(next).toBe(range);
          range = next;
        }
      }),
    );
  });

  it('moves rarely while a value grows step by step', () => {
    let range: readonly [number, number] | null = null;
    let moves = 0;
    for (let epoch = 2; epoch <= 200; epoch++) {
      const next: readonly [number, number] = steadyRange(1, epoch, range);
      if (next !== range) moves++;
      range = next;
    }
    expect(moves).toBeLessThan(30);
  });
});
