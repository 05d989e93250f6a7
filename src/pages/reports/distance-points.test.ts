import { describe, expect, it } from 'vitest';
import { distancePoints } from './distance-points';

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
