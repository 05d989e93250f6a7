import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { distanceShare, pairedDistanceShare } from './distance-share';

/** Samples attracted by rows of very different pull, `copied` more of them by each of the first rows. */
function attracted(rows: number, training: number, copied: number, seed: number): Float64Array {
  const stream = new RandomStream(seed, 'attraction');
  const pull = Float64Array.from({ length: rows }, () => stream.uniform() ** 4);
  const total = pull.reduce((a, b) => a + b, 0);
  const found = new Float64Array(rows);
  for (let s = 0; s < 4 * rows; s++) {
    let left = stream.uniform() * total;
    let r = 0;
    while (left > pull[r]! && r < rows - 1) left -= pull[r++]!;
    found[r]! += 1;
  }
  for (let r = 0; r < training; r++) found[r]! += copied;
  return found;
}

describe('distanceShare', () => {
  it('is the DCR share where both sets are equally large', () => {
    const { share } = distanceShare(Float64Array.of(3, 1, 2, 0), 2);
    expect(share).toBe(4 / 6);
  });

  it('is about ½ for any sizes without memorising, within what its standard error says', () => {
    const deviations = Array.from({ length: 200 }, (_, seed) => {
      const { share, standardError } = distanceShare(attracted(100, 80, 0, seed), 80);
      return (share - 0.5) / standardError;
    });
    const mean = deviations.reduce((a, b) => a + b, 0) / deviations.length;
    const variance = deviations.reduce((sum, d) => sum + (d - mean) ** 2, 0) / deviations.length;
    expect(Math.abs(mean)).toBeLessThan(0.3);
    expect(variance).toBeGreaterThan(0.7);
    expect(variance).toBeLessThan(1.4);
  });

  it('sees copies of training rows', () => {
    expect(distanceShare(attracted(100, 80, 4, 1), 80).share).toBeGreaterThan(0.6);
    expect(distanceShare(Float64Array.of(1, 1, 1, 0), 3).share).toBe(1);
  });
});

describe('pairedDistanceShare', () => {
  it('compares rows with themselves: what they differ in does not count', () => {
    const pull = attracted(100, 0, 0, 3);
    const same = pairedDistanceShare(pull, pull);
    expect(same).toEqual({ share: 0.5, standardError: 0 });
    const drawn = pairedDistanceShare(
      pull.map((count) => 1.5 * count),
      pull,
    );
    expect(drawn.share).toBeCloseTo(0.6, 12);
  });
});
