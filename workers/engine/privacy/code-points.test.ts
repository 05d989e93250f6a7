import { describe, expect, it } from 'vitest';
import { CodeMetric } from './code-points';

const METRIC = new CodeMetric([
  { cardinality: 3, ordinal: false, column: 0, counts: [5, 3, 2] },
  { cardinality: 4, ordinal: true, column: 1, counts: [1, 1, 1, 97] },
  { cardinality: 1, ordinal: true, column: 2, counts: [100] },
  { cardinality: 2, ordinal: false, column: 3, counts: [50, 50] },
  { cardinality: 2, ordinal: true, column: 3, counts: [50, 50] },
]);

describe('CodeMetric', () => {
  it('gives every column the same width and its sub-columns equal parts; constants count nothing', () => {
    expect(METRIC.dims).toBe(4);
    expect(METRIC.ordinals).toBe(2);
    expect([...METRIC.widths]).toEqual([720, 360, 720, 360]);
  });

  it('puts ordered codes at their mid-ranks, before all other coordinates', () => {
    // [sub-column][row], two rows
    const codes = Uint16Array.from([2, 0, 0, 3, 0, 0, 1, 0, 0, 1]);
    const points = METRIC.points(codes, 2, [1, 0]);
    expect([...points.subarray(0, 4)]).toEqual([Math.round(720 * 0.515), 270, 0, 0]);
    expect([...points.subarray(4)]).toEqual([Math.round(720 * 0.005), 90, 2, 1]);
    const parts = Array.from({ length: 5 }, (_, j) => codes.subarray(2 * j, 2 * j + 2));
    expect([...METRIC.pointsOf(parts, 2)]).toEqual([...METRIC.points(codes, 2, [0, 1])]);
  });
});
