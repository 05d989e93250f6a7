import { expect, test } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { attackShadowRuns, type ShadowRun } from './shadow-runs';

/** Runs whose first score rises by `effect` with membership, and whose second one is noise; targets differ by nature. */
function runsOf(effect: number): ShadowRun[] {
  const random = new RandomStream(4, 'shadow runs');
  const nature = Float64Array.from({ length: 20 }, () => 10 * random.normal());
  return Array.from({ length: 24 }, () => {
    const members = Uint8Array.from(random.permutation(20), (rank) => Number(rank < 10));
    const noise = () => Float64Array.from(nature, (base) => base + random.normal());
    return { members, features: [noise().map((score, t) => score + effect * members[t]!), noise()] };
  });
}

test('an effect of membership is found behind what targets are by nature', () => {
  const { single, together } = attackShadowRuns(runsOf(1.5));
  expect(single[0]!.value).toBeGreaterThan(0.7);
  expect(together.value).toBeGreaterThan(0.5 + 4 * together.error);
  expect(Math.abs(single[1]!.value - 0.5)).toBeLessThan(4 * single[1]!.error);
});

test('without one nobody is found', () => {
  const { single, together } = attackShadowRuns(runsOf(0));
  for (const { value, error } of [...single, together]) {
    expect(error).toBeLessThan(0.04);
    expect(Math.abs(value - 0.5)).toBeLessThan(4 * error);
  }
});
