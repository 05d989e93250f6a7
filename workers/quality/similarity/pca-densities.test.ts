import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import type { PointSet } from '../distances/encode';
import { quietPacer } from '../testing/quiet-pacer';
import { densityLevels, pcaDensities } from './pca-densities';

/** Spread 3, 2, 1 and 0.1 along four axes; `shift` moves the first. */
function cloud(rows: number, seed: number, shift = 0): PointSet {
  const random = new RandomStream(seed, 'cloud');
  const spreads = [0.1, 3, 1, 2];
  const data = Float64Array.from({ length: rows * 4 }, (_, i) => {
    const d = i % 4;
    return random.normal() * spreads[d]! + (d === 1 ? shift : 0);
  });
  return { rows, dims: 4, data };
}

describe('pcaDensities', () => {
  it('finds the directions of the training rows and where each set lies in them', async () => {
    const points = { training: cloud(4000, 1), holdout: cloud(4000, 2), synthetic: cloud(4000, 3, 2) };
    const { explained, centroids, panels } = (await pcaDensities(points, null, 1, quietPacer()))!;
    // 9, 4, 1 and 0.01 of 14.01.
    expect(explained[0]).toBeCloseTo(9 / 14.01, 1);
    expect(explained[1]).toBeCloseTo(4 / 14.01, 1);
    expect(centroids.training.every((value) => Math.abs(value) < 1e-3)).toBe(true);
    expect(Math.abs(centroids.synthetic[0]!)).toBeCloseTo(2, 0);
    expect(panels.map(({ components }) => components)).toEqual([
      [1, 2],
      [1, 3],
    ]);
    const [panel] = panels;
    for (const levels of [panel!.training, panel!.synthetic, panel!.holdout!]) {
      expect(levels).toHaveLength(40);
      expect(levels.every((line) => /^[.a-i]{40}$/.test(line))).toBe(true);
      expect(levels.join('')).toContain('i');
    }
  });

  it('has none of fewer than three dimensions, and one row of each person', async () => {
    const flat = { rows: 2, dims: 2, data: new Float64Array(4) };
    const none = { training: flat, holdout: null, synthetic: flat };
    expect(await pcaDensities(none, null, 1, quietPacer())).toBeNull();
    const [training, holdout] = [cloud(400, 1), cloud(400, 2)];
    const owners = Uint32Array.from({ length: 400 }, (_, row) => row % 5);
    const people = { training: owners, holdout: owners, subjects: 5 };
    const { panels } = (await pcaDensities(
      { training, holdout, synthetic: training },
      people,
      1,
      quietPacer(),
    ))!;
    // Five people are fewer than are told.
    expect(panels[0]!.training.join('')).toMatch(/^\.+$/);
    expect(panels[0]!.synthetic.join('')).toContain('i');
  });
});

it('leaves out where fewer rows than needed lie', () => {
  const x = Float64Array.from({ length: 1001 }, (_, i) => (i < 1000 ? 0.25 + (i % 7) / 1000 : 0.9));
  const levels = (needed: number) => densityLevels(x, x, [0, 1], [0, 1], needed).join('');
  expect(levels(8).replaceAll('.', '').length).toBeGreaterThan(0);
  expect(levels(2000)).toMatch(/^\.+$/);
});
