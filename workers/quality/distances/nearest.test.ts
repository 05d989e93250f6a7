import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { nearestDistancesBruteForce } from '../testing/brute-force';
import { quietPacer } from '../testing/quiet-pacer';
import type { PointSet } from './encode';
import { buildTree, nearestPoints } from './nearest';

function pointSet(rows: readonly (readonly number[])[], dims: number): PointSet {
  return { rows: rows.length, dims, data: Float64Array.from(rows.flat()) };
}

async function search(queries: PointSet, data: PointSet): Promise<Float64Array> {
  const [from, to] = [await buildTree(queries, quietPacer()), await buildTree(data, quietPacer())];
  const distances = new Float64Array(queries.rows);
  const found = nearestPoints(from, to, 0, queries.rows);
  found.distances.forEach((distance, i) => {
    distances[from.order[i]!] = distance;
    const { dims } = data;
    const at = (set: PointSet, row: number) => set.data.subarray(row * dims, (row + 1) * dims);
    const query = { rows: 1, dims, data: at(queries, from.order[i]!) };
    // The row that is named is as near as that.
    if (data.rows > 0) {
      const named = { rows: 1, dims, data: at(data, found.rows[i]!) };
      expect(nearestDistancesBruteForce(query, named)[0]).toBe(distance);
    }
  });
  return distances;
}

test('equals the exhaustive search bit for bit, with duplicates, ties and clusters', async () => {
  const coordinate = fc.oneof(
    fc.constantFrom(-0.5, 0, 0.5, 1 / 3),
    fc.double({ min: -1, max: 1, noNaN: true }),
  );
  const sets = fc.integer({ min: 1, max: 7 }).chain((dims) => {
    const points = fc.array(fc.array(coordinate, { minLength: dims, maxLength: dims }), {
      minLength: 1,
      maxLength: 80,
    });
    return fc.tuple(points, points, fc.constant(dims));
  });
  await fc.assert(
    fc.asyncProperty(sets, async ([queries, data, dims]) => {
      const copies = [...queries, ...data.slice(0, 5)];
      const one = pointSet(copies, dims);
      const two = pointSet([...data, ...data.slice(0, 3)], dims);
      expect(await search(one, two)).toEqual(nearestDistancesBruteForce(one, two));
    }),
    { numRuns: 150 },
  );
});

test('equals the exhaustive search on many points of mixed columns', async () => {
  const random = new RandomStream(1, 'mixed points');
  const draw = (rows: number): PointSet => ({
    rows,
    dims: 12,
    data: Float64Array.from({ length: rows * 12 }, (_, i) =>
      i % 12 < 6 ? random.uniform() - 0.5 : random.below(3) / 3,
    ),
  });
  const queries = draw(500);
  const data = draw(3000);
  expect(await search(queries, data)).toEqual(nearestDistancesBruteForce(queries, data));
});

test('thousands of equal points, and none', async () => {
  const same = pointSet(Array<number[]>(5000).fill([1, 2, 3]), 3);
  expect(new Set(await search(same, same))).toEqual(new Set([0]));
  expect(await search(pointSet([[1, 2, 3]], 3), pointSet([], 3))).toEqual(Float64Array.of(Infinity));
  expect(await search(pointSet([], 3), same)).toHaveLength(0);
});

test('points whose spread spans many powers of ten do not exhaust the stack', async () => {
  const rows = Array.from({ length: 2000 }, (_, i) => [2 ** -(i % 1000), (i % 7) * 1e-9]);
  const set = pointSet(rows, 2);
  expect(await search(set, set)).toEqual(new Float64Array(2000));
});
