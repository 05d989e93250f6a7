import { describe, expect, it } from 'vitest';
import { specOf } from './testing/samples';
import { keysOfDrawing, usedInputs, visibilityKeys } from './visibility';

const SPEC = specOf([
  [3, 2, 4, 0],
  [3, 2, 4, 1],
  [3, 2, 4, 1],
  [3, 2, 4, 2],
]);

describe('visibilityKeys', () => {
  it('orders columns by rank and sub-columns of a column by place', () => {
    const keys = visibilityKeys(SPEC, { count: 2, ranks: Uint16Array.of(0, 1, 2, 2, 0, 1) });
    const ranked = (order: number) =>
      [0, 1, 2, 3].sort((a, b) => keys[order * 4 + a]! - keys[order * 4 + b]!);
    expect(ranked(0)).toEqual([0, 1, 2, 3]);
    expect(ranked(1)).toEqual([1, 2, 3, 0]);
    expect(new Set(keys.subarray(0, 4)).size).toBe(4);
  });

  it('refuses orders of another model', () => {
    expect(() => visibilityKeys(SPEC, { count: 1, ranks: Uint16Array.of(0, 1) })).toThrow(/3 columns/);
  });
});

describe('usedInputs', () => {
  it('lists what any order shows', () => {
    const natural = visibilityKeys(SPEC, { count: 1, ranks: Uint16Array.of(0, 1, 2) });
    expect(usedInputs(natural, 4).map((inputs) => [...inputs])).toEqual([[], [0], [0, 1], [0, 1, 2]]);
    const both = visibilityKeys(SPEC, { count: 2, ranks: Uint16Array.of(0, 1, 2, 2, 0, 1) });
    expect(usedInputs(both, 4).map((inputs) => [...inputs])).toEqual([[1, 2, 3], [0], [0, 1], [0, 1, 2]]);
  });
});

describe('keysOfDrawing', () => {
  it('is the place of each sub-column', () => {
    expect([...keysOfDrawing([2, 0, 1])]).toEqual([1, 2, 0]);
  });
});
