import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { NearRows } from './near-rows';

it('finds exactly the nearest rows within the limit of those that agree in a group, all that are equally near', () => {
  const parts = fc.array(
    fc.record({
      codes: fc.integer({ min: 2, max: 12 }),
      weight: fc.double({ min: 0.1, max: 4, noNaN: true }),
    }),
    { minLength: 1, maxLength: 7 },
  );
  const share = fc.double({ min: 0, max: 0.95, noNaN: true });
  fc.assert(
    fc.property(parts, share, fc.integer({ min: 1, max: 200 }), fc.nat(), (shape, within, rows, seed) => {
      const stream = new RandomStream(seed, 'rows');
      const draw = (count: number) =>
        shape.map(({ codes }) => Uint16Array.from({ length: count }, () => stream.below(codes)));
      const table = draw(rows);
      const samples = draw(20);
      const weighed = shape.map(({ weight }, part) => ({ part, weight }));
      const codes = Uint16Array.from(table.flatMap((column) => [...column]));
      const near = new NearRows(
        weighed,
        codes,
        rows,
        Uint32Array.from({ length: rows }, (_, i) => i),
      );
      const limit = Math.floor(within * near.span);
      const points = near.pointsOf(samples, 20);
      for (let s = 0; s < 20; s++) {
        const distances = Array.from({ length: rows }, (_, r) =>
          shape.reduce(
            (sum, { weight }, j) =>
              sum + (table[j]![r] === samples[j]![s] ? 0 : Math.max(1, Math.round(100 * weight))),
            0,
          ),
        );
        const at = s * near.dims;
        const looked = distances.map((_, r) =>
          near.groups.some((dims) => dims.every((d) => near.points[r * near.dims + d] === points[at + d])),
        );
        const best = Math.min(...distances.filter((_, r) => looked[r]), Number.POSITIVE_INFINITY);
        const expected = distances.flatMap((value, r) =>
          looked[r] && value === best && best <= limit ? [r] : [],
        );
        const found = near.nearest(points, at, limit);
        expect([...found.rows].sort((a, b) => a - b)).toEqual(expected);
        expect(found.distance).toBe(best > limit ? limit + 1 : best);
      }
    }),
    { numRuns: 80 },
  );
});

it('deals the parts into three to six groups of about equal weight', () => {
  const weighed = Array.from({ length: 30 }, (_, part) => ({ part, weight: 1 + (part % 3) }));
  const groupsOf = (rows: number) =>
    new NearRows(
      weighed,
      new Uint16Array(30 * rows),
      rows,
      Uint32Array.from({ length: rows }, (_, i) => i),
    ).groups;
  expect(groupsOf(300)).toHaveLength(6);
  expect(groupsOf(30_000)).toHaveLength(5);
  expect(
    groupsOf(300)
      .flat()
      .sort((a, b) => a - b),
  ).toEqual(weighed.map(({ part }) => part));
  for (const dims of groupsOf(300)) expect(dims).toHaveLength(5);
});

it('leaves out a row on request', () => {
  const near = new NearRows([{ part: 0, weight: 1 }], Uint16Array.of(3, 3, 5), 3, Uint32Array.of(0, 1, 2));
  expect([...near.nearest(near.points, 0, 0).rows].sort()).toEqual([0, 1]);
  expect([...near.nearest(near.points, 0, 0, 0).rows]).toEqual([1]);
  expect([...near.nearest(near.points, 2, 0, 2).rows]).toEqual([]);
});
