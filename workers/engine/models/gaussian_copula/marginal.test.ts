import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { latentCorrelation } from './latent-correlation';
import { hermiteOf, indexAt, marginalOf, scoresOf, stretchOf } from './marginal';

const weights = fc
  .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 })
  .filter((counts) => counts.some((count) => count > 0));

it('gives each code that rows have a stretch of its share, in the order asked for', () => {
  fc.assert(
    fc.property(weights, (counts) => {
      const order = [...counts.keys()].reverse();
      const marginal = marginalOf(order, counts);
      expect(marginal.order).toEqual(order.filter((code) => counts[code]! > 0));
      expect(marginal.ends).toHaveLength(marginal.order.length - 1);
      for (const [index] of marginal.order.entries()) {
        const [from, to] = stretchOf(marginal, index);
        expect(from).toBeLessThan(to);
        const middle = Number.isFinite(from)
          ? Number.isFinite(to)
            ? (from + to) / 2
            : from + 0.1
          : to - 0.1;
        expect(indexAt(marginal, Number.isNaN(middle) ? 0 : middle)).toBe(index);
      }
    }),
  );
});

it('draws codes as often as rows have them', () => {
  const counts = [5, 0, 70, 25];
  const marginal = marginalOf([3, 1, 0, 2], counts);
  const stream = new RandomStream(1, 'latents');
  const drawn = new Float64Array(4);
  for (let i = 0; i < 100_000; i++) drawn[marginal.order[indexAt(marginal, stream.normal())]!]! += 1e-3;
  for (const [code, share] of drawn.entries()) expect(Math.abs(share - counts[code]!)).toBeLessThan(0.6);
});

it('finds the correlation of latents from the covariance of the codes, whatever their shares', () => {
  const stream = new RandomStream(3, 'pairs');
  for (const correlation of [-0.9, -0.4, 0.15, 0.7, 0.97]) {
    const shares = [
      [0.7, 0.2, 0.1],
      [0.05, 0.15, 0.3, 0.3, 0.2],
    ];
    const marginals = shares.map((own) => marginalOf([...own.keys()], own));
    const scores = marginals.map((marginal, k) => scoresOf(marginal, shares[k]!));
    const rows = 200_000;
    let covariance = 0;
    for (let row = 0; row < rows; row++) {
      const [a, b] = [stream.normal(), stream.normal()];
      const second = correlation * a + Math.sqrt(1 - correlation ** 2) * b;
      covariance +=
        (scores[0]![indexAt(marginals[0]!, a)]! * scores[1]![indexAt(marginals[1]!, second)]!) / rows;
    }
    const [first, other] = marginals.map((marginal, k) => hermiteOf(marginal, scores[k]!));
    expect(Math.abs(latentCorrelation(covariance, first!, other!) - correlation)).toBeLessThan(0.02);
  }
});

it('goes no further than codes can: equal columns have nearly equal latents', () => {
  const marginal = marginalOf([0, 1], [60, 40]);
  const scores = scoresOf(marginal, [0.6, 0.4]);
  const hermite = hermiteOf(marginal, scores);
  const covariance = 0.6 * scores[0]! ** 2 + 0.4 * scores[1]! ** 2;
  expect(latentCorrelation(covariance, hermite, hermite)).toBeGreaterThan(0.99);
  expect(latentCorrelation(-covariance, hermite, hermite)).toBeLessThan(-0.9);
});
