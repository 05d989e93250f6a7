import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { CodeMetric } from './code-points';
import { buildCodeTree, CodeSearch } from './code-tree';
import { attract } from './watched-table';

/** Distance by its definition. */
function distance({ dims, ordinals, widths }: CodeMetric, a: Uint16Array, b: Uint16Array): number {
  let sum = 0;
  for (let d = 0; d < dims; d++) {
    if (d < ordinals) sum += Math.abs(a[d]! - b[d]!);
    else if (a[d] !== b[d]) sum += widths[d]!;
  }
  return sum;
}

function randomTable(cardinalities: readonly number[], rows: number, seed: number) {
  const stream = new RandomStream(seed, 'codes');
  const metric = new CodeMetric(
    cardinalities.map((cardinality, column) => ({
      cardinality,
      ordinal: column % 2 === 0,
      column,
      counts: Array.from({ length: cardinality }, () => 1 + stream.below(9)),
    })),
  );
  const draw = (count: number) => {
    const codes = cardinalities.map((cardinality) =>
      Uint16Array.from({ length: count }, () => Math.floor(cardinality * stream.uniform() ** 2)),
    );
    return metric.pointsOf(codes, count);
  };
  return { metric, references: draw(rows), samples: draw(30) };
}

describe('CodeSearch', () => {
  it('finds exactly the nearest points, all that are equally near', () => {
    const shapes = fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 300 }), fc.nat(), (cardinalities, rows, seed) => {
        const { metric, references, samples } = randomTable(cardinalities, rows, seed);
        const { dims } = metric;
        const search = new CodeSearch(buildCodeTree(metric, references));
        for (let at = 0; at < samples.length; at += dims) {
          const query = samples.subarray(at, at + dims);
          const all = Array.from({ length: rows }, (_, r) =>
            distance(metric, query, references.subarray(r * dims, (r + 1) * dims)),
          );
          const best = Math.min(...all);
          const expected = all.flatMap((value, r) => (value === best ? [r] : []));
          expect([...search.nearest(samples, at)].sort((a, b) => a - b)).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('attract', () => {
  it('divides a sample among equally near references', () => {
    const metric = new CodeMetric([{ cardinality: 3, ordinal: false, column: 0, counts: [1, 1, 1] }]);
    const tree = buildCodeTree(metric, Uint16Array.of(0, 1, 1, 2));
    // The last sample is as far from all of them.
    expect([...attract(Uint16Array.of(0, 1, 1, 7), tree)]).toEqual([1.25, 1.25, 1.25, 0.25]);
  });
});
