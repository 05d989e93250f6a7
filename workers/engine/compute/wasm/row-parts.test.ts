import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { specOf } from '../testing/samples';
import { GradientTree, partRange, rowParts } from './row-parts';

const sub = (cardinality: number, column: number) =>
  [
    cardinality,
    Math.min(cardinality, 12),
    16 * Math.max(1, Math.round(Math.log(cardinality))),
    column,
  ] as const;

describe('rowParts', () => {
  it('parts nothing in models without a sub-column that dominates, nor where a step is short', () => {
    const adult = specOf([74, 9, 103, 16, 16, 7, 15, 6, 5, 2, 28, 24, 68, 42, 2, 6].map(sub));
    expect(rowParts(adult)).toEqual(adult.subColumns.map(() => 1));
    expect(rowParts(specOf([sub(5, 0), sub(60, 1)]))).toEqual([1, 1]);
  });

  it('parts the rows of one that does, the more the larger its share', () => {
    expect(rowParts(specOf([2000, 10, 10, 5, 5, 2].map(sub)))).toEqual([8, 1, 1, 1, 1, 1]);
    expect(rowParts(specOf([300, 200, 150, 20].map(sub)))).toEqual([4, 1, 1, 1]);
  });
});

describe('partRange', () => {
  it('covers all rows once, from multiples of 128', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.constantFrom(1, 2, 4, 8), (rows, parts) => {
        let next = 0;
        for (let part = 0; part < parts; part++) {
          const [from, to] = partRange(part, parts, rows);
          expect(from).toBe(next);
          expect(from % 128 === 0 || from === rows).toBe(true);
          next = to;
        }
        expect(next).toBe(rows);
      }),
    );
  });
});

describe('GradientTree', () => {
  it('gives the same bits whatever comes first, through another tree or not', () => {
    const leaf = fc.record({
      value: fc.float({ noNaN: true, noDefaultInfinity: true }),
      at: fc.double(),
      away: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(leaf, { minLength: 8, maxLength: 8 }), (leaves) => {
        const gradient = (part: number) => ({
          values: Float32Array.of(leaves[part]!.value, part),
          loss: part / 7,
        });
        const parts = [...leaves.keys()];
        const plain = new GradientTree(8);
        for (const part of parts) plain.addPart(part, gradient(part));
        const here = new GradientTree(8);
        const there = new GradientTree(8);
        for (const part of parts.sort((a, b) => leaves[a]!.at - leaves[b]!.at)) {
          (leaves[part]!.away ? there : here).addPart(part, gradient(part));
        }
        for (const [node, sum] of there.nodes()) here.add(node, sum);
        expect(here.total).toEqual(plain.total);
        expect(here.total!.values[1]).toBe(28);
      }),
    );
  });

  it('has no total while parts are missing', () => {
    const tree = new GradientTree(4);
    for (const part of [0, 3, 1]) tree.addPart(part, { values: new Float32Array(1), loss: 0 });
    expect(tree.total).toBeUndefined();
    expect(
      tree
        .nodes()
        .map(([node]) => node)
        .sort(),
    ).toEqual([2, 7]);
  });
});
