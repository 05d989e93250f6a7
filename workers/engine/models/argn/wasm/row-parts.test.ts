import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelSpec } from '../network/network-backend';
import { specOf } from '../testing/samples';
import { partRange, rowParts, totalLoss } from './row-parts';

const sub = (cardinality: number, column: number) =>
  [
    cardinality,
    Math.min(cardinality, 12),
    16 * Math.max(1, Math.round(Math.log(cardinality))),
    column,
  ] as const;

const counts = (spec: ModelSpec) => rowParts(spec).map(({ count }) => count);

describe('rowParts', () => {
  it('parts no batch of 512 in models without a sub-column that dominates, nor any where a step is short', () => {
    const adult = specOf([74, 9, 103, 16, 16, 7, 15, 6, 5, 2, 28, 24, 68, 42, 2, 6].map(sub));
    for (const parts of rowParts(adult)) expect(partRange(0, parts, 512)[1] % 512).toBe(0);
    expect(counts(specOf([sub(5, 0), sub(60, 1)]))).toEqual([1, 1]);
  });

  it('parts the rows of one that does, the more the larger its share', () => {
    expect(counts(specOf([2000, 10, 10, 5, 5, 2].map(sub)))).toEqual([8, 1, 1, 1, 1, 1]);
    expect(counts(specOf([300, 200, 150, 20].map(sub)))[0]).toBe(4);
  });

  it('parts only large batches where a small one is soon done', () => {
    const [large, , small] = rowParts(specOf([300, 200, 150, 20].map(sub)));
    expect([large!.span, small!.span]).toEqual([64, 512]);
    expect([0, 1, 2, 3].map((part) => partRange(part, small!, 512))).toEqual([
      ...[0, 1, 2].map(() => [0, 0]),
      [0, 512],
    ]);
    expect([0, 1, 2, 3].map((part) => partRange(part, small!, 2048)[1])).toEqual([512, 1024, 1536, 2048]);
  });

  it('parts a column that merely stands out where adding its parts up takes next to nothing', () => {
    expect(counts(specOf([260, 260, 260, 260, 260].map(sub)))).toEqual([2, 2, 2, 2, 2]);
    const manyInputs = specOf([...Array(4).fill(260), ...Array(20).fill(200)].map(sub));
    expect(counts(manyInputs)).toEqual(Array(24).fill(1));
  });
});

describe('partRange', () => {
  it('covers all rows once, from multiples of 64', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.constantFrom(1, 2, 4, 8), (rows, parts) => {
        let next = 0;
        for (let part = 0; part < parts; part++) {
          const [from, to] = partRange(part, { count: parts, span: 64 }, rows);
          expect(from).toBe(next);
          expect(from % 64 === 0 || from === rows).toBe(true);
          next = to;
        }
        expect(next).toBe(rows);
      }),
    );
  });
});

describe('totalLoss', () => {
  it('gives the same bits whichever nodes are added up already', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 8, maxLength: 8 }),
        fc.nat(255),
        (leaves, choice) => {
          const losses = new Map(leaves.map((loss, part) => [8 + part, loss]));
          const whole = totalLoss(losses);
          for (let node = 7; node > 0; node--) {
            if (!(choice & (1 << node)) || !losses.has(2 * node) || !losses.has(2 * node + 1)) continue;
            losses.set(node, losses.get(2 * node)! + losses.get(2 * node + 1)!);
            losses.delete(2 * node);
            losses.delete(2 * node + 1);
          }
          expect(totalLoss(losses)).toBe(whole);
        },
      ),
    );
  });
});
