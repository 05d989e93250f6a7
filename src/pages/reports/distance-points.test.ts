import { describe, expect, it } from 'vitest';
import { curveAt, distancePoints } from './distance-points';

describe('distancePoints', () => {
  it('puts all curves on one ascending axis', () => {
    const points = distancePoints({
      synTrn: { x: [0, 2], y: [0, 1] },
      synHol: { x: [1, 3], y: [0, 1] },
      trnHol: null,
    });
    expect(points.map(({ distance }) => distance)).toEqual([0, 1, 2, 3]);
    expect(points[1]).toEqual({ distance: 1, synTrn: 0.5, synHol: 0, trnHol: null });
    expect(points[3]).toEqual({ distance: 3, synTrn: 1, synHol: 1, trnHol: null });
  });
  it('never has more points than a chart draws', () => {
    const x = Array.from({ length: 101 }, (_, i) => i / 100);
    const curve = (shift: number) => ({ x: x.map((at) => at + shift), y: x });
    const points = distancePoints({ synTrn: curve(0), synHol: curve(0.003), trnHol: curve(0.007) });
    expect(points.length).toBeLessThanOrEqual(150);
    expect(points.at(-1)?.synTrn).toBe(1);
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
