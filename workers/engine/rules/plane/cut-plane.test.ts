import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { cellOf, isInside } from '../../models/plane-cells';
import { cutPlane } from './cut-plane';

const EVERYWHERE = [
  Number.NEGATIVE_INFINITY,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.POSITIVE_INFINITY,
] as const;
const CONTINUOUS = { minRows: 20, grid: [0, 0], bounds: EVERYWHERE } as const;

function drawn(rows: number, make: () => number): Float64Array {
  return Float64Array.from({ length: rows }, make);
}

describe('cutPlane', () => {
  it('cuts any points into cells of enough rows, with boxes that hold nearly all of them', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 40, max: 400 }),
        fc.integer({ min: 1, max: 50 }),
        (seed, rows, size) => {
          const stream = new RandomStream(seed, 'points');
          const x = drawn(rows, () => stream.below(size) / 4);
          const y = drawn(rows, () => stream.normal());
          const cells = cutPlane(x, y, { ...CONTINUOUS, grid: [0.25, 0] });
          const counts = new Array<number>(cells.boxes.length).fill(0);
          let inside = 0;
          for (let row = 0; row < rows; row++) {
            const cell = cellOf(cells, x[row]!, y[row]!);
            counts[cell]!++;
            inside += Number(isInside(cells.boxes[cell]!, x[row]!, y[row]!));
          }
          expect(Math.min(...counts)).toBeGreaterThanOrEqual(20);
          expect(inside / rows).toBeGreaterThan(0.75);
          // No edge is a value.
          for (const [lowX, highX, lowY, highY] of cells.boxes) {
            expect(x.includes(lowX) || x.includes(highX)).toBe(false);
            expect(y.includes(lowY) || y.includes(highY)).toBe(false);
            expect(lowX < highX && lowY < highY).toBe(true);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('leaves gaps between towns out', () => {
    const stream = new RandomStream(3, 'towns');
    const towns = [
      [0, 0],
      [10, 1],
      [5, 9],
      [1, 10],
    ] as const;
    const of = Array.from({ length: 800 }, () => towns[stream.below(4)]!);
    const x = Float64Array.from(of, ([east]) => east + 0.1 * stream.normal());
    const y = Float64Array.from(of, ([, north]) => north + 0.1 * stream.normal());
    const { boxes } = cutPlane(x, y, CONTINUOUS);
    expect(boxes.length).toBeGreaterThan(12);
    for (const [lowX, highX, lowY, highY] of boxes)
      expect(
        towns.some(
          ([east, north]) => lowX > east - 1 && highX < east + 1 && lowY > north - 1 && highY < north + 1,
        ),
      ).toBe(true);
  });

  it('shows no row that stands alone: a box does not reach a point far outside', () => {
    const stream = new RandomStream(4, 'alone');
    const x = drawn(200, () => stream.uniform());
    const y = drawn(200, () => stream.uniform());
    x[17] = 50;
    const [edges, without] = [x, x.map((value, row) => (row === 17 ? 0.5 : value))].map((own) =>
      Math.max(...cutPlane(own, y, { ...CONTINUOUS, bounds: [0, 1, 0, 1] }).boxes.map(([, high]) => high)),
    );
    expect(edges).toBeLessThanOrEqual(1);
    expect(without).toBeLessThanOrEqual(1);
  });
});
