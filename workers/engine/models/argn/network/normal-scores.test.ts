import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalScores } from './normal-scores';

const counts = fc.array(fc.nat(50), { minLength: 2, maxLength: 40 });

describe('normalScores', () => {
  it('rise with the codes that occur, with mean 0 and variance 1 over the rows', () => {
    fc.assert(
      fc.property(
        counts.filter((list) => list.filter((count) => count > 0).length > 1),
        (list) => {
          const scores = normalScores({ ordinal: true, counts: list })!;
          const rows = list.reduce((sum, count) => sum + count, 0);
          const moment = (power: number) =>
            list.reduce((sum, count, code) => sum + (count / rows) * scores[code]! ** power, 0);
          expect(moment(1)).toBeCloseTo(0, 9);
          expect(moment(2)).toBeCloseTo(1, 9);
          const used = scores.filter((_, code) => list[code]! > 0);
          used.forEach((score, k) => {
            if (k > 0) expect(score).toBeGreaterThan(used[k - 1]!);
          });
        },
      ),
    );
  });

  it('are those of the normal distribution where codes have equally many rows', () => {
    const scores = normalScores({ ordinal: true, counts: new Array(1000).fill(3) })!;
    expect(scores[841]! - scores[500]!).toBeCloseTo(1, 1);
    expect(scores[975]! - scores[500]!).toBeCloseTo(1.96, 1);
  });

  it('do not exist without an order, but of two codes', () => {
    expect(normalScores({ ordinal: false, counts: [3, 4, 5] })).toBeNull();
    expect(normalScores({ ordinal: false, counts: [50, 50] })).toEqual(Float64Array.of(-1, 1));
    expect(normalScores({ ordinal: true, counts: [0, 7, 0] })).toBeNull();
  });
});
