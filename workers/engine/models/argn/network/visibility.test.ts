import { describe, expect, it } from 'vitest';
import { specOf } from '../testing/samples';
import { drawnInputs, keysOfDrawing, usedInputs, visibilityKeys } from './visibility';
import { createLayout } from './weight-layout';

const SPEC = specOf([
  [3, 2, 4, 0],
  [3, 2, 4, 1],
  [3, 2, 4, 1],
  [3, 2, 4, 2],
]);

describe('visibilityKeys', () => {
  it('orders columns by rank and sub-columns of a column by position', () => {
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
    expect(usedInputs(natural, createLayout(SPEC)).map((inputs) => [...inputs])).toEqual([
      [],
      [0],
      [0, 1],
      [0, 1, 2],
    ]);
    const both = visibilityKeys(SPEC, { count: 2, ranks: Uint16Array.of(0, 1, 2, 2, 0, 1) });
    expect(usedInputs(both, createLayout(SPEC)).map((inputs) => [...inputs])).toEqual([
      [1, 2, 3],
      [0],
      [0, 1],
      [0, 1, 2],
    ]);
  });
});

describe('drawnInputs', () => {
  it('keeps the listed ones, ascending', () => {
    const subColumns = SPEC.subColumns.map((part, j) => (j === 2 ? { ...part, inputs: [0, 1] } : part));
    const layout = createLayout({ ...SPEC, subColumns });
    expect([...drawnInputs(layout, 2, [3, 1])]).toEqual([1]);
    expect([...drawnInputs(layout, 3, [2, 0])]).toEqual([0, 2]);
    const both = visibilityKeys(SPEC, { count: 2, ranks: Uint16Array.of(0, 1, 2, 2, 0, 1) });
    expect(usedInputs(both, layout).map((inputs) => [...inputs])).toEqual([
      [1, 2, 3],
      [0],
      [0, 1],
      [0, 1, 2],
    ]);
    const reversed = visibilityKeys(SPEC, { count: 1, ranks: Uint16Array.of(2, 1, 0) });
    expect(usedInputs(reversed, layout)[2]).toEqual(Uint16Array.of(1));
  });
});

describe('keysOfDrawing', () => {
  it('is the position of each sub-column', () => {
    expect([...keysOfDrawing([2, 0, 1])]).toEqual([1, 2, 0]);
  });
});
