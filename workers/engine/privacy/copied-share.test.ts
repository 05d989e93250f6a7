import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { copiedShare, pairedCopiedShare } from './copied-share';

/** Counts of samples that repeat one of the rows at random; `copies` more repeat one of the first rows. */
function attracted(rows: number, training: number, chance: number, copies: number, seed: number) {
  const stream = new RandomStream(seed, 'samples');
  const counts = new Float64Array(rows);
  for (let s = 0; s < chance; s++) counts[stream.below(rows)]!++;
  for (let s = 0; s < copies; s++) counts[stream.below(training)]!++;
  return counts;
}

describe('copiedShare', () => {
  it('lies within two standard errors of nothing in about 95 of 100 draws without copies', () => {
    let within = 0;
    for (let seed = 0; seed < 400; seed++) {
      const { copied, standardError } = copiedShare(attracted(500, 400, 300, 0, seed), 400, 400, 2000);
      if (Math.abs(copied) <= 2 * standardError) within++;
    }
    expect(within / 400).toBeGreaterThan(0.92);
    expect(within / 400).toBeLessThan(0.99);
  });

  it('tells the share of copies whatever chance repeats, and from a part of the training rows too', () => {
    const all = copiedShare(attracted(500, 400, 1000, 200, 1), 400, 400, 2000);
    expect(Math.abs(all.copied - 0.1)).toBeLessThan(3 * all.standardError);
    expect(all.standardError).toBeLessThan(0.05);
    // Of 4,000 training rows a tenth is looked at, which a tenth of the copies repeats.
    const part = copiedShare(attracted(500, 400, 0, 20, 2), 400, 4000, 2000);
    expect(part.copied).toBeCloseTo(0.1, 9);
  });

  it('does not take silence of a few unseen rows for certainty', () => {
    expect(copiedShare(new Float64Array(110), 100, 100, 1000).standardError).toBeGreaterThan(0.005);
  });
});

describe('pairedCopiedShare', () => {
  it('compares every row with itself, so that popular rows add no error', () => {
    const popular = Float64Array.from({ length: 100 }, (_, r) => (r < 5 ? 40 : 0));
    expect(pairedCopiedShare(popular, popular, 80, 1000)).toEqual({ copied: 0, standardError: 0 });
    const copied = popular.map((count) => count + 1);
    expect(pairedCopiedShare(copied, popular, 80, 1000)).toEqual({ copied: 0.08, standardError: 0 });
  });
});
