import { expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { normalCdf } from '../../privacy/dp/normal';
import { conditionalOn, drawGiven } from './given-latents';
import { truncatedNormal } from './truncated-normal';

it('draws normal values between two bounds as they are distributed there', () => {
  const stream = new RandomStream(1, 'truncated');
  for (const [from, to] of [
    [-Infinity, Infinity],
    [-1, 0.5],
    [0.3, Infinity],
    [2, 9],
    [-Infinity, -3],
    [-8, -6.5],
    [4, 4.1],
    [-0.2, 4],
  ] as const) {
    // The share below each draw is uniform.
    const below = (x: number) =>
      to <= 0 || x < 0
        ? (normalCdf(x) - normalCdf(from)) / (normalCdf(to) - normalCdf(from))
        : 1 - (normalCdf(-x) - normalCdf(-to)) / (normalCdf(-from) - normalCdf(-to));
    const shares = Float64Array.from({ length: 4000 }, () => below(truncatedNormal(from, to, stream))).sort();
    const distance = shares.reduce(
      (largest, share, i) => Math.max(largest, Math.abs(share - (i + 0.5) / 4000)),
      0,
    );
    // Kolmogorov's bound at one in a thousand.
    expect([from, to, distance < 1.95 / Math.sqrt(4000)]).toEqual([from, to, true]);
  }
});

it('draws the others as rejection would, where two of four latents lie in known stretches', () => {
  const correlation = Float64Array.of(
    ...[1, 0.6, 0.3, -0.5],
    ...[0.6, 1, 0.5, 0.1],
    ...[0.3, 0.5, 1, 0.2],
    ...[-0.5, 0.1, 0.2, 1],
  );
  const stretches = [
    [0.5, 1.5],
    [-Infinity, -0.2],
  ] as const;
  const stream = new RandomStream(2, 'given');
  const mean = (draw: () => Float64Array | null) => {
    const [sums, squares] = [new Float64Array(4), new Float64Array(4)];
    let rows = 0;
    while (rows < 8000) {
      const row = draw();
      if (!row) continue;
      rows++;
      for (let i = 0; i < 4; i++) {
        sums[i]! += row[i]!;
        squares[i]! += row[i]! ** 2;
      }
    }
    return [...sums, ...squares].map((sum) => sum / rows);
  };
  const conditional = conditionalOn(correlation, 4, [0, 2]);
  const latents = new Float64Array(4);
  const direct = mean(() => {
    drawGiven(conditional, stretches, stream, latents);
    return latents;
  });
  const all = conditionalOn(correlation, 4, []);
  const rejected = mean(() => {
    drawGiven(all, [], stream, latents);
    return latents[0]! >= 0.5 && latents[0]! < 1.5 && latents[2]! < -0.2 ? latents : null;
  });
  for (const [i, value] of direct.entries()) expect(Math.abs(value - rejected[i]!)).toBeLessThan(0.06);
});
