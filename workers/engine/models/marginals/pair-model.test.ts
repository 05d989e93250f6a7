import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { apportion, drawTree } from './draw-tree';
import { fitPairs } from './fit-pairs';
import { groupCells } from './group-cells';
import { countPairs, fitMargins, projectCounts } from './noisy-counts';
import { sweep } from './pair-model';
import { fitTree } from './tree-model';
import { treePairs } from './tree-pairs';

const total = (counts: ArrayLike<number>) => Array.from(counts).reduce((sum, count) => sum + count, 0);

describe('noisy counts', () => {
  it('become the nearest counts of their total', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -50, max: 500, noNaN: true }), { minLength: 1, maxLength: 30 }),
        fc.double({ min: 1, max: 3000, noNaN: true }),
        (noisy, rows) => {
          const projected = projectCounts(noisy, rows);
          expect(projected.every((count) => count >= 0)).toBe(true);
          expect(total(projected)).toBeCloseTo(rows, 6);
          // All that is left moved by the same, and what vanished was below that.
          const moved = noisy.map((count, k) => count - projected[k]!);
          const kept = moved.filter((_, k) => projected[k]! > 0);
          for (const shift of kept) expect(shift).toBeCloseTo(kept[0]!, 6);
        },
      ),
    );
  });

  it('get margins and keep what does not depend on them', () => {
    const table = Float64Array.of(30, 10, 10, 50);
    fitMargins(table, Float64Array.of(60, 40), Float64Array.of(50, 50));
    expect(table[0]! + table[1]!).toBeCloseTo(60, 3);
    expect(table[0]! + table[2]!).toBeCloseTo(50, 3);
    expect((table[0]! * table[3]!) / (table[1]! * table[2]!)).toBeCloseTo(15, 2);
  });

  it('are apportioned to the nearest row', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 1, maxLength: 20 }), fc.nat(500), (weights, rows) => {
        fc.pre(total(weights) > 0);
        const drawn = apportion(weights, rows, new RandomStream(1, 'test'));
        for (const [code, weight] of weights.entries()) {
          const got = drawn.filter((own) => own === code).length;
          expect(Math.abs(got - (rows * weight) / total(weights))).toBeLessThan(1.0001);
        }
      }),
    );
  });
});

describe('bins', () => {
  it('cover their cells without gaps, and leave full cells alone', () => {
    const cells = [0, 1, 2, 3, 4, 5].map((from) => ({
      from,
      to: from + 1,
      count: [50, 60, 9000, 30, 0, 400][from]!,
    }));
    const bins = groupCells(cells, 20, 10_000);
    expect(bins.map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [2, 3],
      [3, 5],
      [5, 6],
    ]);
  });
});

describe('a model of pairs', () => {
  // Three columns of two groups: b follows a, c is whether they differ, and only pairs with c tell.
  const sizes = [2, 2, 2];
  const noiseless = (counts: readonly number[]) => ({
    noisy: Float64Array.from(counts),
    variance: new Float64Array(2).fill(1e-6),
  });
  const columns = [noiseless([600, 400]), noiseless([500, 500]), noiseless([700, 300])];
  const pair = (a: number, b: number, counts: readonly number[]) => ({
    a,
    b,
    noisy: Float64Array.from(counts),
    sigma: 1e-3,
  });
  const chain = [pair(0, 1, [450, 150, 50, 350]), pair(1, 2, [400, 100, 300, 200])];

  it('that is a tree has the counts of its pairs exactly, and along paths', () => {
    const { nodes } = fitTree(columns, chain, 1000);
    const tree = treePairs(nodes, sizes);
    expect([...tree({ a: 0, b: 1 })].map(Math.round)).toEqual([450, 150, 50, 350]);
    // P(c | a) through b: 450/500 · 400 + 150/500 · 300 and so on.
    const [first] = tree({ a: 0, b: 2 });
    expect(first).toBeCloseTo((450 * 400) / 500 + (150 * 300) / 500, 2);
    const drawn = drawTree(nodes, sizes, 10_000, new RandomStream(1, 'test'));
    for (const [k, count] of countPairs(drawn[0]!, drawn[1]!, 2, 2).entries())
      expect(Math.abs(count / 10 - [450, 150, 50, 350][k]!)).toBeLessThan(1);
  });

  it('that has a loop takes on the counts of all pairs', async () => {
    const { nodes, margins } = fitTree(columns, chain, 1000);
    const tree = treePairs(nodes, sizes);
    const wanted = [500, 100, 200, 200];
    const targets = [
      ...chain.map(({ a, b }) => ({ a, b, counts: tree({ a, b }) })),
      { a: 0, b: 2, counts: Float64Array.from(wanted) },
    ];
    const factors = await fitPairs(targets, nodes, sizes, margins, async () => {});
    const stream = new RandomStream(2, 'test');
    const rows = drawTree(nodes, sizes, 10_000, stream);
    for (let pass = 0; pass < 10; pass++) await sweep(rows, sizes, factors, margins, stream, async () => {});
    for (const { a, b, counts } of targets) {
      for (const [k, count] of countPairs(rows[a]!, rows[b]!, 2, 2).entries())
        expect(Math.abs(count / 10 - counts[k]!), `${a} ${b} ${k}`).toBeLessThan(25);
    }
  });
});
