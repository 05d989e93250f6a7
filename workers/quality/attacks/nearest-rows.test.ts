import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { meanOfNearest, NearestRows } from './nearest-rows';

/** Twelve categories, of which eight share four bits, and three numbers. */
function table(rows: number, seed: number): Float32Array[] {
  const stream = new RandomStream(seed, 'rows');
  return Array.from({ length: 15 }, (_, c) =>
    Float32Array.from({ length: rows }, () => (c < 12 ? stream.below(40) - 1 : stream.uniform())),
  );
}

describe('NearestRows', () => {
  it('finds the distances that comparing everything finds', () => {
    const ordered = Array.from({ length: 15 }, (_, c) => c >= 12);
    const [targets, rows] = [table(20, 1), table(300, 2)];
    const found = new NearestRows(ordered, rows).of(targets, 4).distances;
    for (let t = 0; t < 20; t++) {
      const all = Array.from({ length: 300 }, (_, row) => {
        const parts = rows.map((column, c) => {
          const difference = column[row]! - targets[c]![t]!;
          return ordered[c] ? difference ** 2 : Number(difference !== 0);
        });
        return Math.sqrt(parts.reduce((sum, part) => sum + part, 0));
      }).sort((a, b) => a - b);
      for (let k = 0; k < 4; k++) expect(found[t * 4 + k]).toBeCloseTo(all[k]!, 5);
    }
  });

  it('has infinite distances where there are fewer rows, which count for no mean', () => {
    const [target, rows] = [[Float32Array.of(0)], [Float32Array.of(0.5, 1)]];
    const { distances: found, rows: nearest } = new NearestRows([true], rows).of(target, 3);
    expect([...nearest]).toEqual([0, 1, -1]);
    expect([...found]).toEqual([0.5, 1, Number.POSITIVE_INFINITY]);
    expect([...meanOfNearest(found, 3, 3)]).toEqual([0.75]);
  });
});
